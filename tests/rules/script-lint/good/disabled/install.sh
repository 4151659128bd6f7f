#!/bin/bash
# shellcheck disable=SC2034 # read by what is started below
name=ledger
env
