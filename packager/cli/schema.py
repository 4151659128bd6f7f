"""The verb `schema`: what the facts say of a resource type and its properties."""

import re
from collections.abc import Iterable

import click

from packager.arm.bodies.describe import PropertyFacts, look_up, names, overview
from packager.cli.schemas import as_json, as_text, listed
from packager.data.resource_types import ResourceType, shipped_types
from packager.errors import UsageError
from packager.source.nearest import nearest_ones

# How alike two types are when one is taken for the other: their namespaces are the same.
_ALIKE = 0.85


@click.command(epilog="Example: packager schema Microsoft.Storage/storageAccounts minimumTlsVersion")
@click.argument("resource_type", metavar="TYPE")
@click.argument("properties", metavar="[PROPERTY]...", nargs=-1)
@click.option("--api-version", metavar="VERSION", help="The version to show; the newest stable one unless given.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="How it is written.")
def command(resource_type: str, properties: tuple[str, ...], api_version: str | None, format_: str) -> None:
    """Print what the facts say of a resource type: properties, values, limits, versions.

    PROPERTY is a path such as properties.networkAcls.ipRules, or the name of a property anywhere. TYPE may end in
    @VERSION; a namespace alone lists its types.
    """
    name, _, version = resource_type.partition("@")
    namespace = shipped_types().namespace(name) if "/" not in name else None
    if namespace is not None and not properties:
        click.echo(listed(namespace, format_))
        return
    found = _type(name)
    chosen = _version(found, api_version or version)
    if properties:
        rows = [one for wanted in properties for one in _rows(found, chosen, wanted)]
    else:
        rows = overview(found, chosen)
    click.echo((as_json if format_ == "json" else as_text)(found, chosen, rows))


def _type(name: str) -> ResourceType:
    """The type. Raises UsageError, with what may be meant, when there is none."""
    types = shipped_types()
    found = types.of(name)
    if found is not None:
        return found
    space, _, rest = name.partition("/")
    namespace = types.namespace(space)
    if namespace is None:
        near = nearest_ones(space, types.names())
        known = [one for near_one in near for one in _names(near_one)]
        meant = nearest_ones(name, known, _ALIKE) if rest else near
        raise UsageError(f"there is no namespace '{space}' among the facts{_meant(meant or near)}")
    raise UsageError(f"there is no type '{name}' among the facts{_meant(nearest_ones(name, namespace.names, _ALIKE))}")


def _names(namespace: str) -> list[str]:
    found = shipped_types().namespace(namespace)
    return [] if found is None else found.names


def _version(resource: ResourceType, wanted: str) -> str:
    """The version to show; of one that is not described, the one that it is compared with, and a note."""
    if not wanted:
        stable = [one for one in resource.versions if len(one) == len("2024-01-01")]
        return (stable or list(resource.versions))[-1]
    if not re.fullmatch(r"\d{4}-\d\d-\d\d(-[a-z0-9-]+)?", wanted, re.IGNORECASE):
        near = nearest_ones(wanted, resource.versions)
        raise UsageError(f"'{wanted}' is no api-version such as 2024-01-01{_meant(near)}")
    described = resource.described(wanted).version
    if described != wanted.lower():
        click.echo(f"packager: {resource.name} {wanted} is not described; this is {described}", err=True)
    return described


def _rows(resource: ResourceType, version: str, wanted: str) -> list[PropertyFacts]:
    rows = look_up(resource, version, wanted)
    if not rows:
        near = nearest_ones(wanted.rpartition(".")[2], names(resource, version))
        raise UsageError(f"{resource.name} {version} has no property '{wanted}'{_meant(near)}")
    return rows


def _meant(near: Iterable[str]) -> str:
    listed_ = " or ".join(f"'{one}'" for one in near)
    return f"; did you mean {listed_}?" if listed_ else ""
