"""A name in an offer is used twice, or names something that does not exist.

Ids of plans are unique in an offer, names of releases in a plan, names of files in a package (also when compared
without regard to case). A listing may speak only of plans that the offer has.

Rename one of the two; for files, change `from` or `to` of the artifact.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="offer", severity=Severity.ERROR)
