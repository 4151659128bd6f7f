"""The default of a text box breaks the rules of the text box.

The page opens with an error that the customer did not make.

Correct the default or the pattern.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.errors import ExpressionError
from packager.ui.constraints import patterns_of
from packager.ui.definition import UiDefinition
from packager.ui.parser import has_brackets
from packager.ui.patterns import matches
from packager.ui.settings import elements_of


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Defaults that are written out, tried on every pattern that is; what would take too long is left alone."""
    for element in elements_of(form, "Microsoft.Common.TextBox"):
        default, constraints = element.value.get("defaultValue"), element.value.get("constraints")
        if not isinstance(default, str) or not default or has_brackets(default) or not isinstance(constraints, dict):
            continue
        for _path, pattern in patterns_of(constraints, ()):
            if not _fits(pattern, default):
                spot = form.spot((*element.path, "defaultValue"))
                message = f"the default '{default[:40]}' of element '{element.name}' does not fit its pattern"
                yield Hit(spot, f"{message} {pattern[:80]}")


def _fits(pattern: str, text: str) -> bool:
    try:
        return matches(pattern, text)
    except ExpressionError:
        return True
