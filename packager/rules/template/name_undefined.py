"""An expression uses a parameter, variable or copy loop that is not declared.

Azure refuses the template. In a nested deployment of outer scope, which is the default, expressions see the
parameters and variables of the template around it and not those of the nested template.

Correct the name, declare it, or set `expressionEvaluationOptions.scope` of the nested deployment to `inner`.
"""

from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.errors import (
    UNDEFINED_COPY,
    UNDEFINED_LAMBDA_VARIABLE,
    UNDEFINED_PARAMETER,
    UNDEFINED_VARIABLE,
)

_CODES = (UNDEFINED_PARAMETER, UNDEFINED_VARIABLE, UNDEFINED_COPY, UNDEFINED_LAMBDA_VARIABLE)


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(
        template, package, UNDEFINED_PARAMETER, UNDEFINED_VARIABLE, UNDEFINED_COPY, UNDEFINED_LAMBDA_VARIABLE
    )
