"""A property of a resource has a value of another type than it takes.

An object where a text is due, or a text where a list is due, makes Azure refuse the resource. The value is judged after
evaluating the template: variables, conditions and loops are seen through, and what only Azure knows is accepted. So is
what Azure converts: null, numbers for texts, and texts that are numbers or `true` and `false` (`converted`, in profile
`strict` only).

Give a value of the type that the message names.
"""

from collections.abc import Iterator

from packager.arm.bodies.problem import VALUE_TYPE
from packager.arm.template import Template
from packager.checks.bodies import body_hits
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What judging the resources meets of this kind."""
    yield from body_hits(template, package, VALUE_TYPE)
