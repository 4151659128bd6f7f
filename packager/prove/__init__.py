"""Searches the answers to a form for one that the form accepts and the template refuses."""
