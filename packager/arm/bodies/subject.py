"""The resource that is being judged, and what is to be believed of its type."""

from collections.abc import Mapping
from functools import cached_property

from packager.arm.bodies.problem import Problem
from packager.data.resource_exceptions import Leniency
from packager.data.resource_types import Described, ResourceType
from packager.data.shapes import NO_SHAPE, UNION, Member, Shape
from packager.expressions.values import Value


class Subject:
    """A resource type in a version. `version` is as written, `known` the described one that it is compared with.

    `segment` is the last part of the resource's name, None where that is unknown; `body` is the evaluated resource;
    `root` is the number of the shape that it should have; `explained` counts the unknown properties looked into.
    """

    def __init__(
        self,
        type_: ResourceType,
        version: str,
        described: Described,
        leniency: Leniency,
        segment: str | None,
        body: Mapping[str, Value],
    ) -> None:
        self.type = type_
        self.version = version
        self.known = described.version
        self.root = described.body
        self.leniency = leniency
        self.segment = segment
        self.body = body
        self.problems: list[Problem] = []
        self.explained = 0

    @cached_property
    def title(self) -> str:
        """The type and version in messages; where the version is not described, the one that speaks for it, too."""
        if self.version.lower() == self.known:
            return f"{self.type.name} {self.known}"
        return f"{self.type.name} {self.version} (not described; compared with {self.known})"

    @cached_property
    def before(self) -> str | None:
        """The described version before one that is not described, which may have what that one has."""
        older = [one for one in self.type.versions if one < self.version.lower()]
        return max(older) if older and self.version.lower() != self.known else None

    def shape(self, number: int) -> Shape:
        """A shape of the type's namespace."""
        return self.type.namespace.shape(number)

    def names(self, shape: Shape, variant: Shape | None = None) -> Mapping[str, Member]:
        """The properties of an object. Without its variant, of those that only variants have the names are known."""
        if shape.kind != UNION:
            return shape.members
        key = {shape.key.lower(): Member(shape.key, NO_SHAPE, 0)}
        if variant is not None:
            return {**key, **shape.members, **variant.members}
        variants = (self.shape(number).members.items() for _, number in shape.variants.values())
        loose = {name: Member(member.name, NO_SHAPE, 0) for members in variants for name, member in members}
        return {**key, **loose, **shape.members}
