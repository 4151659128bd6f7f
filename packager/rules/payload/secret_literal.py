"""A secret stands in the payload in the clear.

Every customer can download the package, and all of them get the same secret; certification refuses credentials in it
(policy 300.4.4). base64 is no protection. The sub-id tells where it stands:

- `[object]`: in `data` or `stringData` of a Secret, or in the `secretGenerator` of a kustomization;
- `[config]`: in a ConfigMap, as a member or in a line of one (`spring.datasource.password=...`), or in a
  `configMapGenerator`;
- `[variable]`: in the `value` of an environment variable whose name says that it is a secret, or in an address or a
  connection string with a password;
- `[argument]`: in `command` or `args` of a container: `--password=...`;
- `[values]`: the same in values of Helm (`*-values.yaml`, `values*.yaml`, `spec.values` of Flux), under any name.

Let the installation make it, or take it from a key vault, and refer to it: `valueFrom.secretKeyRef`, `existingSecret`,
a `SecretProviderClass`. What is filled in later (`${PASSWORD}`, `<password>`, `CHANGE_ME`) is left alone. Of what Helm
renders, a Secret is compared with a second rendering, and what a chart makes anew is left alone; a secret that comes
from the values counts as it does there, and the rest only informs.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.literalsecrets import is_secret, is_secret_datum, secret_arguments, secret_lines
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule
from packager.helm.kustomize import Literal
from packager.helm.objects import Container, KubernetesObject, inside
from packager.helm.schemas import compares, is_base64

_MEMBERS = (("data", True), ("stringData", False))


@rule(on="payload", severity=Severity.ERROR)
def check(payload: Payload, package: Package) -> Iterator[Hit]:
    """Look at every Secret and config map, at variables and arguments of every container, and at values."""
    severity, refused = Severity.INFO if payload.rendered else None, compares(package.kubernetes)
    for one in payload.of_kind("Secret"):
        yield from _in_object(one, severity, refused=refused)
    for one in payload.of_kind("ConfigMap"):
        yield from _in_config(one)
    for literal in payload.kustomized.literals:
        yield from _in_literal(literal)
    for container in payload.containers:
        yield from _in_container(container)
    for settings in payload.settings:
        for setting in settings.texts():
            if is_secret(setting.name, setting.value):
                message = f"'{setting.name}' is a secret in the clear; let the installation make it, or name a Secret"
                yield Hit(settings.spot(setting), message, "values", secret=True)


def _in_config(one: KubernetesObject) -> Iterator[Hit]:
    data = one.part.value.get("data")
    for key, value in data.items() if isinstance(data, dict) else ():
        if not isinstance(value, str):
            continue
        several = "\n" in value.strip()
        names = list(secret_lines(value)) if several else [key] * is_secret(key, value) or list(secret_lines(value))
        if names:
            message = (
                f"'{names[0]}' in {one.title} is a secret in the clear; keep it in a Secret that is made elsewhere"
            )
            yield Hit(one.part.spot("data", key), message, "config", secret=True)


def _in_literal(one: Literal) -> Iterator[Hit]:
    if one.of_secret and is_secret_datum(one.name, one.value, encoded=False):
        yield Hit(
            one.spot, f"'{one.name}' is the same for every customer, and everyone can read it", "object", secret=True
        )
    elif not one.of_secret and is_secret(one.name, one.value):
        message = f"'{one.name}' is a secret in the clear; keep it in a Secret that is made elsewhere"
        yield Hit(one.spot, message, "config", secret=True)


def _in_container(container: Container) -> Iterator[Hit]:
    part, title = container.part, container.title
    for variable in part.parts("env"):
        name = variable.value.get("name")
        if isinstance(name, str) and is_secret(name, variable.value.get("value")):
            message = f"'{name}' of {title} is a secret in the clear; take it from a Secret"
            yield Hit(variable.spot("value"), message, "variable", secret=True)
    for key in ("command", "args"):
        arguments = part.value.get(key)
        for position, name in secret_arguments(arguments if isinstance(arguments, list) else ()):
            words = f"the argument '{name}'" if name else "an argument"
            message = f"{words} of {title} is a secret in the clear; hand over a variable that a Secret fills"
            yield Hit(part.spot(key, position), message, "argument", secret=True)


def _in_object(one: KubernetesObject, severity: Severity | None, *, refused: bool) -> Iterator[Hit]:
    """The members of a Secret that are secrets; `refused` tells that `object-schema` reports what is no base64."""
    for member, encoded in _MEMBERS:
        data = inside(one.part.value, member)
        for key, value in data.items() if isinstance(data, dict) else ():
            if encoded and refused and isinstance(value, str) and not is_base64(value):
                continue
            if is_secret_datum(key, value, encoded=encoded):
                message = f"'{key}' of {one.title} is the same for every customer, and everyone can read it"
                spot = one.part.spot(member, key)
                yield Hit(spot, message, "object", severity=severity, secret=True)
