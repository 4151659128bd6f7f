#!/bin/bash
set -e
echo "$adminName"
