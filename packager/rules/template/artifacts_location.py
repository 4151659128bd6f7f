"""The parameters for the address of the package's files are declared in a way that does not work.

`_artifactsLocation` and `_artifactsLocationSasToken` tell a template where its nested templates and scripts are. In a
package of the Marketplace they are found beside the main template, whose address Azure knows. Certification checks
both declarations.

In the main template declare `_artifactsLocation` as `string` with the default
`[deployment().properties.templateLink.uri]`, and `_artifactsLocationSasToken` as `securestring` with the default `""`.
In linked templates declare both without defaults, so that the values are handed on.

arm-ttk tells the main template by its file name alone, and takes nested templates in it for main templates as well. It
accepts an address in the quickstart repository, and a token as default.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from packager.arm.template import Template, member
from packager.checks.armttk.gather import MAIN_NAMES
from packager.checks.armttk.powershell import equal, get, like, truthy, unequal
from packager.checks.armttk.run import ArmTtkRun, TemplateInput
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.spot import Spot

LOCATION = "_artifactsLocation"
TOKEN = "_artifactsLocationSasToken"  # noqa: S105 - the name of a parameter
_REPOSITORY = "https://raw.githubusercontent.com/Azure/azure-quickstart-templates/master/"
_LINK = "*deployment().properties.templateLink*"
DEFAULT = "[deployment().properties.templateLink.uri]"

LOCATION_TYPE = f"'{LOCATION}' must have type 'string'"
TOKEN_MISSING = f"'{TOKEN}' is missing beside '{LOCATION}'; declare it as a securestring"
TOKEN_TYPE = f"'{TOKEN}' must have type 'securestring'"
NO_DEFAULT = f"'{LOCATION}' has no default value; use '{DEFAULT}'"
OTHER_DEFAULT = f"the default value of '{LOCATION}' does not lead to the package's files; use '{DEFAULT}'"
TOKEN_DEFAULT = f'\'{TOKEN}\' must have an empty default value; add "defaultValue": ""'
HANDED_ON = "'{}' has a default value in a template that gets its values from the main one; remove the default"
_INNER = "a nested template gets the value from its parent; give it the default of the parent to content arm-ttk"


@arm_ttk_rule(
    "artifacts-parameter",
    on="template",
    needs=("object",),
    severity=Severity.WARNING,
    false_alarm="arm-ttk tells by the file's name which template is the main one; with another name it would be right",
    mentions=("_artifactslocation",),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Types first, then the defaults, which depend on whether the file has the name of a main template."""
    template = run.template
    parameters = get(template.value, "parameters")
    location, token = get(parameters, LOCATION), get(parameters, TOKEN)
    if location is None:
        return
    if unequal(get(location, "type"), "string") and unequal(get(location, "type"), "securestring"):
        yield Hit(_spot(template, LOCATION, "type"), LOCATION_TYPE, sub="type")
    if token is None:
        yield Hit(_spot(template, LOCATION), TOKEN_MISSING, sub="missing")
    elif unequal(get(token, "type"), "securestring"):
        yield Hit(_spot(template, TOKEN, "type"), TOKEN_TYPE, sub="token-type")
    yield from _predicted_in_main(run, location, token) if run.is_main else _predicted_in_linked(run, location, token)


def _predicted_in_main(run: ArmTtkRun, location: Any, token: Any) -> Iterator[Hit]:
    template, default = run.template, get(location, "defaultValue")
    explanation = _INNER if run.is_inner else None
    if not truthy(default):
        spot = _spot(template, LOCATION, "defaultValue")
        yield Hit(spot, NO_DEFAULT, sub="no-default", explanation=explanation)
    elif not equal(_repository(run), default) and not like(default, _LINK):
        yield Hit(_spot(template, LOCATION, "defaultValue"), OTHER_DEFAULT, sub="default", explanation=explanation)
    empty = get(token, "defaultValue")
    if token is not None and not truthy(empty) and unequal(empty, ""):
        spot = _spot(template, TOKEN, "defaultValue")
        yield Hit(spot, TOKEN_DEFAULT, sub="token-default", explanation=explanation)


def _repository(run: ArmTtkRun) -> str:
    """The address that a sample of the quickstart repository has: a check parameter names repository and sample."""
    settings = run.settings
    return f"{settings.text('RawRepoPath', _REPOSITORY)}{settings.text('SampleName', '100-blank-template')}/"


def _predicted_in_linked(run: ArmTtkRun, location: Any, token: Any) -> Iterator[Hit]:
    for name, declaration in ((LOCATION, location), (TOKEN, token)):
        if truthy(get(declaration, "defaultValue")):
            spot = _spot(run.template, name, "defaultValue")
            yield Hit(spot, HANDED_ON.format(name), sub="handed-on")


def _spot(template: TemplateInput | Template, *names: str) -> Spot:
    path = template.section_path("parameters", *names)
    return template.spot(path, key=len(names) == 1)


@predict.truth
def check(template: Template, package: Package) -> Iterator[Hit]:
    """The same where it is known which template is the main one; a nested template may have defaults or not."""
    location, token = member(template.parameters, LOCATION), member(template.parameters, TOKEN)
    if not isinstance(location, dict):
        return
    if _type_of(location) not in {"string", "securestring"}:
        yield Hit(_spot(template, LOCATION, "type"), LOCATION_TYPE, sub="type")
    if not isinstance(token, dict):
        yield Hit(_spot(template, LOCATION), TOKEN_MISSING, sub="missing")
    elif _type_of(token) != "securestring":
        yield Hit(_spot(template, TOKEN, "type"), TOKEN_TYPE, sub="token-type")
    if template is package.main:
        yield from _true_in_main(template, location, token)
    elif template.parent is None and package.main is not None and not _may_be_main(template):
        yield from _true_in_linked(template, location, token)


def _may_be_main(template: Template) -> bool:
    """Whether the file's name is that of a main template, of another package perhaps."""
    return template.document.name.lower().rpartition("/")[2] in MAIN_NAMES


def _type_of(declaration: Mapping[str, Any]) -> str:
    return str(member(declaration, "type")).lower()


def _true_in_main(template: Template, location: Mapping[str, Any], token: Any) -> Iterator[Hit]:
    default = member(location, "defaultValue")
    if not default:
        yield Hit(_spot(template, LOCATION, "defaultValue"), NO_DEFAULT, sub="no-default")
    elif not isinstance(default, str) or not (default.startswith(_REPOSITORY) or "templatelink" in default.lower()):
        yield Hit(_spot(template, LOCATION, "defaultValue"), OTHER_DEFAULT, sub="default")
    if isinstance(token, dict) and member(token, "defaultValue") != "":
        yield Hit(_spot(template, TOKEN, "defaultValue"), TOKEN_DEFAULT, sub="token-default")


def _true_in_linked(template: Template, location: Mapping[str, Any], token: Any) -> Iterator[Hit]:
    for name, declaration in ((LOCATION, location), (TOKEN, token)):
        if isinstance(declaration, dict) and member(declaration, "defaultValue"):
            yield Hit(_spot(template, name, "defaultValue"), HANDED_ON.format(name), sub="handed-on")
