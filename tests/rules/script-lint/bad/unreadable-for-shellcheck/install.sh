#!/bin/bash
if [ "$1" = x
then
  echo "$1"
fi
