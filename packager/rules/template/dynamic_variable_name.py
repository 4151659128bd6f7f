"""The name of a variable is put together in an expression.

`variables(concat('size-', parameters('tier')))` reads a variable that no tool can tell from the text, so unused and
misspelt ones stay unnoticed; certification asks for an object with one member for each case instead.

Write `"sizes": {"small": ..., "large": ...}` and `variables('sizes')[parameters('tier')]`.

arm-ttk only finds `variables(concat('x'), parameters('y'))`, which no working template contains: the usual
`variables(concat('x', parameters('y')))` escapes it.
"""

from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.lazy import lazy_pattern

_TOKENS = ("variables", r"\(", "concat", r"\(", "'[^']+'", r"\)", ",", "parameters", r"\(", "'[^']+'", r"\)", r"\)")
_SHAPE = lazy_pattern(r"\s?".join(_TOKENS))
_MESSAGE = "the name of a variable is put together; use an object variable: variables('x')[parameters('y')]"


@arm_ttk_rule(
    "Dynamic-Variable-References-Should-Not-Use-Concat",
    on="template",
    needs=("text",),
    severity=Severity.WARNING,
    false_alarm="it stands where nothing evaluates it; write it in other words",
    mentions=("concat",),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """The one shape that arm-ttk looks for, anywhere in the text."""
    for found in _SHAPE.finditer(run.text.lowered):
        yield Hit(run.text.spot(*found.span()), _MESSAGE)


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """Every call of variables() whose name comes from concat() or format()."""
    from packager.expressions.nodes import is_call  # profile arm-ttk does without it

    for one in template.sites.calls.get("variables", ()):
        if one.call.arguments and is_call(one.call.arguments[0], "concat", "format"):
            yield Hit(one.spot(), _MESSAGE)
