"""A Helm release does not say where its chart comes from.

A chart is named in exactly one of three ways, with the keys that belong to it:

    chart: {path: helm/charts/acme}
    chart: {archive: helm/acme-1.2.3.tgz, digest: "sha256:..."}
    chart: {repository: "https://charts.example.com", name: acme, version: 1.2.3, digest: "sha256:..."}

The digest may be left out. Remove the keys of the other ways, and add those that are missing.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="offer", severity=Severity.ERROR)
