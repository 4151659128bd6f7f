"""A password, key, token or connection string is written into the template.

Everyone who can read the template has it, and all customers have the same one. Certification refuses it (policy
300.4.4). Values of resources are evaluated first, so that variables, joins and defaults of plain parameters count, and
those that a nested deployment is handed; names are told by their ends (`password`, `pwd`, `secret`, `accountKey`,
`accessKey`, `token`, `connectionString`), also of `name` and `value` side by side. A connection string counts when
there is a key or a password in it.

Ask for the secret with a parameter of type `securestring`, make it with `newGuid()` as the default of one, or take it
from the resource that has it (`listKeys()`, Key Vault).
"""

from collections.abc import Iterator
from typing import Any

from packager.arm.follow import parsed
from packager.arm.template import Template, is_secure, member
from packager.checks.credentialnames import is_credential
from packager.checks.credentials import Credential, credentials, is_fixed
from packager.checks.deployed import once
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.nodes import Index, Property, is_call
from packager.expressions.parser import is_expression
from packager.expressions.values import Value
from packager.source.lazy import lazy_pattern
from packager.source.span import Path
from packager.source.spot import Spot

# Rules of arm-ttk look at literals under these names.
_LEFT = ("adminpassword", "administratorloginpassword")
_REFERENCE = lazy_pattern(
    r"@|\$|%|[a-z]+ref:|\{\{|<|https?://|/|\*+$|(?:true|false|none|null|enabled|disabled|required|optional)$"
)
_IN_CONNECTION = lazy_pattern(r"(?:password|pwd|key|secret|sig|signature)=[^;\s{}$<]{4}")


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Values of resources, and variables and defaults by their own names."""
    found = (hit for one in credentials(template, package) for hit in _judged(one))
    yield from once(hit for hits in (found, _variables(template), _defaults(template)) for hit in hits)


def _judged(one: Credential) -> Iterator[Hit]:
    if not isinstance(one.value, str) or not _is_secret(one.name, one.value):
        return
    left = one.name.lower() in _LEFT and is_fixed(one.written, one.around)
    if not left and not _is_inside_variable(one.written):
        yield _hit(one.name, one.spot)


def _is_inside_variable(written: Value) -> bool:
    """Whether it is a member of a variable under a name by which the variable is reported itself."""
    node = parsed(written) if isinstance(written, str) else None
    name = node.name if isinstance(node, Property) else ""
    while isinstance(node, Property | Index):
        node = node.target
    return is_credential(name) and node is not None and is_call(node, "variables")


def _variables(template: Template) -> Iterator[Hit]:
    stack: list[tuple[Path, Any]] = [(template.section_path("variables"), template.variables)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict):
            stack.extend(((*path, name), item) for name, item in value.items())
        elif isinstance(value, list):
            stack.extend(((*path, number), item) for number, item in enumerate(value))
        elif isinstance(path[-1], str) and path[-1].lower() not in _LEFT:
            yield from _literal(path[-1], value, template.spot(path))


def _defaults(template: Template) -> Iterator[Hit]:
    for name, declared in template.parameters.items():
        if isinstance(declared, dict) and not is_secure(declared):
            spot = template.spot(template.section_path("parameters", name, "defaultValue"))
            yield from _literal(name, member(declared, "defaultValue"), spot)


def _literal(name: str, value: Any, spot: Spot) -> Iterator[Hit]:
    if isinstance(value, str) and not is_expression(value) and is_credential(name) and _is_secret(name, value):
        yield _hit(name, spot)


def _is_secret(name: str, value: str) -> bool:
    """Whether a text can be a secret: it is not empty, no reference to where one is kept, and no switch."""
    lowered = value.strip().lower()
    if name.lower().endswith("string") or "=" in lowered:
        return _IN_CONNECTION.search(lowered) is not None
    return bool(lowered) and not _REFERENCE.match(lowered)


def _hit(name: str, spot: Spot) -> Hit:
    message = f"'{name}' is written into the template; ask for it, make it, or take it from where it is kept"
    return Hit(spot, message, secret=True)
