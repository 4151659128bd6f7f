"""An output shows a secret.

Outputs are kept in the deployment's history in plain text, where every reader of the resource group sees them.
Certification refuses outputs that call `list...()` functions or read secure parameters, and names with `password`.

Secrets are followed through variables, user-defined functions, loops, and nested templates that hand them on and back.

Remove the output. Whoever needs the secret asks the resource for it, or a key vault. An output of type `securestring`
is not shown by Azure, but certification refuses it, too.

arm-ttk searches the text of each output: it takes every `list...` function for one that gives secrets, also in a text
in quotes, does not look behind variables, does not see functions that lie deeper than a few objects, and judges only
the first mention of a parameter. The name of a parameter goes into its pattern as it is, so that white space in it is
overlooked and `.` stands for any character.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from packager.arm.template import SECURE_TYPES, Template, is_secure, member
from packager.checks.armttk.jsontext import WHOLE, piped
from packager.checks.armttk.powershell import get, members_of_any
from packager.checks.armttk.run import ArmTtkRun, TemplateInput
from packager.checks.armttk.secrets import SecureParameters
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.span import Path

if TYPE_CHECKING:
    from packager.arm.secrecy import Exposure

LIST = "output '{}' calls {}(), whose answer everyone can read in the deployment's history; remove the output"
PARAMETER = "output '{}' shows the secure parameter '{}'; remove the output"
NAME = "output '{}' has a name that promises a secret; remove or rename it"
_SECURE = "Azure does not show outputs of a secure type; remove it all the same, as certification refuses it"


@arm_ttk_rule(
    "Outputs-Must-Not-Contain-Secrets",
    on="template",
    needs=("object",),
    severity=Severity.WARNING,
    false_alarm="what it finds is text, not a call or a reference; write the text in another way to avoid it",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Calls in the text of each output, its name, and references to secure parameters."""
    yield from _predicted_calls_and_names(run)
    template, secure = run.template, SecureParameters(run.template)
    yield from secure.bad_names()
    for path, name, value in _outputs(template):
        text = piped(value, WHOLE)
        for parameter, start in secure.shown(text, text.whole):
            spot = template.spot((*path, *text.path(start)))
            explanation = _SECURE if is_secure(value) else None
            yield Hit(spot, PARAMETER.format(name, parameter), sub="parameter", explanation=explanation)


def _predicted_calls_and_names(run: ArmTtkRun) -> Iterator[Hit]:
    template = run.template
    for path, name, value in _outputs(template):
        text = piped(value)
        explanation = _SECURE if is_secure(value) else None
        for call in text.list_calls:
            if text.in_expression(call.start + 1):
                function = text.value[call.start + 1 : call.end - 1].strip()
                spot = template.spot((*path, *text.path(call.end - 1)))
                yield Hit(spot, LIST.format(name, function), sub="list", explanation=explanation)
        if "password" in name.lower():
            yield Hit(template.spot(path, key=True), NAME.format(name), sub="name", explanation=explanation)


def _outputs(template: TemplateInput) -> Iterator[tuple[Path, str, Any]]:
    """Path, name and declaration of each output; a list in their place counts as one."""
    outputs, path = get(template.value, "outputs"), template.section_path("outputs")
    for name, value in members_of_any(outputs):
        yield (*path, name) if isinstance(outputs, dict) else path, name, value


@predict.truth
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What flows into each output that Azure shows, as written and as evaluated; and the names."""
    from packager.checks.exposure import also_exposed  # profile arm-ttk does without it

    yield from also_exposed(_written(template), template, package, "output", _message)
    for name, output in template.outputs.items():
        kind = member(output, "type") if isinstance(output, dict) else None
        if "password" in name.lower() and str(kind).lower() not in {*SECURE_TYPES, "int", "bool"}:
            spot = template.spot((*template.section_path("outputs"), name), key=True)
            yield Hit(spot, NAME.format(name), sub="name")


def _message(found: "Exposure") -> str:
    return (PARAMETER if found.secret.kind == "parameter" else LIST).format(found.what, found.secret.name)


def _written(template: Template) -> Iterator[Hit]:
    """What the expressions of the outputs refer to, through variables too."""
    outputs, depth = template.outputs, len(template.path)
    for site in template.sites.all:
        section, name, part, *rest = (*site.path[depth:], "", "", "")
        if str(section).lower() == "outputs" and _is_shown(part, rest) and not is_secure(outputs.get(str(name))):
            for secret in template.shown.secrets(site.text):
                message = (PARAMETER if secret.kind == "parameter" else LIST).format(name, secret.name)
                yield Hit(site.spot(), message, sub=secret.kind)


def _is_shown(part: str | int, rest: Sequence[str | int]) -> bool:
    """Whether a member of an output becomes its value: `value`, or the `input` of its loop."""
    return str(part).lower() == "value" or (str(part).lower() == "copy" and str(rest[0]).lower() == "input")
