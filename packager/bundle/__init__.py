"""A package as a set of named documents, whatever it was read from: a folder, a zip, one file, a rendered offer."""
