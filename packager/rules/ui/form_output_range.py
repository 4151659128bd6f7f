"""An element takes answers that the parameter of the template refuses.

The customer learns it when the deployment fails.

Bring the bounds in line: `min` and `max` of a slider with `minValue` and `maxValue` of the parameter, the length in
the pattern of a text box with `minLength` and `maxLength`.
"""

from collections.abc import Iterator
from typing import Any, TypeGuard

from packager.arm.template import member
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.constraints import patterns_of
from packager.ui.definition import Element, UiDefinition
from packager.ui.patternmeasures import is_anchored, length_of
from packager.ui.patternreader import read_pattern
from packager.ui.patterns import MAX_LENGTH, pattern_problem
from packager.ui.settings import elements_of, value_at

SLIDER = "Microsoft.Common.Slider"


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Outputs that are the value of a slider or a text box as it is."""
    main = package.main_beside(form.document)
    if main is None or form.is_form_view:
        return
    for element in elements_of(
        form, "Microsoft.Common.Slider", "Microsoft.Common.TextBox", "Microsoft.Common.PasswordBox"
    ):
        for output, use in form.flow.outputs_of(element).items():
            declaration = member(main.parameters, output)
            if use.is_whole and isinstance(declaration, dict):
                yield from _compared(form, element, output, declaration)


def _compared(form: UiDefinition, element: Element, output: str, declaration: dict[str, Any]) -> Iterator[Hit]:
    if element.type == SLIDER:
        yield from _ends(form, element, output, declaration)
        return
    low, high = member(declaration, "minLength"), member(declaration, "maxLength")
    least, most = lengths_of(element)
    too_long = _is_number(high) and (most is None or most > high)
    if too_long or (_is_number(low) and least < low):
        limit = f"at most {high}" if too_long else f"at least {low}"
        takes = "any number of" if too_long and most is None else str(most if too_long else least)
        message = f"text box '{element.name}' takes {takes} characters, and parameter '{output}' {limit}"
        yield Hit(form.spot(element.path), message, sub="length", severity=Severity.WARNING)


def _ends(form: UiDefinition, element: Element, output: str, declaration: dict[str, Any]) -> Iterator[Hit]:
    low, high = member(declaration, "minValue"), member(declaration, "maxValue")
    least, most = element.value.get("min"), element.value.get("max")
    if _is_number(least) and _is_number(low) and least < low:
        message = f"slider '{element.name}' begins at {least}, and parameter '{output}' at {low}"
        yield Hit(form.spot((*element.path, "min")), message)
    if _is_number(most) and _is_number(high) and most > high:
        message = f"slider '{element.name}' ends at {most}, and parameter '{output}' at {high}"
        yield Hit(form.spot((*element.path, "max")), message)


def _is_number(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def lengths_of(element: Element) -> tuple[int, int | None]:
    """The least and the most characters that the patterns of a text box let through; None for any number."""
    constraints = element.value.get("constraints")
    patterns = [text for _, text in patterns_of(constraints, ())] if isinstance(constraints, dict) else []
    least, most = int(value_at(constraints, "required") is True), None
    for pattern in patterns:
        if len(pattern) > MAX_LENGTH or pattern_problem(pattern) is not None:
            continue
        part = read_pattern(pattern)
        shortest, longest = length_of(part)
        if is_anchored(part, "^") and is_anchored(part, "$") and longest is not None:
            most = longest if most is None else min(most, longest)
        least = max(least, shortest) if value_at(constraints, "required") is True else least
    return least, most
