#!/bin/bash
set -e
echo x
