#!/bin/sh
set -o errexit
echo b
