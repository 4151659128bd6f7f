"""A resource has a type that Azure does not know.

Azure refuses the deployment when it comes to this resource: there is no such type in the namespace. It is a warning
where the namespace is not known either (`[namespace]`: it may be private), where the type would be a child of one that
is known (`[child]`: some are published nowhere), and everywhere when the tool's table is older than half a year.

Write the type that the message suggests. `packager rules --data` shows how old the table of types is; `--api-versions`
names a newer one. The children of custom providers, which define their own types, are left alone.
"""

from collections.abc import Iterator
from typing import NamedTuple

from packager.arm.expansion import ExpandedResource
from packager.arm.template import Template
from packager.arm.typenames import is_known, nearest_type, provided_type
from packager.checks.deployed import deployed, once, place
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.data.api_versions import shipped
from packager.data.facts import api_versions_fact

# Looking for the nearest of a hundred names takes milliseconds: beyond this the template has other problems.
_MOST_SUGGESTIONS = 100


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Look up the full type of every resource that would be deployed, each type once."""
    said: dict[str, _Said] = {}
    yield from once(hit for one in deployed(template, package) for hit in _judged(one, package, said))


class _Said(NamedTuple):
    """What is said of a type: the sub-id tells why it is a warning only."""

    message: str
    sub: str | None


def _judged(one: ExpandedResource, package: Package, said: dict[str, _Said]) -> Iterator[Hit]:
    name = provided_type(one)
    if name is None or is_known(name, package.api_versions):
        return
    if name not in said:
        said[name] = _said(name, package, suggests=len(said) < _MOST_SUGGESTIONS)
    message, sub = said[name]
    lesser = sub is not None or api_versions_fact().is_stale(package.today)
    yield Hit(place(one, "type"), message, sub, severity=Severity.WARNING if lesser else None)


def _said(name: str, package: Package, *, suggests: bool) -> _Said:
    namespace, parent = name.partition("/")[0], name.rpartition("/")[0]
    suggested = nearest_type(name) if suggests else None
    advice = f"; did you mean '{suggested}'?" if suggested else ""
    if not any(True for _ in shipped().types(namespace)):
        return _Said(f"the resource type '{name}' is of a namespace that is not known{advice}", "namespace")
    child = "child" if is_known(parent, package.api_versions) else None
    return _Said(f"{namespace} has no resource type '{name}'{advice}", child)
