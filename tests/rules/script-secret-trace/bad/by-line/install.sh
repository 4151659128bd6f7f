#!/bin/bash -ex
echo "$DB_PASSWORD" | wc -c
