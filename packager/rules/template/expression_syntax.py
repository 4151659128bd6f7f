"""An expression cannot be read.

Azure reads every text that begins with `[` and ends with `]` as an expression, used or not, and refuses a template
with one that it cannot read: a bracket or quote is missing, an operator stands where a function belongs, or it is
longer than 24,576 characters.

Correct it; a text that only looks like an expression begins with two brackets: `[[like this]`.
"""

from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.errors import SYNTAX, TOO_DEEP, TOO_LONG


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(template, package, SYNTAX, TOO_LONG, TOO_DEEP)
