"""A parameter that holds a password, secret or account key is not secure.

Values of plain parameters are kept in the deployment's history, where every reader of the resource group sees them.
Certification judges by the name: one that contains `password`, `secret` or `accountkey` promises a secret.

Declare the parameter as `securestring` or `secureobject`. Where it is no secret, give it a name that does not say so.

arm-ttk reports numbers, lists and references to definitions, too, and a text whose values the template itself lists. A
name with `secret` and `permission`, `version`, `url`, `uri` or `name` is only noted, one with `password` and these is
not excused.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from packager.arm.template import Template, key_of, member
from packager.checks.armttk.powershell import get, unequal
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.edits import SetValue

SECRETS = ("password", "secret", "accountkey")
ABOUT = ("permission", "version", "url", "uri", "name")
SECURE = ("securestring", "secureobject")
NO_SECRETS = (*SECURE, "bool", "int", "array")
_SECURED = {"string": "securestring", "object": "secureObject"}
MESSAGE = "parameter '{}' has a name that promises a secret and type '{}'; make it a securestring"
SKIPPED = "parameter '{}' has a name that speaks of a secret; arm-ttk skips it with a warning"


@arm_ttk_rule(
    "Password-params-must-be-secure",
    on="template",
    needs=("object",),
    fixable=True,
    false_alarm="the parameter holds no secret; a name without 'password', 'secret' and 'accountkey' avoids it",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """By the parameter's name and type alone; names of what merely belongs to a secret are skipped with a warning."""
    path = run.template.section_path("parameters")
    for name, declaration in run.template.section("parameters"):
        kind = get(declaration, "type")
        if _promises_secret(name) and all(unequal(kind, accepted) for accepted in (*SECURE, "bool")):
            spot = run.template.spot((*path, name), key=True)
            if _is_about_secret(name):
                yield Hit(spot, SKIPPED.format(name), sub="about", severity=Severity.WARNING)
            else:
                yield Hit(spot, MESSAGE.format(name, _shown(kind)))


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """By name, too, but only what can hold a secret and is not listed in the template."""
    path = template.section_path("parameters")
    for name, declaration in template.parameters.items():
        if not _promises_secret(name) or _is_about_secret(name) or not isinstance(declaration, dict):
            continue
        kind = _type_of(template, declaration)
        if not (isinstance(kind, str) and kind.lower() in NO_SECRETS) and not member(declaration, "allowedValues"):
            spot = template.spot((*path, name), key=True)
            secure = _SECURED.get(str(member(declaration, "type")).lower())
            edits = (SetValue((*spot.path, key_of(declaration, "type")), secure),) if secure else ()
            yield Hit(spot, MESSAGE.format(name, _shown(kind)), edits=edits)


def _promises_secret(name: str) -> bool:
    return any(word in name.lower() for word in SECRETS)


def _is_about_secret(name: str) -> bool:
    return "secret" in name.lower() and any(word in name.lower() for word in ABOUT)


def _type_of(template: Template, declaration: Mapping[str, Any]) -> Any:
    """The declared type, or that of the definition it refers to."""
    reference = member(declaration, "$ref")
    if isinstance(reference, str) and reference.startswith("#/definitions/"):
        definition = member(template.section("definitions"), reference.rpartition("/")[2])
        if isinstance(definition, dict):
            return member(definition, "type")
    return member(declaration, "type")


def _shown(kind: Any) -> str:
    return kind if isinstance(kind, str) else "none"
