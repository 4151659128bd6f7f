"""A managed application's template is written in language version 2.0.

Managed applications take templates of language version 1.0 only (Azure documentation, April 2025): no
`languageVersion` of 2.0, no symbolic names, so `resources` is a list. Where the kind of the offer is not known, this
is a warning.

Write `resources` as a list and remove `languageVersion`. Bicep emits version 2.0 when a file uses user-defined types,
nullable parameters or `existing` resources in certain places; leave these out.
"""

from collections.abc import Iterator

from packager.arm.template import Template, member
from packager.checks.finding import Severity
from packager.checks.package import VIEW, Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """The main template only: what it nests or links is for Azure to evaluate."""
    if template is not package.main or package.kind == "solution-template":
        return
    certain = package.kind == "managed-application" or package.bundle.lookup_any_case(VIEW) in package.bundle.entries
    severity = None if certain else Severity.WARNING
    message = "managed applications take templates of language version 1.0 only"
    version = member(template.value, "languageVersion")
    if isinstance(version, str) and not version.startswith("1."):
        spot = template.spot(template.section_path("languageVersion"))
        yield Hit(spot, f"the language version is {version}; {message}", severity=severity)
    elif isinstance(member(template.value, "resources"), dict):
        spot = template.spot(template.section_path("resources"), key=True)
        yield Hit(spot, f"resources have symbolic names; {message}", severity=severity)
