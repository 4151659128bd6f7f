"""A property of a resource has a value that is not among those it takes.

Where the list of values is closed, Azure refuses any other. Where it is open (sub-id `open`, info) the service may have
learned new values since the facts were written down. `discriminator` is a value that chooses what kind of object it is.
Case and blanks do not matter; in profile `strict` a value or type in another case is told (`case`).

Use one of the values that the message names; `packager schema TYPE PROPERTY` shows all.
"""

from collections.abc import Iterator

from packager.arm.bodies.problem import VALUE_ENUM
from packager.arm.template import Template
from packager.checks.bodies import body_hits
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What judging the resources meets of this kind."""
    yield from body_hits(template, package, VALUE_ENUM)
