"""Jinja delimiters are named for a file that is not rendered.

Only a file whose name ends in `.j2` is a template. Another one is copied as it is, and its `delimiters:` mean nothing.

Let the name of the source end in `.j2`, or remove `delimiters:`.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="offer", severity=Severity.WARNING)
