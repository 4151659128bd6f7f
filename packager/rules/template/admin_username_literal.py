"""An administrator's user name is a literal.

A name that is the same at every deployment is half of what an attacker needs, and certification refuses it.

Pass a parameter that the portal form asks for: `[parameters('adminUsername')]`. The properties `adminUsername` and
`administratorLogin` are looked at.

arm-ttk takes any text with something in brackets for an expression, and joins of literals for computed. It looks behind
a reference to a variable only for the last value that it finds, and only in templates with variables. An empty value,
and `resources` or `variables` that are null, end in its own exceptions, which fail the test as well.
"""

from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.armttk.literals import predicted_literals, true_literals
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule


@arm_ttk_rule(
    "adminUsername-Should-Not-Be-A-Literal",
    on="template",
    needs=("object",),
    severity=Severity.WARNING,
    false_alarm="the value is computed at the deployment; refer to a parameter directly to avoid it",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Literals in resources and variables, and the last reference to a variable."""
    yield from predicted_literals(run, "administratorLogin", "adminUsername")


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """Values that the template fixes, through variables and joins too."""
    yield from true_literals(template, "administratorLogin", "adminUsername")
