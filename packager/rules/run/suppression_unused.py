"""A suppression comment suppresses nothing.

The finding that it was written for is gone, or was always at another line. A comment that stays would hide the next
finding of that rule at this place.

Remove the comment, or move it to the line of the finding, or to the line above it.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="run", severity=Severity.WARNING)
