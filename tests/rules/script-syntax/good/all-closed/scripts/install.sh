#!/bin/bash
set -e
if [ -n "$NAME" ]; then
  echo "$NAME"
fi
