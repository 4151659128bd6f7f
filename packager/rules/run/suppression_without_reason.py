"""A suppression comment does not say why.

Whoever reads the line later cannot tell whether the reason still holds.

Bad:

    {# packager: ignore resource-location-literal #}

Good:

    {# packager: ignore resource-location-literal -- the service exists in this region only #}
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="run", severity=Severity.WARNING)
