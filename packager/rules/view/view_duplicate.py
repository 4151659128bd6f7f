"""Two views of the view definition stand in for the same.

There is one overview page, and the portal tells views of custom resources by `displayName` and `resourceType`, those of
associations by `displayName`.

Remove one of them, or give it a name of its own.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.document import Document
from packager.source.spot import Spot
from packager.ui.views import Part, parts

_UNIQUE = {"CustomResources": ("displayName", "resourceType"), "Associations": ("displayName",)}


@rule(on="view", severity=Severity.ERROR)
def check(document: Document, _: Package) -> Iterator[Hit]:
    """Report every second one at its own place, and name the first."""
    seen: dict[tuple[str, str, str], Part] = {}
    overview: Part | None = None
    for part in parts(document.value):
        if part.name == "view" and part.value.get("kind") == "Overview":
            if overview is not None:
                related = (Spot(document, overview.path),)
                message = "there is an Overview already; the portal shows one"
                yield Hit(Spot(document, part.path), message, "overview", related=related)
            overview = overview or part
        for name in _UNIQUE.get(part.name, ()):
            value = part.value.get(name)
            first = seen.setdefault((part.name, name, value.lower()), part) if isinstance(value, str) else part
            if first is not part:
                message = f"another view of kind {part.name} has the {name} '{value}'; it must be unique"
                related = (Spot(document, (*first.path, name)),)
                yield Hit(Spot(document, (*part.path, name)), message, "name", related=related)
