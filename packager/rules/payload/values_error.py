"""Helm values are not a mapping.

Helm merges the values of a release with those of the chart, key by key. A list or a single text has no keys.

Write the values as keys with their values, as in the chart's own `values.yaml`.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="payload", severity=Severity.ERROR)
