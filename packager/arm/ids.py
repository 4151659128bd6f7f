"""Which type of resource an id names, as far as that can be read from the expression that makes the id."""

from collections.abc import Iterator
from functools import lru_cache

from packager.arm.follow import followed, parsed
from packager.arm.template import Resource, Template
from packager.expressions.nodes import Call, Node, StringLiteral, is_call
from packager.expressions.printing import print_expression

# Functions that make an id from a type and names.
ID_FUNCTIONS = (
    "resourceId",
    "subscriptionResourceId",
    "tenantResourceId",
    "managementGroupResourceId",
    "extensionResourceId",
)
_MAX_STEPS = 8


def type_of_id(node: Node, template: Template) -> str | None:
    """The type that an id has, or that the resource of this name in the template has; None when it stays open."""
    for _ in range(_MAX_STEPS):
        if isinstance(node, StringLiteral):
            return type_in_id(node.value) or _type_of_named(template, node)
        if isinstance(node, Call) and is_call(node, *ID_FUNCTIONS):
            return _type_argument(node)
        if isinstance(node, Call) and is_call(node, "concat"):
            return type_in_id("".join(_part(one) for one in node.arguments)) or _type_of_named(template, node)
        found = _type_of_named(template, node)
        if found is not None or not is_call(node, "variables"):
            return found
        value = followed(print_expression(node), template)
        following = parsed(value) if isinstance(value, str) else None
        if following is None:
            return type_in_id(value) if isinstance(value, str) else None
        if is_call(following, "variables"):
            return None
        node = following
    return None


def type_in_id(text: str) -> str | None:
    """The type in `/subscriptions/.../providers/A.B/c/name`, or in `A.B/c/name`; None where there is none."""
    _, provider, rest = text.rpartition("/providers/")
    parts = (rest if provider else text).strip("/").split("/")
    if len(parts) < 2 or "." not in parts[0]:
        return None
    return "/".join((parts[0], *parts[1::2]))


def _type_argument(call: Call) -> str | None:
    """The first literal that has the form of a type; before it may stand a subscription, a group or a whole id."""
    first = 1 if is_call(call, "extensionResourceId") else 0
    for argument in call.arguments[first:]:
        text = argument.value.strip("/") if isinstance(argument, StringLiteral) else ""
        namespace, slash, _ = text.partition("/")
        if slash and "." in namespace:
            return text
    return None


def _part(node: Node) -> str:
    # What is unknown stands for one name: it may be the last segment, and before a type it makes the type unknown.
    return node.value if isinstance(node, StringLiteral) else "x"


def _type_of_named(template: Template, node: Node) -> str | None:
    """The type of the resource that has this name, or this symbolic name."""
    wanted = node.value if isinstance(node, StringLiteral) else print_expression(node)
    return _names(template).get(wanted.lower())


@lru_cache(maxsize=16)
def _names(template: Template) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, resource in _named(template):
        found.setdefault(name.lower(), resource.full_type)
    return found


def _named(template: Template) -> Iterator[tuple[str, Resource]]:
    for part in template.scope():
        for resource in part.resources:
            if isinstance(resource.path[-1], str):
                yield resource.path[-1], resource
            name = resource.value.get("name")
            if isinstance(name, str):
                node = parsed(name)
                yield (name if node is None else print_expression(node)), resource
