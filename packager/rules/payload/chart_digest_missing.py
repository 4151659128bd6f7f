"""A chart of a repository has no digest.

The version of a chart names it, its digest says which bytes it is. Without one, what customers install cannot be
compared with what was tested: a chart can be replaced under the same version.

    chart:
      repository: https://charts.example.com
      name: acme
      version: 1.2.3
      digest: sha256:...

The digest is that of the chart's archive, as `helm pull` fetches it: `sha256sum acme-1.2.3.tgz`. Or have it written
into the lock beside offer.yaml: `packager helm lock OFFER` fetches the chart and computes it.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="payload", severity=Severity.WARNING)
