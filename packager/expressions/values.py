"""What expressions evaluate to: JSON values as Python has them, and unknowns among them."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from packager.expressions.kinds import (
    ANY,
    ARRAY,
    BOOLEAN,
    FLOAT,
    INTEGER,
    LAMBDA,
    NULL,
    OBJECT,
    STRING,
    UNKNOWN,
)
from packager.expressions.nodes import Node
from packager.source.exact import ExactFloat, ExactInteger

# None, bool, int, float, str, list, dict or Unknown; lists and dicts may hold unknowns too and are never changed.
Value = Any
Number = int | float


class Hint(Protocol):
    """What is known of the types inside an unknown value: `kinds` those of the value itself."""

    @property
    def kinds(self) -> int:
        """The types that the value can have."""
        ...

    def inside(self, key: str | None) -> "Hint | None":
        """The hint of a property, or of the items of a list when there is no key; None when nothing is known."""
        ...


class Unknown(NamedTuple):
    """A value that only Azure can know: the expression that is left, and the types that it can have.

    `members` are the properties that are known all the same, and all there are when it is `closed`; `size` is about
    the length of the printed expression; `hint` tells the types of what is inside.
    """

    node: Node
    kinds: int = ANY
    size: int = 1
    members: Mapping[str, Value] | None = None
    closed: bool = False
    hint: Hint | None = None


class Undecided(Exception):
    """Raised by a function that meets an unknown inside a list or object: its result is unknown too."""


class Lambda(NamedTuple):
    """A lambda as an argument: `body` evaluates it in `scope`, `node` is the call of `lambda` as written."""

    parameters: tuple[str, ...]
    body: Any
    scope: Any
    node: Node


KINDS: dict[type, int] = {
    str: STRING,
    int: INTEGER,
    ExactInteger: INTEGER,
    float: FLOAT,
    ExactFloat: FLOAT,
    bool: BOOLEAN,
    dict: OBJECT,
    list: ARRAY,
    type(None): NULL,
    Lambda: LAMBDA,
    Unknown: UNKNOWN,
}


def kind_of(value: Value) -> int:
    """The type of a value that must be known. Raises Undecided when it is not."""
    kind = KINDS[type(value)]
    if kind == UNKNOWN:
        raise Undecided
    return kind
