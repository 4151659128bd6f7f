"""A secure parameter has a default value.

Whoever can read the template can read the default, so it is no secret, and certification refuses it. An expression
that calls `newGuid()` is accepted, because it differs at each deployment; so is an empty string.

Remove `defaultValue`, and let the portal form ask for the value.

arm-ttk looks at parameters of type `securestring` only, not at `secureobject`. It finds `newGuid(` in any text behind
a bracket or comma, so that the literal `[[newGuid()]` passes.
"""

from collections.abc import Iterator
from typing import Any

from packager.arm.template import Template, key_of, member
from packager.checks.armttk.patterns import PatternInputError, calls, pattern_texts
from packager.checks.armttk.powershell import equal, get, members_of_any, spelling, truthy
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule

SECURE = ("securestring", "secureobject")
MESSAGE = "parameter '{}' is a {} and must not have a default value; remove 'defaultValue'"


@arm_ttk_rule(
    "Secure-String-Parameters-Cannot-Have-Default",
    on="template",
    needs=("object",),
    false_alarm="the default holds no text that could be read; remove it all the same, as certification refuses it",
    mentions=("securestring",),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """A default of a securestring in whose text no call of `newGuid` is found."""
    parameters, path = get(run.template.value, "parameters"), run.template.section_path("parameters")
    for name, declaration in members_of_any(parameters):
        default = get(declaration, "defaultValue")
        if not equal(get(declaration, "type"), "securestring") or not truthy(default) or _has_new_guid(default):
            continue
        tail = (name, spelling(declaration, "defaultValue")) if isinstance(parameters, dict) else ()
        yield Hit(run.template.spot((*path, *tail), key=True), MESSAGE.format(name, "securestring"))


def _has_new_guid(default: Any) -> bool:
    try:
        return any(True for text in list(pattern_texts(default)) for _ in calls(text, "newGuid"))
    except PatternInputError:
        return False


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """A default that is not empty and is not made anew at each deployment."""
    path = template.section_path("parameters")
    for name, declaration in template.parameters.items():
        kind = member(declaration, "type") if isinstance(declaration, dict) else None
        if not isinstance(kind, str) or kind.lower() not in SECURE:
            continue
        default = member(declaration, "defaultValue")
        if default and not _is_made_anew(default):
            spot = template.spot((*path, name, key_of(declaration, "defaultValue")), key=True)
            yield Hit(spot, MESSAGE.format(name, kind.lower()))


def _is_made_anew(default: Any) -> bool:
    """Whether an expression in the default calls `newGuid`."""
    from packager.expressions.errors import ExpressionError  # profile arm-ttk does without it
    from packager.expressions.nodes import calls as calls_in  # as above
    from packager.expressions.parser import is_expression, parse  # as above

    if isinstance(default, dict | list):
        return any(map(_is_made_anew, default.values() if isinstance(default, dict) else default))
    if not isinstance(default, str) or not is_expression(default):
        return False
    try:
        return any(True for _ in calls_in(parse(default), "newGuid"))
    except ExpressionError:
        return False
