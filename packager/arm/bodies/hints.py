"""What Azure's types say of the answers of reference(): which types the properties of a declared resource have.

A hint only narrows the types that an unknown value can have. It never makes up a value, and says nothing about a
property that the facts do not have.
"""

from typing import NamedTuple

from packager.data.resource_exceptions import shipped_exceptions
from packager.data.resource_types import Namespace, shipped_types
from packager.data.shapes import BOOLEAN as TRUTH
from packager.data.shapes import INTEGER as NUMBER
from packager.data.shapes import LIST, TEXT, UNION, Shape
from packager.data.shapes import OBJECT as STRUCTURE
from packager.expressions.kinds import ANY, ARRAY, BOOLEAN, FLOAT, INTEGER, NULL, OBJECT, STRING
from packager.expressions.values import Hint

# What is described may be absent from an answer, and the source calls every number whole.
_KINDS = {
    TEXT: STRING | NULL,
    NUMBER: INTEGER | FLOAT | NULL,
    TRUTH: BOOLEAN | NULL,
    LIST: ARRAY | NULL,
    STRUCTURE: OBJECT | NULL,
    UNION: OBJECT | NULL,
}


class BodyHint(NamedTuple):
    """The shape of a part of a resource, by its number in the namespace."""

    namespace: Namespace
    number: int

    @property
    def kinds(self) -> int:
        """The types that the part can have."""
        return _KINDS.get(self._shape.kind, ANY)

    @property
    def _shape(self) -> Shape:
        return self.namespace.shape(self.number)

    def inside(self, key: str | None) -> Hint | None:
        """The hint of a property, or of the items of a list when there is no key; None when nothing is known."""
        shape = self._shape
        if key is None:
            return BodyHint(self.namespace, shape.item) if shape.kind == LIST else None
        member = shape.members.get(key.lower())
        if member is not None:
            return BodyHint(self.namespace, member.shape)
        return None if shape.rest is None else BodyHint(self.namespace, shape.rest)


def hint_of(resource_type: str, version: str, *, full: bool) -> Hint | None:
    """The hint of what reference() answers about a type: its properties, or the `full` resource.

    None for a type that is not described, or not to be believed.
    """
    found = shipped_types().of(resource_type)
    if found is None or shipped_exceptions().of(found.name, version).off:
        return None
    hint = BodyHint(found.namespace, found.described(version).body)
    return hint if full else hint.inside("properties")
