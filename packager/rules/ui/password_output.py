"""A secret of the form reaches a parameter that is not secure, or none at all.

The value of a parameter that is no `securestring` or `secureobject` is kept in the deployment history, where everybody
who may read the resource group reads it.

Give the parameter the type `securestring`, and put the password out under its name.

arm-ttk looks for the first output that mentions the name of a password box anywhere, also within another name; it
knows neither the passwords of other elements nor secure parameters that a plain text box fills.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from packager.arm.template import Template, member
from packager.checks.armttk.outputs import compared, json_text, output_path, outputs_of, parameter_of, undeclared
from packager.checks.armttk.powershell import WildcardError, get, text_of, unequal, wildcard
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.ui.definition import Element, UiDefinition

if TYPE_CHECKING:
    from packager.ui.flow import Use

PASSWORD_BOX = "Microsoft.Common.PasswordBox"  # noqa: S105
TEXT_BOX = "microsoft.common.textbox"
# Elements whose output is an object with a member `password`.
WITH_PASSWORD = frozenset({"microsoft.compute.credentialscombo", "microsoft.common.serviceprincipalselector"})
SECURE = ("securestring", "secureobject")


@arm_ttk_rule(
    "Password-Textboxes-Must-Be-Used-For-Password-Parameters",
    on="form",
    needs=("form", "main-parameters"),
    false_alarm="the output that arm-ttk found is not the one that the password goes into, or the form itself uses it",
    mentions=("passwordbox",),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """The first output that mentions the box, its parameter, and that parameter's type."""
    outputs = outputs_of(run.form)
    for found in compared(run.form.search.by_value_equal("type", PASSWORD_BOX), outputs):
        name = text_of(get(found.holder, "name"))
        output = None
        for output_name, value in outputs:
            if value is None:
                message = f"output '{output_name}' is null, and arm-ttk's search for password box '{name}' fails at it"
                yield Hit(run.form.spot(output_path(run.form, output_name)), message, sub="null")
            elif _mentions(value, name):
                output = output_name
                break
        parameter = yield from parameter_of(run, found, output, _unused(name), undeclared(name, output or ""))
        if output and parameter is not None and all(unequal(get(parameter, "type"), kind) for kind in SECURE):
            spot = run.form.spot(output_path(run.form, output), key=True)
            yield Hit(spot, _insecure(name, output), sub="insecure")


def _mentions(value: Any, name: str) -> bool:
    texts = [json_text(value)] if isinstance(value, dict) else value if isinstance(value, list) else [value]
    try:
        patterns = [wildcard(f"*{function}(*{name}*") for function in ("steps", "basics")]
    except WildcardError:
        return False
    return any(pattern.matches(text_of(text)) for text in texts for pattern in patterns)


@predict.truth
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Where the value of every secret can come out, and which plain text boxes fill secure parameters."""
    main = package.main_beside(form.document)
    if main is None:
        return
    for element in form.elements:
        kind = element.type.lower()
        if kind == PASSWORD_BOX.lower() or kind in WITH_PASSWORD:
            yield from _secret(form, main, element)
        elif kind == TEXT_BOX:
            yield from _plain(form, main, element)


def _secret(form: UiDefinition, main: Template, element: Element) -> Iterator[Hit]:
    if element.type.lower() == PASSWORD_BOX.lower() and not form.flow.is_used(element):
        yield Hit(form.spot(element.path), _unused(element.name), sub="unused")
    for output, use in form.flow.outputs_of(element).items():
        if not _is_secret(element, use):
            continue
        declaration = member(main.parameters, output)
        spot = form.spot(("parameters", "outputs", output), key=True)
        if declaration is not None and _type_of(declaration) not in SECURE:
            yield Hit(spot, _insecure(element.name, output), sub="insecure")


def _is_secret(element: Element, use: "Use") -> bool:
    """The whole element, or its password."""
    members = [name.lower() for name in use.target.members]
    return element.type.lower() not in WITH_PASSWORD or members[:1] in ([], ["password"])


def _plain(form: UiDefinition, main: Template, element: Element) -> Iterator[Hit]:
    for output, use in form.flow.outputs_of(element).items():
        declaration = member(main.parameters, output)
        if use.is_whole and _type_of(declaration) in SECURE:
            spot = form.spot(("parameters", "outputs", output), key=True)
            message = f"text box '{element.name}' shows what goes into secure parameter '{output}'; use a PasswordBox"
            yield Hit(spot, message, sub="shown", severity=Severity.WARNING)


def _type_of(declaration: Any) -> str:
    kind = member(declaration, "type") if isinstance(declaration, dict) else None
    return kind.lower() if isinstance(kind, str) else ""


def _unused(name: str) -> str:
    return f"no output hands on password box '{name}'; put it out under the name of a securestring parameter"


def _insecure(name: str, output: str) -> str:
    return f"element '{name}' goes into parameter '{output}', which is not secure; give that the type securestring"
