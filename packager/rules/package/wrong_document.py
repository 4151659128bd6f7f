"""A file is not what its name says: `mainTemplate.json` is no ARM template, for example.

Azure reads the template, the form and the view by their names. A template without `resources`, a list where an object
is expected, or the form saved as the template fails the upload or leaves the portal's page empty.

Put the right document under the name. A template has at least:

    {
      "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
      "contentVersion": "1.0.0.0",
      "resources": []
    }
"""

from collections.abc import Iterator

from packager.checks.content import content_kind, expected_kind
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.document import Document
from packager.source.spot import Spot

WORDS = {
    "template": "an ARM template",
    "form": "a portal form",
    "view": "a view definition",
    "parameters": "a parameter file",
}
MARKS = {
    "template": "it has no `$schema` of a deployment template, nor `resources`",
    "form": "it has no `$schema` of a form, nor `handler`",
    "view": "it has no `$schema` of a view definition",
}


@rule(on="file", severity=Severity.ERROR)
def check(document: Document, _: Package) -> Iterator[Hit]:
    """Report a document whose content does not answer to its name."""
    expected, found = expected_kind(document), content_kind(document)
    if expected is None or found in {expected, "unreadable"}:
        return
    name = document.name.rpartition("/")[2]
    if found is not None:
        message = f"'{name}' holds {WORDS[found]}, not {WORDS[expected]}"
    elif isinstance(document.value, dict):
        message = f"'{name}' is not {WORDS[expected]}: {MARKS[expected]}"
    else:
        message = f"'{name}' is not {WORDS[expected]}: it holds no JSON object"
    yield Hit(Spot(document), message)
