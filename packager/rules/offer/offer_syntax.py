"""offer.yaml or listing.yaml is no valid YAML.

Nothing of the offer can be checked before the file can be read. The same is said of a key that is written twice in one
mapping, because YAML keeps only one of the two values, and of aliases and tags that a description of an offer has no
use for.

Correct the line that the message names. Typical causes are a tab in the indentation, a colon in an unquoted text, and
a quote that is not closed.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="offer", severity=Severity.ERROR)
