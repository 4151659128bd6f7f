"""The first argument of a function on resource ids is put together, or is what it is anyway.

`resourceId(resourceGroup().name, ...)` and `resourceId(subscription().subscriptionId, ...)` name what the function
assumes without them, and `resourceId(concat(...))` or `reference(concat(...))` joins by hand what the function joins
itself; both read badly and hide mistakes in the number of segments.

Leave the argument out, or give type and names one by one: `resourceId('Microsoft.Network/virtualNetworks', 'name')`.

arm-ttk searches the raw text, and only for the usual spelling: `ResourceId(CONCAT(` escapes it, a comment does not.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from packager.arm.template import Template, built_by_bicep
from packager.checks.armttk.patterns import inside_expression
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.lazy import lazy_pattern
from packager.source.span import Span

if TYPE_CHECKING:
    from packager.arm.sites import CallSite
    from packager.expressions.nodes import Node

_JOINED = ("concat", "format")
_REFUSED = {
    "resourceId": ("resourceGroup", "subscription", *_JOINED),
    "subscriptionResourceId": ("subscription", *_JOINED),
    "tenantResourceId": _JOINED,
    "extensionResourceId": _JOINED,
    "reference": _JOINED,
}
_BY_LOWER_NAME = {name.lower(): refused for name, refused in _REFUSED.items()}
_ARGUMENT = lazy_pattern(r"\(\s*+(resourceGroup|subscription|concat|format)(\s*+)\(")
_NAME = lazy_pattern(r'"[^"]+"\s*+:')


@arm_ttk_rule(
    "ResourceIds-should-not-contain",
    on="template",
    needs=("text",),
    severity=Severity.WARNING,
    false_alarm="no expression makes that call here; write the text in other words",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """The calls in the text, inside brackets and behind the name of some property."""
    text = run.text.value
    if run.built_by_bicep:
        return
    for found in _ARGUMENT.finditer(text):
        word = _word_before(text, found.start())
        start = _start_of_name(text[word.start : word.end], word.start, found)
        if start is not None and inside_expression(text, start) and _NAME.search(text, 0, start):
            yield Hit(run.text.spot(start, found.end()), _message(text[start : word.end], found.group(1)))


def _word_before(text: str, position: int) -> Span:
    """The word that ends before `position`, blanks between."""
    end = position
    while end > 0 and text[end - 1].isspace():
        end -= 1
    start = end
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return Span(start, end)


def _start_of_name(word: str, start: int, found: re.Match[str]) -> int | None:
    """Where one of the functions begins within the word before the parenthesis, which begins at `start`."""
    argument, blanks = found.groups()
    names = [name for name, refused in _REFUSED.items() if word.endswith(name) and argument in refused]
    # Only behind concat and format arm-ttk allows blanks.
    if names and (argument in _JOINED or not blanks):
        return start + len(word) - max(map(len, names))
    list_at = word.find("list")
    return start + list_at if argument in _JOINED and 0 <= list_at < len(word) - 4 else None


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """The same calls in parsed expressions, in any spelling; Bicep writes some of them itself."""
    if built_by_bicep(template):
        return
    for name, calls in template.sites.calls.items():
        refused = _JOINED if name.startswith("list") and name != "list" else _BY_LOWER_NAME.get(name)
        if refused is not None:
            yield from (hit for one in calls if (hit := _judge(one, refused)))


def _judge(one: "CallSite", refused: tuple[str, ...]) -> Hit | None:
    from packager.expressions.nodes import Call, Property, is_call  # profile arm-ttk does without it

    first: Node | None = one.call.arguments[0] if one.call.arguments else None
    while isinstance(first, Property):
        first = first.target
    if isinstance(first, Call) and is_call(first, *refused):
        return Hit(one.spot(), _message(one.call.name, first.name))
    return None


def _message(name: str, argument: str) -> str:
    if argument.lower() in _JOINED:
        return f"the first argument of {name}() is put together with {argument}(); give its parts one by one"
    return f"{name}() takes {argument}() without being told; leave that argument out"
