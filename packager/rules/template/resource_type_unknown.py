"""A resource has a type that Azure does not know.

Azure refuses the deployment when it comes to this resource: there is no such type in the namespace, or no such
namespace (`[namespace]`, a warning: it may be private, or newer than the tool's table). A table that is older than half
a year makes it a warning in any case.

Write the type that the message suggests. `packager rules --data` shows how old the table of types is; `--api-versions`
names a newer one. The children of custom providers, which define their own types, are left alone.
"""

from collections.abc import Iterator

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
    messages: dict[str, tuple[str, bool]] = {}
    yield from once(hit for one in deployed(template, package) for hit in _judged(one, package, messages))


def _judged(one: ExpandedResource, package: Package, messages: dict[str, tuple[str, bool]]) -> Iterator[Hit]:
    name = provided_type(one)
    if name is None or is_known(name, package.api_versions):
        return
    if name not in messages:
        messages[name] = _message(name, suggests=len(messages) < _MOST_SUGGESTIONS)
    message, in_namespace = messages[name]
    if in_namespace:
        stale = api_versions_fact().is_stale(package.today)
        yield Hit(place(one, "type"), message, severity=Severity.WARNING if stale else None)
    else:
        yield Hit(place(one, "type"), message, "namespace", severity=Severity.WARNING)


def _message(name: str, *, suggests: bool) -> tuple[str, bool]:
    """What is said of a type, and whether its namespace is known."""
    namespace = name.partition("/")[0]
    suggested = nearest_type(name) if suggests else None
    advice = f"; did you mean '{suggested}'?" if suggested else ""
    if any(True for _ in shipped().types(namespace)):
        return f"{namespace} has no resource type '{name}'{advice}", True
    return f"the resource type '{name}' is of a namespace that is not known{advice}", False
