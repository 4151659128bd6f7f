"""Templates that a deployment links to and that lie in the same package."""

import posixpath
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from packager.arm.template import member
from packager.arm.world import TemplateWorld
from packager.expressions.errors import ExpressionError
from packager.expressions.scope import Scope
from packager.expressions.structure import evaluate_value
from packager.expressions.values import Unknown, Value
from packager.source.document import Document
from packager.source.span import Path

Lookup = Callable[[str], Document | None]

# Where the package would lie if it were deployed from an address; the name cannot exist.
BASE = "https://package.invalid/"
_LOCATION = "_artifactslocation"
_TOKEN = "_artifactslocationsastoken"  # noqa: S105 - the name of a parameter


def linked_path(
    link: Mapping[str, Any], world: TemplateWorld, copies: Mapping[str, Value], own: str, path: Path
) -> str | None:
    """The path in the package that a templateLink leads to; None when it leads elsewhere or is unknown.

    `own` is the path of the template that links, `path` the place of the link in it.
    """
    base = urljoin(BASE, own)
    with_base = _based(world, base)
    scope = Scope(with_base, copies)
    try:
        for key, target in link.items():
            if key.lower() in ("relativepath", "uri"):
                value = evaluate_value(target, scope, (*path, key), copies=False)
                found = None if type(value) is Unknown or not isinstance(value, str) else urljoin(base, value)
                return _inside(found)
    except (ExpressionError, ValueError):  # the latter is what urllib says of addresses such as https://[
        return None
    return None


def _based(world: TemplateWorld, base: str) -> TemplateWorld:
    """The same template as if its package lay at an address."""
    given = {**world.given}
    for name, value in ((_LOCATION, BASE), (_TOKEN, "")):
        if name in world.names("parameters") or name in given:
            given[name] = value
    return world.twin(given, base)


def _inside(address: str | None) -> str | None:
    if address is None or not address.startswith(BASE):
        return None
    path = posixpath.normpath(urlsplit(address).path.lstrip("/"))
    return None if path in (".", "") or path.startswith("..") else path


def find(lookup: Lookup | None, path: str | None) -> Document | None:
    """The document of that path that can be a template."""
    found = lookup(path) if lookup is not None and path is not None else None
    value = found.value if found is not None else None
    return found if isinstance(value, dict) and isinstance(member(value, "resources"), (list, dict)) else None
