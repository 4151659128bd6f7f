"""A JSON file deviates from strict JSON in a way that some readers let pass and others do not.

The portal and the deployment service read the files of a package as plain JSON. A comment or a trailing comma in a form
leaves the portal's page loading for ever, without a message; in a template it fails the deployment, although Azure
CLI and PowerShell accept it. Of a property that is written twice, one value is lost. The sub-id is the kind of
deviation: `[comment]`, `[trailing-comma]`, `[single-quotes]`, `[duplicate-key]`, `[byte-order-mark]` and so on; each
kind is reported once a file.

It is an error in the main template, in forms and in views, except for a byte-order mark and half of a surrogate pair,
which many readers take (warnings). In linked templates and parameter files it is a warning, because offers with
comments in linked templates are deployed every day; a property that is written twice stays an error. In other JSON
files, which Azure does not read, it is pointed out.

Bad:

    {
      "location": "westeurope", // the default
    }

Good:

    {
      "location": "westeurope"
    }

Comments in a Jinja or YAML source, and in the JSON sources that offer.yaml names, never reach the package.
"""

from collections.abc import Iterator

from packager.checks.content import content_kind
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.armttk import REFUSED_DEVIATIONS
from packager.source.document import Document
from packager.source.reading import Deviation
from packager.source.spot import Spot

# Strict readers differ about these; that Azure refuses them is not known.
TAKEN_BY_MANY = frozenset({"byte-order-mark", "lone-surrogate"})
# What makes JSON with comments: until it is packed, a `.jsonc` may have it.
OF_JSONC = frozenset({"comment", "trailing-comma"})


@rule(on="file", severity=Severity.ERROR)
def check(document: Document, package: Package) -> Iterator[Hit]:
    """Report the first place of each kind; what arm-ttk refuses as well is reported by json-syntax."""
    if document.problem is not None:
        return
    kinds: dict[str, list[Deviation]] = {}
    for deviation in document.deviations:
        kinds.setdefault(deviation.kind, []).append(deviation)
    tolerated = OF_JSONC if document.name.lower().endswith(".jsonc") and package.bundle.kind != "zip" else frozenset()
    for kind, found in kinds.items():
        if kind not in tolerated | REFUSED_DEVIATIONS:
            message = found[0].message + _fix(kind) + _count(len(found))
            spot = Spot(document, span=found[0].span)
            yield Hit(spot, message, sub=kind, severity=_severity(kind, document, package))


def _severity(kind: str, document: Document, package: Package) -> Severity:
    content = content_kind(document)
    if content is None:
        return Severity.INFO
    if kind in TAKEN_BY_MANY:
        return Severity.WARNING
    is_main = package.main is not None and package.main.document is document
    read_by_portal = is_main or content in {"form", "view"}
    return Severity.ERROR if read_by_portal or kind == "duplicate-key" else Severity.WARNING


def _fix(kind: str) -> str:
    if kind == "byte-order-mark":
        return "; save it as UTF-8 without one"
    return "; keep one of the two" if kind == "duplicate-key" else "; Azure reads strict JSON only"


def _count(places: int) -> str:
    return f" ({places} places in this file)" if places > 1 else ""
