#!/bin/bash
shopt -s extglob nullglob
case "$1" in
  !(*.md|*.txt)) echo "$1" ;;
esac
