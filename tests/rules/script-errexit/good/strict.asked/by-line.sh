#!/usr/bin/env -S bash -e
echo a
echo b
