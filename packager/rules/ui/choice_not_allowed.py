"""The choices of the form and the values that the template's parameter allows do not go together.

A choice that the template refuses fails the deployment of every customer who takes it, and a default that the form
does not offer is never what the customer sees.

Bring the element's `allowedValues` in line with `allowedValues` and `defaultValue` of the parameter.

arm-ttk compares by wildcards (`2` passes against `12`, `*` against all), takes expressions for values, looks for the
output by text and takes a section for a step, so that elements in sections are never compared.
"""

from collections.abc import Iterator
from typing import Any

from packager.arm.template import Template, member
from packager.checks.armttk.choices import NotFound, OutputFinder
from packager.checks.armttk.outputs import compared, offered_values, undeclared
from packager.checks.armttk.powershell import WildcardError, contains, get, like, text_of, truthy, unequal
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.armttk.search import Found
from packager.checks.finding import Basis, Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.span import Path
from packager.ui.definition import RESERVED_OUTPUTS, Element, UiDefinition

CHOOSING = frozenset({"microsoft.common.dropdown", "microsoft.common.optionsgroup"})
BLANK = "an output may be blank; behind the outputs of all choices it is never searched"
USED = (
    "the form uses the element in a way that arm-ttk does not see; an output that begins with the reference silences it"
)
REGION: Path = ("parameters", "config", "basics", "location", "allowedValues")


@arm_ttk_rule(
    "Allowed-Values-Should-Actually-Be-Allowed",
    on="form",
    needs=("form", "main-parameters"),
    false_alarm="arm-ttk compares another output, or takes an expression for a value; a reference such as "
    "basics('name') at the start of an output leads it to the right one",
    mentions=("allowedvalues",),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """For each `allowedValues`: the first output that refers to its control, and that output's parameter."""
    finder = OutputFinder(run)
    for found in compared(run.form.search.by_any_value("allowedValues"), finder.outputs):
        for path, problem in finder.look_for(found):
            yield Hit(run.form.spot(path), problem, sub="blank-output", explanation=BLANK)
        control = found.ancestors[:1]
        name = text_of(get(control[0], "name")) if control else ""
        spot = run.form.spot(found.true_path, key=True)
        if isinstance(finder.output, NotFound):
            if not finder.is_mentioned(name):
                yield Hit(spot, _unused(name), sub="unused", explanation=USED)
            continue
        parameter = get(run.turn.main_parameters, finder.output)
        if not truthy(parameter):
            basis = Basis.ARM_TTK if finder.output.lower() in RESERVED_OUTPUTS else Basis.BOTH
            yield Hit(spot, undeclared(name, finder.output), sub="undeclared", basis=basis)
        else:
            yield from _mismatches(run, found, name, finder.output, parameter)


def _mismatches(run: ArmTtkRun, found: Found, name: str, output: str, parameter: Any) -> Iterator[Hit]:
    offered = offered_values(found.value)
    for place, entry in enumerate(found.value if isinstance(found.value, list) else ()):
        if entry is None:
            message = f"a choice of element '{name}' is null, and arm-ttk's test fails at it"
            yield Hit(run.form.spot((*found.true_path, place)), message, sub="null")
    allowed, default = get(parameter, "allowedValues"), get(parameter, "defaultValue")
    if truthy(allowed):
        values = allowed if isinstance(allowed, list) else [allowed]
        joined = "\0".join(one.lower() for one in values if isinstance(one, str))
        for number, value in offered:
            # Most are, and are found in all at once.
            text = text_of(value)
            if not (_is_plain(text) and text.lower() in joined) and not _is_like_one(allowed, text):
                step = () if number is None else (number,)
                message = _refused(name, text_of(value), output)
                yield Hit(run.form.spot((*found.true_path, *step)), message, sub="refused")
    if not truthy(default) or not unequal(_without_blanks(default), "[resourceGroup().location]"):
        return
    for one in default if isinstance(default, list) else [default]:
        known = contains([value for _, value in offered], one)
        if not known and not (offered and truthy(allowed) and _is_like_one(allowed, text_of(default))):
            yield Hit(run.form.spot(found.true_path, key=True), _not_offered(name, text_of(one), output), sub="default")


def _is_plain(text: str) -> bool:
    return not any(char in text for char in "\0*?[`")


def _is_like_one(allowed: Any, text: str) -> bool:
    values = allowed if isinstance(allowed, list) else [allowed]
    try:
        return any(like(value, f"*{text}*") for value in values)
    except WildcardError:
        return False


def _without_blanks(value: Any) -> Any:
    return [_without_blanks(one) for one in value] if isinstance(value, list) else "".join(text_of(value).split())


@predict.truth
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Elements by their references, values by equality, texts ignoring case; expressions are left alone."""
    main = package.main_beside(form.document)
    if main is None:
        return
    for element in form.elements:
        constraints = element.value.get("constraints")
        if element.type.lower() not in CHOOSING or not isinstance(constraints, dict):
            continue
        path = (*element.path, "constraints", "allowedValues")
        values = constraints.get("allowedValues")
        if isinstance(values, list) and values:
            yield from _element(form, main, element, path, values)
    for output in form.flow.region_outputs:
        values = form.document.at(REGION)
        if isinstance(values, list) and values:
            yield from _compared(form, main, "location", output, REGION, values)


def _element(form: UiDefinition, main: Template, element: Element, path: Path, values: list[Any]) -> Iterator[Hit]:
    if not form.flow.is_used(element):
        yield Hit(form.spot(path, key=True), _unused(element.name), sub="unused", severity=Severity.WARNING)
    for output, use in form.flow.outputs_of(element).items():
        if use.is_whole and not use.target.members and use.target.element is element:
            yield from _compared(form, main, element.name, output, path, values)


def _compared(
    form: UiDefinition, main: Template, name: str, output: str, path: Path, values: list[Any]
) -> Iterator[Hit]:
    declaration = member(main.parameters, output)
    if not isinstance(declaration, dict):
        return
    offered = [value["value"] if isinstance(value, dict) and "value" in value else value for value in values]
    allowed, default = member(declaration, "allowedValues"), member(declaration, "defaultValue")
    for number, value in enumerate(offered):
        if isinstance(allowed, list) and not _is_computed(value) and not _is_among(value, allowed):
            yield Hit(form.spot((*path, number)), _refused(name, text_of(value), output), sub="refused")
    for one in default if isinstance(default, list) else [default]:
        given = one is not None and one != "" and not _is_computed(one)
        if given and not any(map(_is_computed, offered)) and not _is_among(one, offered):
            message = _not_offered(name, text_of(one), output)
            yield Hit(form.spot(path, key=True), message, sub="default", severity=Severity.WARNING)


def _is_computed(value: Any) -> bool:
    from packager.ui.parser import has_brackets  # profile arm-ttk does without it

    return isinstance(value, str) and has_brackets(value)


def _is_among(value: Any, values: list[Any]) -> bool:
    return any(_is_same(value, one) for one in values)


def _is_same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.lower() == other.lower()
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _unused(name: str) -> str:
    return f"nothing in the form uses the choice of element '{name}'; put it out, or remove the element"


def _refused(name: str, value: str, output: str) -> str:
    return f"element '{name}' offers '{value}', which parameter '{output}' does not allow"


def _not_offered(name: str, default: str, output: str) -> str:
    return f"element '{name}' does not offer '{default}', the default of parameter '{output}'"
