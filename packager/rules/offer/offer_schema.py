"""offer.yaml or listing.yaml has not the shape that it should have.

An unknown key, a key that is missing, or a value of another kind: what is misspelt would be ignored in silence
otherwise. The message names the nearest known key.

Bad:

    plans:
      - id: standard
        tempalte: mainTemplates/acme/mainTemplate.json.j2

Good:

    plans:
      - id: standard
        template: mainTemplates/acme/mainTemplate.json.j2

Editors check the file while it is written, with this first line:

    # yaml-language-server: $schema=../../packager/offer/offer.schema.json
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="offer", severity=Severity.ERROR)
