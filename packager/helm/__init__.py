"""Helm payloads without Helm: chart folders and archives, values, and the list of releases that a package carries."""
