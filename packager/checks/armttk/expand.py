"""arm-ttk's expansion of a simple expression (`Expand-AzTemplate -Expression`): one step, by name, never deeper."""

from typing import Any

from packager.checks.armttk.patterns import find_expression
from packager.checks.armttk.powershell import get, truthy
from packager.source.lazy import lazy_pattern

_LITERAL = lazy_pattern(r"\s*'((?:[^']|(?<=')')+)'")
_STEP = lazy_pattern(r"\[(\d+)\]|\.([^.\[\]\s]+)")


class ExpansionError(ValueError):
    """What arm-ttk could not resolve; it reports that as an error of the check."""


def expanded(text: str, template: Any, exclude: str = "") -> Any:
    """What `[variables('x').y[0]]` stands for in `template`; the text where it is no such expression.

    The expression itself where its function is the one to `exclude` (in lower case).

    Raises ExpansionError when the name, an index or a property leads nowhere or to a falsy value.
    """
    expression = find_expression(text)
    if expression is None:
        return text
    whole = text[expression.start : expression.end]
    if exclude and expression.function.lower() == exclude:
        return whole
    literal = _LITERAL.match(expression.arguments[1:])
    section = get(template, expression.function)
    if not truthy(section) or literal is None:
        return whole
    value = get(section, literal.group(1))
    if not truthy(value):
        raise ExpansionError(f".{expression.function}.{literal.group(1)} not found")
    for index, name in _STEP.findall(expression.tail):
        value = _indexed(value, int(index)) if index else get(value, name)
        if not truthy(value):
            raise ExpansionError(f"Index {index} not found" if index else f"Property {name} not found")
    return value


def _indexed(value: Any, index: int) -> Any:
    # Indexing a string gives a character; anything else is its own element 0.
    if isinstance(value, list | str):
        return value[index] if index < len(value) else None
    return value if index == 0 else None
