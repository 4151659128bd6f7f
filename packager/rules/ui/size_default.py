"""The sizes that the form offers and the template's parameter do not go together.

A default that the form does not offer, or a size that the template refuses, shows only at the deployment; certification
asks that the two agree.

Bring the parameter's `defaultValue` and `allowedValues` in line with the selector's `constraints`, and put the selector
out under the name of the parameter.

arm-ttk looks at the default and `allowedSizes` alone, finds the output by wildcards and takes an expression for a
size.
"""

from collections.abc import Iterator
from typing import Any

from packager.arm.template import member
from packager.checks.armttk.outputs import compared, first_like, outputs_of, parameter_of
from packager.checks.armttk.powershell import WildcardError, contains, get, spelling, text_of, truthy
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.armttk.search import Found
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.span import Path
from packager.ui.definition import Element, UiDefinition

SELECTOR = "Microsoft.Compute.SizeSelector"
# How many of the sizes that a template refuses a message names.
_SHOWN = 5


@arm_ttk_rule(
    "VMSizes-Must-Match-Template",
    on="form",
    needs=("form", "main-parameters"),
    false_alarm="the output that arm-ttk found takes its value from elsewhere, too, or the form itself uses the size",
    mentions=("sizeselector",),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """The first output that looks like the selector's, its parameter, and that parameter's default."""
    outputs = outputs_of(run.form)
    for found in compared(run.form.search.by_value_equal("type", SELECTOR), outputs):
        name = text_of(get(found.holder, "name"))
        try:
            output = first_like(outputs, _pattern(run.form.value, found, name))
        except WildcardError:
            output = None
        parameter = yield from parameter_of(run, found, output, _unused(name), _undeclared(name, output or ""))
        default, sizes = get(parameter, "defaultValue"), get(get(found.holder, "constraints"), "allowedSizes")
        if truthy(default) and truthy(sizes) and not contains(sizes, default):
            path: Path = (*found.node.true_path, spelling(found.holder, "constraints"))
            if isinstance(constraints := get(found.holder, "constraints"), dict):
                path = (*path, spelling(constraints, "allowedSizes"))
            yield Hit(run.form.spot(path, key=True), _not_offered(name, text_of(default), output or ""), sub="default")


def _pattern(form: Any, found: Found, name: str) -> str:
    """What an output must be like; the step of a selector is found by arm-ttk's own path."""
    path = f"{found.node.path}.type"
    start = path.lower().find("steps[")
    if start < 0:
        return f"*basics(*{name}*"
    step: Any = form
    for part in path[: path.index("]", start)].replace("[", ".").replace("]", "").split("."):
        step = _part(step, part)
    return f"*steps(*{text_of(get(step, 'name'))}*)*.{name}*"


def _part(value: Any, part: str) -> Any:
    if isinstance(value, list) and part.isdecimal():
        return value[int(part)] if int(part) < len(value) else None
    return get(value, part)


@predict.truth
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """The outputs that are the selector's value, and the parameters of their names."""
    main = package.main_beside(form.document)
    if main is None:
        return
    for element in form.elements:
        if element.type.lower() == SELECTOR.lower():
            if not form.flow.is_used(element):
                yield Hit(form.spot(element.path), _unused(element.name), sub="unused")
            for output, use in form.flow.outputs_of(element).items():
                declaration = member(main.parameters, output)
                if use.is_whole and isinstance(declaration, dict):
                    yield from _compared(form, element, output, declaration)


def _compared(form: UiDefinition, element: Element, output: str, declaration: dict[str, Any]) -> Iterator[Hit]:
    constraints = element.value.get("constraints")
    sizes = constraints.get("allowedSizes") if isinstance(constraints, dict) else None
    if not isinstance(sizes, list) or not sizes:
        return
    path: Path = (*element.path, "constraints", "allowedSizes")
    offered = {size.lower() for size in sizes if isinstance(size, str)}
    default = member(declaration, "defaultValue")
    if isinstance(default, str) and default and default[:1] != "[" and default.lower() not in offered:
        yield Hit(form.spot(path, key=True), _not_offered(element.name, default, output), sub="default")
    allowed = member(declaration, "allowedValues")
    taken = {size.lower() for size in allowed if isinstance(size, str)} if isinstance(allowed, list) else offered
    refused = [
        (number, size)
        for number, size in enumerate(sizes)
        if isinstance(size, str) and size[:1] != "[" and size.lower() not in taken
    ]
    if refused:
        message = _refused(element.name, [size for _, size in refused], output)
        yield Hit(form.spot((*path, refused[0][0])), message, sub="refused")


def _refused(name: str, sizes: list[str], output: str) -> str:
    more = f" and {len(sizes) - _SHOWN} more" if len(sizes) > _SHOWN else ""
    shown = ", ".join(f"'{size}'" for size in sizes[:_SHOWN])
    return f"element '{name}' offers {shown}{more}, which parameter '{output}' does not allow"


def _unused(name: str) -> str:
    return f"no output hands on size selector '{name}'; put it out under the name of a parameter"


def _undeclared(name: str, output: str) -> str:
    return f"the main template has no parameter '{output}', which size selector '{name}' goes into"


def _not_offered(name: str, default: str, output: str) -> str:
    return f"element '{name}' does not offer '{default}', the default of parameter '{output}'"
