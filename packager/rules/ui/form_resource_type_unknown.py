"""The form names a resource type that Azure does not know.

`resourceTypes` of the location, of a LocationSelector or of the older list beside `steps` leave only the regions that
have all of these types: with one that does not exist the customer has no region to choose. A ResourceSelector finds
nothing.

Write the type that the message suggests. `packager rules --data` shows how old the table of types is; `--api-versions`
names a newer one.
"""

from collections.abc import Iterator
from typing import Any

from packager.arm.typenames import is_known, nearest_type
from packager.checks.basics import spot_in
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.spot import Spot
from packager.ui.definition import UiDefinition
from packager.ui.parser import has_brackets
from packager.ui.settings import known_elements, properties_of, where_of

_LISTS = (("config", "basics", "location", "resourceTypes"), ("resourceTypes",))


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Look up every type that is written out."""
    for spot, name in (*_listed(form), *_chosen(form)):
        if not isinstance(name, str) or "/" not in name or has_brackets(name):
            continue
        if not is_known(name, package.api_versions):
            suggested = nearest_type(name)
            advice = f"; did you mean '{suggested}'?" if suggested else ""
            yield Hit(spot, f"there is no resource type '{name}'{advice}")


def _listed(form: UiDefinition) -> Iterator[tuple[Spot, Any]]:
    """The types that regions must have."""
    for steps in _LISTS:
        spot = spot_in(form, *steps)
        found = spot.value()
        if isinstance(found, list) and spot.path[-1:] == steps[-1:]:
            yield from ((spot._replace(path=(*spot.path, index)), name) for index, name in enumerate(found))


def _chosen(form: UiDefinition) -> Iterator[tuple[Spot, Any]]:
    """The types in properties of elements."""
    where = where_of(form)
    for element, known in known_elements(form):
        for path, value, setting in properties_of(element, where) if known.in_document(where) else ():
            if setting is not None and setting.format == "resource type":
                yield form.spot(path), value
