"""What a package brings along beside JSON: shell scripts, policies of API Management, Python code."""
