# shellcheck shell=bash
greet() { echo; }
