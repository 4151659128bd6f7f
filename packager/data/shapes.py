"""The shape of a value in the body of a resource: what kind it has, which properties, values and limits.

Shapes refer to others by their numbers in the namespace, and may refer to themselves in the end.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

ANY, TEXT, INTEGER, BOOLEAN, LIST, OBJECT, UNION = "any", "str", "int", "bool", "arr", "obj", "disc"
REQUIRED, READ_ONLY, WRITE_ONLY, CONSTANT = 1, 2, 4, 8
# The number of the shape that any value has.
NO_SHAPE = 0
_FLAG_BITS = 5
_NO_MEMBERS: Mapping[str, "Member"] = MappingProxyType({})
_NO_VARIANTS: Mapping[str, tuple[str, int]] = MappingProxyType({})
_NO_VALUES: Mapping[str, str] = MappingProxyType({})


class Member(NamedTuple):
    """A property: its name as published, the number of its shape, and flags."""

    name: str
    shape: int
    flags: int

    @property
    def is_required(self) -> bool:
        """Whether it must be given; what Azure itself sets need not be, whatever the source says."""
        return self.flags & (REQUIRED | READ_ONLY) == REQUIRED

    @property
    def is_read_only(self) -> bool:
        """Whether Azure sets it and ignores what is given."""
        return bool(self.flags & READ_ONLY)


class Shape(NamedTuple):
    """`members` are by name in lower case, `required` those that must be given. What is not of the kind is empty.

    `rest` is the shape of further properties, None where there are none; `key` is the property whose value chooses
    among `variants` (value and shape). These and `values` are by their text in lower case without blanks;
    `open` says that they are not all there are. `least` and `most` limit the length of a text, the size of a number, or
    the number of items; `secret` is what must not be shown.
    """

    kind: str
    members: Mapping[str, Member] = _NO_MEMBERS
    required: tuple[str, ...] = ()
    rest: int | None = None
    key: str = ""
    variants: Mapping[str, tuple[str, int]] = _NO_VARIANTS
    values: Mapping[str, str] = _NO_VALUES
    open: bool = False
    pattern: str | None = None
    least: int | None = None
    most: int | None = None
    item: int = 0
    secret: bool = False


def read_shape(node: Any) -> Shape:
    """The shape that a node of the tables says. Raises KeyError and the like for what is no node."""
    if isinstance(node, str):
        return Shape(node)
    kind = node["k"]
    if kind in (OBJECT, UNION):
        members = _members(node.get("p", {}))
        required = tuple(name for name, member in members.items() if member.is_required)
        variants = {folded(value): (value, number) for value, number in node.get("v", {}).items()}
        # A choice whose variants the source leaves out may have any other property.
        rest = NO_SHAPE if kind == UNION and not variants else node.get("a")
        return Shape(kind, members, required, rest, node.get("d", ""), variants)
    return Shape(
        kind,
        values={folded(value): value for value in node.get("e", ())},
        open=bool(node.get("o")),
        pattern=node.get("r"),
        least=node.get("n"),
        most=node.get("x"),
        item=node.get("i", 0),
        secret=bool(node.get("z")),
    )


def folded(value: str) -> str:
    """A value as Azure compares it: `SystemAssigned, UserAssigned` is `systemassigned,userassigned`."""
    return value.lower().replace(" ", "")


def _members(properties: Mapping[str, int]) -> dict[str, Member]:
    mask = (1 << _FLAG_BITS) - 1
    return {name.lower(): Member(name, code >> _FLAG_BITS, code & mask) for name, code in properties.items()}
