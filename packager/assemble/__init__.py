"""Rendered plans -> byte-reproducible zips and their records, and finished zips compared with both."""
