"""A chart of a repository is not at hand, so that its release could not be looked at.

Nothing is fetched to check an offer. Put the chart's archive into a folder, with the `helm pull` of the message or, for
all charts of the offer, with `packager helm lock OFFER --charts DIR`, and name the folder in the variable
`PACKAGER_CHART_DIR`; it may hold unpacked charts, too. A chart whose digest is not the one in offer.yaml or its lock is
not taken for it.

That is no fault of the offer. `packager helm lint` says it so that nobody takes silence for a verdict.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="payload", severity=Severity.INFO)
