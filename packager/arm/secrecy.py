"""Where secrets end: the values of an expansion in which secure parameters stayed open are searched for what is left
of them, after variables, user-defined functions and nested deployments have passed them on.
"""

import itertools
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from packager.arm.expansion import ExpandedResource, Expansion, Outlet
from packager.arm.flow import VERDICTS, Secret
from packager.arm.parameters import resolve
from packager.arm.template import is_secure, key_of, member
from packager.expressions.nodes import Call, Node, SecretCall, StringLiteral, children
from packager.expressions.values import Unknown, Value
from packager.source.reading import ABSENT
from packager.source.span import Path
from packager.source.spot import Spot

Kind = Literal["output", "outer", "name", "tag", "member", "parameter", "property", "settings"]
Steps = tuple[str | int, ...]

# What these are handed decides which resource is meant, and is not shown by their answers.
_OPAQUE = VERDICTS | {"reference", "references"}
# Properties that show what they hold, by the types of resources: the last two names of the way to them, and what keeps
# secrets in their place. Twins are those of the published type definitions of August 2026; that arguments and the
# script itself are shown is said of deployment scripts in Azure's documentation.
_ENVIRONMENT = {("environmentvariables", "value"): "secureValue"}
_PARAMETERS = {("properties", "parameters"): "protectedParameters"}
_SECURE_VARIABLE = "secureValue of an environment variable"
_PLAIN: dict[str, dict[tuple[str, str], str]] = {
    "microsoft.resources/deploymentscripts": {
        **_ENVIRONMENT,
        ("properties", "arguments"): _SECURE_VARIABLE,
        ("properties", "scriptcontent"): _SECURE_VARIABLE,
    },
    "microsoft.containerinstance/containergroups": _ENVIRONMENT,
    "microsoft.containerinstance/containergroupprofiles": _ENVIRONMENT,
    "microsoft.compute/virtualmachines/runcommands": _PARAMETERS,
    "microsoft.compute/virtualmachinescalesets/virtualmachines/runcommands": _PARAMETERS,
    "microsoft.hybridcompute/machines/runcommands": _PARAMETERS,
    "nginx.nginxplus/nginxdeployments/configurations": {("properties", "files"): "protectedFiles"},
}
_OPEN: dict[str, Kind] = {"name": "name", "tags": "tag"}


class Exposure(NamedTuple):
    """A secret in a place where more people can read it than should.

    `what` names the place for people, `twin` the property that the secret should be in.
    """

    kind: Kind
    secret: Secret
    what: str
    spot: Spot
    twin: str = ""


def exposures(expansion: Expansion) -> Iterator[Exposure]:
    """Every secret that ends in an output, a name, a tag, an outer-scope template or another open place, once each."""
    of_outlets = (found for outlet in expansion.outlets for found in _of_outlet(outlet))
    of_resources = (found for resource in expansion.resources for found in _of_resource(resource))
    seen = set()
    for one in itertools.chain(of_outlets, of_resources):
        key = (one.kind, one.secret, one.spot.document.name, one.spot.path)
        if key not in seen:
            seen.add(key)
            yield one


def secrets_in(value: Value) -> Iterator[tuple[Steps, Secret]]:
    """Each secret that a value shows, with the steps that lead to it."""
    stack: list[tuple[Steps, Value]] = [((), value)]
    while stack:
        steps, one = stack.pop()
        if type(one) is dict:
            stack += [((*steps, key), item) for key, item in reversed(one.items())]
        elif type(one) is list:
            stack += [((*steps, index), item) for index, item in reversed(list(enumerate(one)))]
        elif type(one) is Unknown:
            yield from ((steps, secret) for secret in dict.fromkeys(_secrets_of(one)))


def _secrets_of(unknown: Unknown) -> Iterator[Secret]:
    stack: list[Node] = [unknown.node]
    while stack:
        node = stack.pop()
        if isinstance(node, Call):
            name = node.name.lower()
            if isinstance(node, SecretCall):
                argument = node.arguments[0]
                yield Secret("parameter", argument.value if isinstance(argument, StringLiteral) else "")
                continue
            if node.namespace is None and name.startswith("list"):
                yield Secret("list", node.name)
                continue
            if name in _OPAQUE:
                continue
            if name == "if":
                # What only decides is not shown.
                stack.extend(node.arguments[1:])
                continue
        stack.extend(children(node))
    for item in (unknown.members or {}).values():
        yield from (secret for _, secret in secrets_in(item))


def _of_outlet(outlet: Outlet) -> Iterator[Exposure]:
    """An output, or a value that is handed to a nested deployment, unless it is declared secure."""
    unknown = outlet.declaration is None
    if (unknown and outlet.kind == "parameter") or is_secure(resolve(outlet.declaration, outlet.definitions)):
        return
    is_loop = isinstance(outlet.declaration, dict) and isinstance(member(outlet.declaration, "copy"), dict)
    raw = outlet.document.at(outlet.path)
    for steps, secret in secrets_in(outlet.value):
        path = _place(raw, outlet.path, steps[1:] if is_loop and outlet.kind == "output" else steps)
        kind: Kind = "outer" if outlet.outer else outlet.kind
        yield Exposure(kind, secret, outlet.name, Spot(outlet.document, path))


def _of_resource(resource: ExpandedResource) -> Iterator[Exposure]:
    document, base = resource.spot.document, resource.spot.path
    raw = document.at(base)
    identity = {"name": resource.name, "scope": resource.scope}
    for key, value in {**resource.body, **identity}.items():
        written = key_of(raw, key) if isinstance(raw, dict) else key
        for steps, secret in secrets_in(value):
            found = _judged(resource, [str(step) for step in (key, *steps) if isinstance(step, str)])
            if found is not None:
                kind, what, twin = found
                yield Exposure(kind, secret, what, Spot(document, _place(raw, base, (written, *steps))), twin)


def _judged(resource: ExpandedResource, names: list[str]) -> tuple[Kind, str, str] | None:
    """What kind of place a member of a resource is, its name and its twin; None for one that keeps secrets."""
    whole, lowered = ".".join(names), [name.lower() for name in names]
    if resource.outer:
        return "outer", whole, ""
    if lowered[0] != "properties":
        kind = _OPEN.get(lowered[0], "member")
        return kind, ".".join(names[1:]) if kind == "tag" else whole, ""
    type_ = resource.type.lower() if isinstance(resource.type, str) else ""
    if type_.endswith("/extensions") and lowered[1:2] == ["settings"]:
        return "settings", names[2] if len(names) > 2 else "settings", ""
    plain = _PLAIN.get(type_, {})
    found = next((pair for pair in itertools.pairwise(lowered) if pair in plain), None)
    return None if found is None else ("property", names[lowered.index(found[1])], plain[found])


def _place(raw: Any, base: Path, steps: Steps) -> Path:
    """The place in the source that the value at `steps` below `base` comes from, as near as the source has it."""
    path, rest = base, list(steps)
    while rest:
        step = rest.pop(0)
        found = _inside(raw, step)
        if found is not ABSENT:
            raw, path = found, (*path, step)
        elif isinstance(raw, dict) and (loop := _loop(raw, step)) is not None:
            raw, path = loop[0], (*path, *loop[1])
            rest = rest[1:]
        else:
            break
    return path


def _inside(raw: Any, step: str | int) -> Any:
    if isinstance(raw, dict):
        return raw.get(step, ABSENT)
    return raw[step] if isinstance(raw, list) and isinstance(step, int) and step < len(raw) else ABSENT


def _loop(raw: dict[str, Any], name: str | int) -> tuple[Any, Path] | None:
    """The input of the copy loop that makes a property."""
    loops = raw.get("copy")
    for index, loop in enumerate(loops if isinstance(loops, list) else ()):
        if isinstance(loop, dict) and member(loop, "name") == name:
            key = key_of(loop, "input")
            return loop.get(key), ("copy", index, key)
    return None
