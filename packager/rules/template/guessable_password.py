"""A password is made of what everyone can compute.

`uniqueString()` and `guid()` give the same text for the same arguments, and ids of resource groups and subscriptions
are no secrets: whoever knows the template and where it was deployed has the password. Certification refuses it (policy
300.4.4).

Ask for the password with a parameter of type `securestring`, or make it from one whose default is `newGuid()`:

    "seed": {"type": "securestring", "defaultValue": "[newGuid()]"}
"""

from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.credentialnames import is_password
from packager.checks.credentials import Credential, credentials
from packager.checks.deployed import once
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.nodes import Call, Node, StringLiteral, calls, walk
from packager.expressions.values import Unknown
from packager.source.lazy import lazy_pattern

_MADE = ("uniqueString", "guid")
_KNOWN = ("resourceGroup", "subscription", "tenant", "managementGroup", "deployment", "environment")
_ADDRESS = lazy_pattern(r"@|https?://")
_SECRET = ("newGuid", "reference", "references", "utcNow", "externalInput", "externalInputs")


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What is left of a password once everything that is known was evaluated."""
    secure = package.deployed.secure_names
    yield from once(hit for one in credentials(template, package) for hit in _judged(one, secure))


def _judged(one: Credential, secure: frozenset[str]) -> Iterator[Hit]:
    if type(one.value) is not Unknown or not is_password(one.name) or _has_secret(one.value.node, secure):
        return
    made = next(calls(one.value.node, *_MADE), None) or next(calls(one.value.node, *_KNOWN), None)
    if made is not None:
        message = (
            f"'{one.name}' is made of {made.name}(), which everyone can compute; make it of newGuid(), or ask for it"
        )
        yield Hit(one.spot, message)


def _has_secret(node: Node, secure: frozenset[str]) -> bool:
    """Whether something in it is not known to everyone, or it is the address of a secret that is kept elsewhere."""
    if any(_ADDRESS.match(one.value) for one in walk(node) if isinstance(one, StringLiteral)):
        return True
    for call in calls(node):
        name = call.name.lower()
        if call.namespace is not None or name.startswith("list") or name in {one.lower() for one in _SECRET}:
            return True
        if name == "parameters" and _parameter(call) in secure:
            return True
    return False


def _parameter(call: Call) -> str | None:
    first = call.arguments[0] if call.arguments else None
    return first.value.lower() if isinstance(first, StringLiteral) else None
