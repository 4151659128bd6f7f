"""A function is called with the wrong number or type of arguments.

Azure refuses the template when it evaluates the call. Counts, types and values are judged as far as they are known:
what only Azure can know is never reported.

The page of functions says what each one takes.
"""

from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.errors import ARGUMENT_COUNT, ARGUMENT_TYPE, ARGUMENT_VALUE


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(template, package, ARGUMENT_COUNT, ARGUMENT_TYPE, ARGUMENT_VALUE)
