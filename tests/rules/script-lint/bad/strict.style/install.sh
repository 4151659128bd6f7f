#!/bin/sh
set -e
greet() {
  local name=$1
  echo $name
}
greet x
