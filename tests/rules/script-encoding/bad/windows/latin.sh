#!/bin/bash
echo "é"
