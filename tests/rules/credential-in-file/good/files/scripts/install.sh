#!/bin/sh
grep -q -e "-----BEGIN PRIVATE KEY-----" key.pem || exit 1
curl "https://example.test/?sig=abcdefghijklmnopqrstuvwxyz0123456789"
