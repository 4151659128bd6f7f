"""A source does not become a file of the package.

What was rendered is no JSON or YAML, or a file cannot be read or would collide with another one in the package.
Comments and trailing commas are fine in a source, they never reach the package; other deviations from JSON are not.

Correct the line of the source that the message names. A comma too many or too few often comes from a loop:

    {% for name in names %}
      {{ name | json }}{{ "," if not loop.last }}
    {% endfor %}
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="offer", severity=Severity.ERROR)
