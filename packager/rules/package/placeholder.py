"""A value was never filled in.

The whole value is a text of the kind that stands where something else was to be written: `REPLACE-WITH-YOUR-ID`,
`CHANGEME`, `TODO`, `<plan id>`, `__VERSION__`, `${version}`, or `DONOTMODIFY`, which only the packager of Kubernetes
offers replaces. A package with it fails when it is deployed, or shows the text to the customer.

Write the value. What such a text is part of (scripts, policies, longer texts) is not looked at.
"""

from collections.abc import Iterator

from packager.checks.content import content_kind
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.document import Document
from packager.source.lazy import lazy_pattern
from packager.source.spot import Spot

_ORDINARY = r"(?!<(?:none|default|auto|any|all|empty|null|br|hr|p)/?>)"
# A JSON text from quote to quote that is nothing else, and no name of a member.
_VALUE = lazy_pattern(
    r'"(DONOTMODIFY|(?i:REPLACE[-_ ](?:WITH|ME)\b[^"\\]{0,200}|CHANGE[-_ ]?ME|TODO|TBD)'
    rf'|(?i:{_ORDINARY})<[A-Za-z][^"<>\\/=]{{0,100}}>|__[A-Z][A-Z0-9_]{{0,60}}__|\$\{{[^"\\{{}}]{{1,100}}\}})"(?!\s{{0,20}}:)'
)
_SHOWN = 10
_KUBERNETES = "microsoft.kubernetesconfiguration/extensions"


@rule(on="package", severity=Severity.ERROR)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Search templates, forms and views."""
    documents = [one for one in package.json_documents if content_kind(one) in {"template", "form", "view"}]
    kubernetes = any(_KUBERNETES in one.text.lower() for one in documents)
    for document in documents:
        yield from _found(document, kubernetes=kubernetes)


def _found(document: Document, *, kubernetes: bool) -> Iterator[Hit]:
    """Each text once, with the number of its places: sources that were not rendered have hundreds."""
    places: dict[str, list[Spot]] = {}
    for match in _VALUE.finditer(document.text):
        text, path = match.group(1), document.path_at(match.start() + 1)
        is_meant = document.at(path) == text and "allowedValues" not in path
        if is_meant and not (kubernetes and text == "DONOTMODIFY"):
            places.setdefault(text, []).append(Spot(document, path))
    for text, (first, *others) in places.items():
        more = f" (here and at {len(others)} more place{'s' * (len(others) > 1)})" if others else ""
        yield Hit(first, f"'{text}'{more} was never filled in; write the value", related=tuple(others[:_SHOWN]))
