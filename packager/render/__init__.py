"""Sources -> the documents of a package: Jinja, JSON with comments, YAML, Bicep and Helm payloads."""
