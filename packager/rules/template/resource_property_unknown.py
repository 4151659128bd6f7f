"""A resource has a property that its type does not have in the api-version used.

Azure ignores what it does not know, or refuses the resource: a misspelt `minimumTlsVersion` leaves the setting at its
default and nobody notices. The finding says what may be meant: `misspelt` a known name, `moved` the place where the
property belongs, `other-version` the api-versions that have it. `envelope` (info) is `location`, `tags` and the like on
a type without them, which Azure mostly ignores; `case` (profile `strict`) a name in another case than is published.

Correct the name or place, use an api-version that has the property, or remove it. The types are sometimes wrong:
[how far to believe the facts](../explanation/resource-facts.md). `packager schema TYPE` shows what is known.
"""

from collections.abc import Iterator

from packager.arm.bodies.problem import PROPERTY_UNKNOWN
from packager.arm.template import Template
from packager.checks.bodies import body_hits
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.WARNING)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What judging the resources meets of this kind."""
    yield from body_hits(template, package, PROPERTY_UNKNOWN)
