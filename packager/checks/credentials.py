"""Credentials among the values of a template, told by the names that they stand under."""

from collections.abc import Iterator
from typing import NamedTuple

from packager.arm.follow import followed, parsed
from packager.arm.template import Template, key_of, member
from packager.checks.credentialnames import is_credential
from packager.checks.deployed import Leaf, leaves, template_around
from packager.checks.package import Package
from packager.expressions.nodes import Node, is_call, literal_argument
from packager.expressions.parser import is_expression
from packager.expressions.values import Value
from packager.source.spot import Spot

_VAULT_SECRET = "microsoft.keyvault/vaults/secrets"  # noqa: S105 - the name of a type
_VALUES = ("value", "securevalue")


class Credential(NamedTuple):
    """A value under the name of a credential; `written` is what stands at `spot`, where it comes from."""

    name: str
    value: Value
    spot: Spot
    written: Value
    around: Template


def credentials(template: Template, package: Package) -> Iterator[Credential]:
    """The values of deployed resources under such names, each at its source; what is handed over counts where it is."""
    for leaf in leaves(template, package):
        name = _name(leaf)
        if name is None or not is_credential(name):
            continue
        found = _source(leaf.spot(), template)
        if found is not None:
            spot, written, around = found
            yield Credential(name, leaf.value, spot, written, around)


def _name(leaf: Leaf) -> str | None:
    """The name that a value stands under: its own, or the one that is written beside it."""
    name = leaf.path[-1]
    if not isinstance(name, str):
        return None
    if name.lower() not in _VALUES:
        return name
    one = leaf.resource
    if leaf.path == ("properties", name) and str(one.type).lower() == _VAULT_SECRET:
        return one.name.rpartition("/")[2] if isinstance(one.name, str) else None
    holder: Value = one.body
    for step in leaf.path[:-1]:
        holder = holder[step]
    beside = member(holder, "name")
    above = leaf.path[-2] if len(leaf.path) > 1 else None
    return beside if isinstance(beside, str) else above if isinstance(above, str) else None


def _source(spot: Spot, template: Template) -> tuple[Spot, Value, Template] | None:
    """Where a value is decided: here, in a variable, or in the default of a parameter of the file's own template.

    None where a nested or linked template was handed it: there it is decided outside.
    """
    around, written = template_around(spot, template), spot.value()
    for _ in range(32):
        node = parsed(written) if isinstance(written, str) else None
        name = _referred(node, "variables")
        if name is None:
            break
        spot = around.spot(around.section_path("variables", name))
        written = spot.value()
    name = _referred(parsed(written) if isinstance(written, str) else None, "parameters")
    if name is None:
        return spot, written, around
    declared = around.parameters.get(key_of(around.parameters, name))
    if around.parent is not None or not isinstance(declared, dict) or member(declared, "defaultValue") is None:
        return None
    spot = around.spot(around.section_path("parameters", name, "defaultValue"))
    return spot, spot.value(), around


def _referred(node: Node | None, function: str) -> str | None:
    return literal_argument(node, 0) if node is not None and is_call(node, function) else None


def is_fixed(written: Value, around: Template) -> bool:
    """Whether what is written is a literal, or made of nothing but literals."""
    if not isinstance(written, str) or not is_expression(written):
        return True
    return around.flow.sources(followed(written, around)).is_constant
