#!/bin/bash
set -e
set -o xtrace
echo "$NAME"
set +x
password=$(cat /run/secret)
printf '%s' "$password" > "$work/password"
unset password
set -x
password_file="$work/password"
echo "$password_file"
