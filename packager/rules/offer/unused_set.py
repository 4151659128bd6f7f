"""A variable is set on the command line that no source asks for.

With a misspelt name in `--set NAME=VALUE` a package is built that is not the one that was meant.

Correct the name; the message suggests the nearest one that is known.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="offer", severity=Severity.WARNING)
