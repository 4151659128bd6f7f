"""The custom providers that a package deploys: what the views of a managed application can refer to."""

from collections.abc import Iterator
from typing import NamedTuple

from packager.arm.typenames import CUSTOM_PROVIDER
from packager.checks.deployed import inside
from packager.checks.package import Package
from packager.expressions.values import Unknown, Value


class Provided(NamedTuple):
    """The names of actions and resource types, as written; `open` tells that there may be more of them."""

    actions: frozenset[str]
    types: frozenset[str]
    open: bool


def provided(package: Package) -> Provided:
    """What all custom providers of the package declare; open where a template or a name is not known."""
    if package.main is None:
        return Provided(frozenset(), frozenset(), open=True)
    found = [one.properties for one in package.deployed.every if str(one.type).lower() == CUSTOM_PROVIDER]
    actions = [inside(one, "actions") for one in found]
    types = [inside(one, "resourceTypes") for one in found]
    return Provided(
        frozenset(name for value in actions for name in _names(value)),
        frozenset(name for value in types for name in _names(value)),
        not package.deployed.is_whole or _is_skipped(package, len(found)) or any(map(_is_open, (*actions, *types))),
    )


def _is_skipped(package: Package, found: int) -> bool:
    """Whether a custom provider is declared and, by default, not deployed."""
    every = (one for template in package.templates for part in template.every() for one in part.resources)
    return not found and any(one.full_type.lower() == CUSTOM_PROVIDER for one in every)


def _names(section: Value) -> Iterator[str]:
    found = (inside(one, "name") for one in section) if isinstance(section, list) else ()
    yield from (name for name in found if isinstance(name, str))


def _is_open(section: Value) -> bool:
    if type(section) is Unknown:
        return True
    return isinstance(section, list) and any(type(inside(one, "name")) is Unknown for one in section)
