"""`helm lint` has something to say about a chart.

`packager helm lint` runs it for each release, with the values of the release, and reports each message with helm's own
severity at the file of the chart that it is about. What helm only recommends (`[INFO]`: that a chart has an icon) is
reported in profile `strict` alone: it matters for catalogues of charts, not for an installation.

A chart that has templates and of which no object comes is told here, too: its values switch everything off, or it was
not helm that was asked.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="payload", severity=Severity.WARNING)
