#!/bin/sh
names=(ledger quotes)
echo "${names[0]}"
