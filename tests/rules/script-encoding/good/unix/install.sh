#!/bin/bash
set -e
printf "a\r\n"
