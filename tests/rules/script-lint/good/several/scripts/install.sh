#!/bin/bash
here=$(dirname "$0")
name=ledger
. "$here/lib.sh"
greet
