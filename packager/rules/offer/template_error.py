"""A Jinja source cannot be rendered.

An undefined name, a syntax error, a template that is not there, an expression that fails, or a loop without an end. The
line is that of the source file that made it fail, also where it was included or called as a macro; related places show
the way there.

Bad (the variable is not declared in offer.yaml):

    "value": {{ chartVerison | json }}

Good:

    "value": {{ chartVersion | json }}
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="offer", severity=Severity.ERROR)
