#!/bin/sh
# An example key, made for this test.
KEY="-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7EXAMPLEexample
-----END PRIVATE KEY-----"
TOKEN=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJleGFtcGxlIn0.c2lnbmF0dXJlLW9mLWEtdG9rZW4tZXhhbXBsZQ
