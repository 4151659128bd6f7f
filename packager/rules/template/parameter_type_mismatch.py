"""A value handed to a nested deployment does not fit the parameter that it is for.

Certification wants the parameter that is passed on to have the type of the parameter that receives it: Azure refuses a
deployment whose values have other types, or names that the nested template does not declare.

Declare both parameters with the same type. A `securestring` that becomes a `string` can be read in the history of the
nested deployment.

arm-ttk compares the types even where a function converts the value, takes a `string` for a `securestring` for a
mistake, and goes on to outer templates that happen to have a parameter of the same name.
"""

from collections.abc import Iterator
from typing import Any

from packager.arm.follow import parsed
from packager.arm.template import Template, key_of, member
from packager.checks.armttk.failures import failure
from packager.checks.armttk.patterns import PARAMETER, PatternInputError, pattern_texts
from packager.checks.armttk.powershell import (
    equal,
    get,
    has,
    members,
    spelling,
    text_of,
    truthy,
    unequal,
)
from packager.checks.armttk.run import ArmTtkRun, TemplateInput
from packager.checks.armttk.search import Found
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.expressions.nodes import is_call, literal_argument
from packager.source.span import Path
from packager.source.spot import Spot

_SECURE = {"securestring": "string", "secureobject": "object"}


@arm_ttk_rule(
    "Parameter-Types-Should-Be-Consistent",
    on="template",
    needs=("object",),
    inner=False,
    severity=Severity.WARNING,
    false_alarm="the value that arrives has the type that is asked for; Azure takes it",
    mentions=("expressionevaluationoptions",),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """What the main template passes to its inner templates, whatever file the test runs for."""
    main = run.turn.main
    if main is None:
        return
    for found in main.search.by_key("template"):
        scope = get(get(found.holder, "expressionEvaluationOptions"), "scope")
        if equal(scope, "inner") and found.ancestors:
            passed = get(get(found.ancestors[0], "properties"), "parameters")
            for name, entry in members(passed):
                yield from _compared(main, found, name, entry)


def _compared(main: TemplateInput, found: Found, name: str, entry: Any) -> Iterator[Hit]:
    try:
        references = [one for text in _texts(entry) for one in PARAMETER.findall(text)]
    except PatternInputError:
        message = f"the value of '{name}' is empty, and arm-ttk's test fails for that"
        explanation = "Azure takes an empty text or list; leave the parameter out where its default is the same"
        yield failure(_spot(main, found, name, entry), message, explanation)
        return
    value = entry if get(entry, "value") is None else get(entry, "value")
    if len(references) != 1 or not isinstance(value, str) or _is_taken_apart(value):
        return
    wanted = get(get(get(found.value, "parameters"), name), "type")
    for around in found.ancestors:
        given = get(get(get(around, "parameters"), references[0]), "type")
        if truthy(given) and unequal(given, wanted):
            message = _message(name, text_of(given), text_of(wanted))
            yield Hit(
                _spot(main, found, name, entry),
                message,
                "type" if wanted else "undeclared",
            )


def _texts(entry: Any) -> Iterator[str]:
    """The texts that the pattern looks at: those of the member `value` where there is one."""
    if not has(entry, "value"):
        return pattern_texts(entry)
    value = get(entry, "value")
    if value == []:
        raise PatternInputError("the list is empty")
    return pattern_texts(value)


def _is_taken_apart(value: str) -> bool:
    """Whether an index, a property or a further argument follows the reference."""
    found = PARAMETER.search(value)
    return found is not None and value[found.end() :].lstrip()[:1] in ("[", ".", ",")


def _spot(main: TemplateInput, found: Found, name: str, entry: Any) -> Spot:
    resource = found.node.parent
    assert resource is not None
    properties = spelling(resource.value, "properties")
    parameters = spelling(get(resource.value, properties), "parameters")
    path: Path = (*resource.true_path, properties, parameters, name)
    return Spot(
        main.document,
        (*path, spelling(entry, "value")) if has(entry, "value") else path,
    )


def _message(name: str, given: str, wanted: str) -> str:
    if not wanted:
        return f"the nested template declares no parameter '{name}'"
    return f"the parameter '{name}' of the nested template is of type '{wanted}' and is handed a '{given}'"


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """Parameters passed on as they are, to a nested template of inner scope with declarations of its own."""
    for part in template.scope():
        for nested in part.nested:
            if nested.inner_scope:
                yield from _passed(template, part, nested)


def _passed(template: Template, part: Template, nested: Template) -> Iterator[Hit]:
    around = nested.path[len(part.path) : -1]
    properties = part.document.at(part.path + around)
    passed = member(properties, "parameters")
    for name, entry in passed.items() if isinstance(passed, dict) else ():
        path = (*around, key_of(properties, "parameters"), name)
        declared = member(nested.parameters, name)
        if declared is None:
            message = _message(name, "", "")
            yield Hit(part.spot(path), message, "undeclared", severity=Severity.ERROR)
        elif isinstance(entry, dict) and isinstance(declared, dict):
            given, wanted = (
                _type_of_passed(member(entry, "value"), template),
                member(declared, "type"),
            )
            if given and isinstance(wanted, str):
                yield from _judged(part.spot((*path, key_of(entry, "value"))), name, given, wanted)


def _judged(spot: Spot, name: str, given: str, wanted: str) -> Iterator[Hit]:
    """Plain for secure is taken as it is; secure for plain is taken, too, but tells the secret."""
    if given.lower() == wanted.lower() or _SECURE.get(wanted.lower()) == given.lower():
        return
    if _SECURE.get(given.lower()) == wanted.lower():
        yield Hit(
            spot,
            f"{_message(name, given, wanted)}, where everybody can read it",
            "secret",
        )
    else:
        yield Hit(spot, _message(name, given, wanted), "type", severity=Severity.ERROR)


def _type_of_passed(value: Any, template: Template) -> str | None:
    """The declared type of the parameter that is passed on; None for any other value."""
    node = parsed(value) if isinstance(value, str) else None
    name = literal_argument(node, 0) if node is not None and is_call(node, "parameters") else None
    declared = member(template.parameters, name) if name is not None else None
    given = member(declared, "type") if isinstance(declared, dict) else None
    return given if isinstance(given, str) else None
