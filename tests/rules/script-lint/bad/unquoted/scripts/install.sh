#!/bin/bash
set -e
cd /opt/app
for one in $@; do
  echo "$one"
done
