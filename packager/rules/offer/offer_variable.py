"""A variable has a name that the sources cannot ask for.

Variables of an offer are names in its Jinja templates. One that hides a name which every source has, or that is no name
in Jinja at all, would never be seen.

Rename the variable.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="offer", severity=Severity.ERROR)
