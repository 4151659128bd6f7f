"""A suppression comment names no rule that exists.

It suppresses nothing, and the finding that it was written for is reported all the same.

Correct the name: the message suggests the nearest one, and `packager rules` lists them all.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="run", severity=Severity.WARNING)
