#!/bin/bash
# shellcheck source=/dev/null
. "$ELSEWHERE"
echo "$adminName $unknown"
