"""Helm refuses a release: its chart and values cannot be rendered.

`packager helm lint` and `packager helm render` run the helm program on each release as the installation will. What it
refuses there would fail in the customer's subscription: a template with an error, a value that is required and not
set, output that is no YAML, values that a schema refuses, a program that does not end or that answers as helm never
does.

The finding stands at the values that are to blame where helm names them, else at the line of the chart's template, else
at the chart in offer.yaml.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="payload", severity=Severity.ERROR)
