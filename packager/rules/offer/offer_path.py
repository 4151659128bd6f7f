"""A path in offer.yaml leads to nothing that can be used.

The file or folder does not exist, is written with other capital letters (which some systems tell apart and others do
not), lies outside the repository, or is of a kind that does not fit: a template is JSON, YAML or Bicep, Helm values are
YAML or JSON.

Paths are relative to the repository root, the folder of the nearest `pyproject.toml` or `.git` above the offer; with
`./` they are relative to the offer file.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="offer", severity=Severity.ERROR)
