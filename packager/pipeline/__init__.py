"""The one path from a PATH or an offer to findings, and from an offer to its packages."""
