"""The calls in a template that ask for a resource at an api-version which they name themselves."""

from collections.abc import Iterator
from typing import NamedTuple

from packager.arm.ids import type_of_id
from packager.arm.recency import LITERAL
from packager.arm.sites import CallSite
from packager.arm.template import Template
from packager.expressions.nodes import StringLiteral
from packager.source.spot import Spot


class VersionedCall(NamedTuple):
    """The type that a `reference()` or list call is about, and the version it names with its place."""

    type: str
    version: str
    spot: Spot


def versioned_calls(template: Template) -> Iterator[VersionedCall]:
    """Every such call whose first argument tells a type and whose second is a version that is written out."""
    for name, found in template.sites.calls.items():
        if name != "reference" and not name.startswith("list"):
            continue
        for one in found:
            version = _version(one)
            named = type_of_id(one.call.arguments[0], template) if version is not None else None
            if version is not None and named is not None:
                yield VersionedCall(named, version.value, one.site.spot(version.span))


def _version(one: CallSite) -> StringLiteral | None:
    arguments = one.call.arguments
    version = arguments[1] if len(arguments) > 1 else None
    return version if isinstance(version, StringLiteral) and LITERAL.fullmatch(version.value) else None
