#!/bin/bash
trap 'report; exit 1' ERR
echo b
