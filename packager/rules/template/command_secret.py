"""A command of a custom script extension shows a secret.

What stands in `settings` of an extension is kept in plain text on the virtual machine and in the deployment's history.
Certification refuses a `commandToExecute` there that reads secure parameters or calls `list...()` functions.

Move `commandToExecute` to `protectedSettings`, which is encrypted and only seen by the virtual machine.

arm-ttk excuses a secret in `settings` when `protectedSettings` has a command, too, takes any text that looks like a
reference or a call for one, does not look behind variables, and looks at no other settings. An empty command ends in
its own exception.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from packager.arm.template import Template, member
from packager.checks.armttk.patterns import LIST_FUNCTION, PARAMETER, PatternInputError, pattern_texts
from packager.checks.armttk.powershell import equal, get, like, text_of, truthy
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.exposure import also_exposed
from packager.checks.finding import Basis, Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.span import Path
from packager.source.spot import Spot

if TYPE_CHECKING:
    from packager.arm.secrecy import Exposure

READS = "'{}' shows the secure parameter '{}'; move it from 'settings' to 'protectedSettings'"
CALLS = "'{}' shows the answer of {}(); move it from 'settings' to 'protectedSettings'"
COMMAND = "commandToExecute"
# Beside the address of a package's files stands their token, which is empty in a package of the Marketplace.
_TOKEN = "_artifactslocationsastoken"  # noqa: S105 - the name of a parameter
_EMPTY = "Azure takes the command as it is; leave it out to avoid this"


@arm_ttk_rule(
    "CommandToExecute-Must-Use-ProtectedSettings-For-Secrets",
    on="template",
    needs=("object",),
    severity=Severity.WARNING,
    false_alarm="what it finds is text, or tells no more of the secret than whether it is empty",
    mentions=("commandtoexecute",),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Commands right below the properties of an extension, unless a protected one is near."""
    for found in run.template.search.by_any_value(COMMAND):
        around = found.ancestors
        if not around or not like(get(around[0], "type"), "*CustomScript*"):
            continue
        if truthy(get(get(around, "protectedSettings"), COMMAND)):
            continue
        spot = Spot(run.template.document, found.true_path)
        try:
            yield from (Hit(spot, message, sub=sub) for sub, message in _problems(run, found.value))
        except PatternInputError:
            message = "the command is empty, and arm-ttk's test fails for that"
            yield Hit(spot, message, sub="empty", basis=Basis.ARM_TTK, explanation=_EMPTY)


def _problems(run: ArmTtkRun, command: Any) -> list[tuple[str, str]]:
    texts, shown = list(pattern_texts(command)), text_of(command)
    call = LIST_FUNCTION.search(shown)
    if call is not None:
        return [("list", CALLS.format(COMMAND, call.group()[1:-1].strip()))]
    names = dict.fromkeys(match.group(1) for text in texts for match in PARAMETER.finditer(text))
    parameters = get(run.template.value, "parameters")
    kinds = {name: get(get(parameters, name), "type") for name in names}
    secure = (name for name, kind in kinds.items() if equal(kind, "securestring") or equal(kind, "secureobject"))
    return [("parameter", READS.format(COMMAND, name)) for name in secure]


@predict.truth
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What flows into the plain settings of every extension, not only into its command, as written and as evaluated."""
    yield from also_exposed(_written(template), template, package, "settings", _message)


def _message(found: "Exposure") -> str:
    return (READS if found.secret.kind == "parameter" else CALLS).format(found.what, found.secret.name)


def _written(template: Template) -> Iterator[Hit]:
    """What the expressions in settings refer to, through variables too."""
    found = ((*node.path, key) for node, key in template.tree.properties("settings") if _is_extension(node.value))
    settings = {template.path + path for path in found}
    for site in template.sites.all if settings else ():
        member_name = _member_of_settings(site.path, settings)
        for secret in template.shown.secrets(site.text) if member_name is not None else ():
            if secret.name.lower() != _TOKEN or member_name == COMMAND:
                message = (READS if secret.kind == "parameter" else CALLS).format(member_name, secret.name)
                yield Hit(site.spot(), message, sub=secret.kind)


def _member_of_settings(path: Path, settings: set[Path]) -> str | None:
    """Which member of an extension's settings a path leads into; None when it leads elsewhere."""
    lengths = range(1, len(path))
    return next((str(path[length]) for length in lengths if path[:length] in settings), None)


def _is_extension(properties: Mapping[str, Any]) -> bool:
    """Whether these are the properties of an extension: those of a virtual machine name their publisher."""
    kind = member(properties, "type")
    return isinstance(kind, str) and (member(properties, "publisher") is not None or "customscript" in kind.lower())
