"""A Bicep file cannot be compiled, or its compiler warns.

The message is that of the `bicep` program, at its line. Modules of registries are not fetched, because a build uses no
network: restore them before, with `bicep restore`.

Install `bicep` when it is not on PATH, or commit the JSON that it makes and name that in offer.yaml.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="offer", severity=Severity.ERROR)
