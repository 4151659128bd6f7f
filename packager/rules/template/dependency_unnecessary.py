"""A dependency is written that is there already.

A resource waits by itself for what its expressions name with `reference('name')` or another function of that kind, and
an entry that repeats another one of its list changes nothing. What is written twice has to be kept right twice.

Remove the entry. Templates that Bicep wrote are left alone.

Good:

    "properties": {"address": "[reference('publicAddress').ipAddress]"}

A reference by a full id, `reference(resourceId(...))`, does not make a resource wait: there `dependsOn` is needed.
"""

from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.expansion import expansion
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.INFO)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template tells of the entries; in a loop, of every turn."""
    if template.parent is not None or template.built_by_bicep:
        return
    for spot in expansion(template, package).spare:
        if spot.document is template.document:
            yield Hit(spot, "the resource waits for this one already, by a reference or another entry; remove it")
