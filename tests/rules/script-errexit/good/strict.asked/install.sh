#!/bin/bash
# What is to be installed.
set -Eeuo pipefail
. ./lib.sh
greet
