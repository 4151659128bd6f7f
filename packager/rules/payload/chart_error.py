"""A Helm chart cannot be put into the package.

The folder has no usable `Chart.yaml`, the archive is no chart or has another digest than offer.yaml says, or a file of
the chart cannot be read. The message names the file and what is wrong with it.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="payload", severity=Severity.ERROR)
