#!/bin/bash
set -x
cd "$PWD"
read -r password
password=
