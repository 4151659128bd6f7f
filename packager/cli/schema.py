"""The verb `schema`: what the facts say of a resource type and its properties."""

import datetime
import re
from collections.abc import Iterable

import click

from packager.arm.bodies.describe import PropertyFacts, look_up, names, overview
from packager.cli.schemas import as_json, as_text, listed
from packager.cli.terminal import BOLD, CYAN, color_option, format_option, print_result, print_text
from packager.data.api_versions import shipped
from packager.data.resource_types import ResourceType, shipped_types
from packager.errors import UsageError
from packager.source.nearest import nearest_ones

# How alike two types are when one is taken for the other: their namespaces are the same.
_ALIKE = 0.85
# How many types are named to who gives one without its namespace.
_MOST = 3


@click.command(epilog="Example: packager schema Microsoft.Storage/storageAccounts minimumTlsVersion")
@click.argument("resource_type", metavar="TYPE")
@click.argument("properties", metavar="[PROPERTY]...", nargs=-1)
@click.option("--api-version", metavar="VERSION", help="The version to show; the newest stable one unless given.")
@format_option("description")
@color_option
def command(resource_type: str, properties: tuple[str, ...], api_version: str | None, format_: str) -> None:
    """Print what the facts say of a resource type: properties, values, limits, versions.

    PROPERTY is a path such as properties.networkAcls.ipRules, or the name of a property anywhere. TYPE may end in
    @VERSION; a namespace alone lists its types.
    """
    name, _, version = resource_type.partition("@")
    namespace = shipped_types().namespace(name) if "/" not in name else None
    if namespace is not None and not properties:
        print_result(listed(namespace, format_), format_)
        return
    found = _type(name)
    asked = api_version or version
    chosen = _version(found, asked)
    if properties:
        rows = [one for wanted in properties for one in _rows(found, chosen, wanted)]
    else:
        rows = overview(found, chosen)
    if format_ == "json":
        print_result(as_json(found, chosen, rows, described=asked.lower() in {"", chosen}), format_)
    else:
        print_text(as_text(found, chosen, rows), (r"\A.*", BOLD), (r"^\S+(?=  )", CYAN))


def _type(name: str) -> ResourceType:
    """The type. Raises UsageError, with what may be meant, when there is none."""
    types = shipped_types()
    found = types.of(name)
    if found is not None:
        return found
    space, _, rest = name.partition("/")
    namespace = types.namespace(space)
    if namespace is not None:
        meant = nearest_ones(name, namespace.names, _ALIKE)
        raise UsageError(f"there is no type '{name}' among the facts{_meant(meant)}")
    unknown = f"there is no namespace '{space}' among the facts"
    if "." not in space:
        such = " or ".join(_full_names(name)) or "Microsoft.Storage/storageAccounts"
        raise UsageError(unknown, hint=f"write Provider.Namespace/type, such as {such}")
    near = nearest_ones(space, types.names())
    known = [one for near_one in near for one in _names(near_one)]
    raise UsageError(f"{unknown}{_meant((rest and nearest_ones(name, known, _ALIKE)) or near)}")


def _full_names(name: str) -> list[str]:
    """The types that are meant by one that is given without its namespace."""
    known: dict[str, list[str]] = {}
    for space in shipped().namespaces():
        for one in shipped().types(space):
            known.setdefault(one.partition("/")[2].lower(), []).append(one)
    alike = [name.lower()] if name.lower() in known else nearest_ones(name, known, _ALIKE)
    return [one for near in alike for one in known[near] if shipped_types().of(one) is not None][:_MOST]


def _names(namespace: str) -> list[str]:
    found = shipped_types().namespace(namespace)
    return [] if found is None else found.names


def _version(resource: ResourceType, wanted: str) -> str:
    """The version to show; of one that is not described, the one that it is compared with, and a note."""
    if not wanted:
        stable = [one for one in resource.versions if len(one) == len("2024-01-01")]
        return (stable or list(resource.versions))[-1]
    if not _is_version(wanted):
        near = nearest_ones(wanted, resource.versions)
        raise UsageError(f"'{wanted}' is no api-version such as 2024-01-01{_meant(near)}")
    described = resource.described(wanted).version
    if described != wanted.lower():
        click.echo(f"packager: {resource.name} {wanted} is not described; this is {described}", err=True)
    return described


def _is_version(text: str) -> bool:
    """Whether it is a day, and maybe a suffix such as -preview."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(-[a-z0-9-]+)?", text, re.IGNORECASE):
        return False
    try:
        datetime.date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _rows(resource: ResourceType, version: str, wanted: str) -> list[PropertyFacts]:
    rows = look_up(resource, version, wanted)
    if not rows:
        near = nearest_ones(wanted.rpartition(".")[2], names(resource, version))
        raise UsageError(f"{resource.name} {version} has no property '{wanted}'{_meant(near)}")
    return rows


def _meant(near: Iterable[str]) -> str:
    listed_ = " or ".join(f"'{one}'" for one in near)
    return f"; did you mean {listed_}?" if listed_ else ""
