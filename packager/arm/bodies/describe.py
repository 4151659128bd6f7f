"""What the facts say of a resource type, for people and machines: its properties in one version."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from packager.arm.bodies.unknown import versions_having
from packager.data.resource_types import ResourceType
from packager.data.shapes import ANY, BOOLEAN, INTEGER, LIST, OBJECT, TEXT, UNION, WRITE_ONLY, Member, Shape
from packager.source.span import Path

# How deep a property is looked for by its name alone, and how many are shown.
_DEEPEST, _MOST = 8, 50
_TYPES = {ANY: "any", TEXT: "string", INTEGER: "int", BOOLEAN: "bool", LIST: "array", OBJECT: "object", UNION: "object"}


@dataclass(frozen=True)
class PropertyFacts:
    """A property in one version. `when` is the choice, such as `kind=AzureCLI`, that has it; "" when all have it.

    `choices` are the values that choose among variants, where the property does that.
    """

    resource: ResourceType
    path: Path
    member: Member
    when: str
    choices: tuple[str, ...] = ()

    @cached_property
    def shape(self) -> Shape:
        """The shape of its value."""
        return _shape(self.resource, self.member.shape)

    @cached_property
    def item(self) -> Shape | None:
        """The shape of the items of a list; None for anything else."""
        return _shape(self.resource, self.shape.item) if self.shape.kind == LIST else None

    @cached_property
    def _having(self) -> list[str]:
        return versions_having(self.resource, self.path)

    @property
    def since(self) -> str:
        """The first version that has it."""
        return self._having[0]

    @property
    def until(self) -> str | None:
        """The last version that has it; None while the newest has."""
        return None if self._having[-1] == list(self.resource.versions)[-1] else self._having[-1]

    @property
    def dotted(self) -> str:
        """The path as people write it: `properties.networkAcls.ipRules[].value`."""
        text = ""
        for step in self.path:
            text += "[]" if isinstance(step, int) else f".{step}" if text else step
        return text

    @property
    def type(self) -> str:
        """The type in the words of the template language."""
        return _TYPES[self.shape.kind]

    @property
    def items(self) -> str | None:
        """The type of the items of a list; None for anything else."""
        return None if self.item is None else _TYPES[self.item.kind]

    @property
    def is_write_only(self) -> bool:
        """Whether Azure takes it and never shows it."""
        return bool(self.member.flags & WRITE_ONLY)

    @property
    def values(self) -> tuple[str, ...]:
        """The values that are known, of the items for a list."""
        return self.choices or tuple((self.item or self.shape).values.values())


class Place(NamedTuple):
    """An object in a body: the way to it, its shape, and the choice that has it."""

    path: Path
    shape: Shape
    when: str = ""


def overview(resource: ResourceType, version: str) -> list[PropertyFacts]:
    """The properties at the top of a resource, and those in `properties`."""
    root = Place((), _shape(resource, resource.described(version).body))
    found = list(_inside(resource, root))
    for one in list(found):
        if one.dotted == "properties":
            found += _contents(resource, one)
    return found


def look_up(resource: ResourceType, version: str, name: str) -> list[PropertyFacts]:
    """The properties that `name` means, each followed by what is in it; empty when there is none.

    The name is a path from the top, or from `properties`, or else the name of a property anywhere; case and indexes
    of lists do not matter.
    """
    root = Place((), _shape(resource, resource.described(version).body))
    wanted = [step.partition("[")[0].lower() for step in name.split(".") if step]
    for start in ([], ["properties"]):
        found = _along(resource, root, [*start, *wanted])
        if found:
            return found
    return _anywhere(resource, root, name.lower())


def names(resource: ResourceType, version: str) -> list[str]:
    """The names of all properties, for suggestions."""
    root = Place((), _shape(resource, resource.described(version).body))
    return sorted({str(one.path[-1]) for one in _every(resource, root)})


def _along(resource: ResourceType, root: Place, wanted: list[str]) -> list[PropertyFacts]:
    places, found = [root], list[PropertyFacts]()
    for step in wanted:
        found = [one for place in places for one in _inside(resource, place) if str(one.path[-1]).lower() == step]
        places = [place for one in found for place in _places(one)]
    return [inner for one in found for inner in (one, *_contents(resource, one))]


def _anywhere(resource: ResourceType, root: Place, name: str) -> list[PropertyFacts]:
    found = [one for one in _every(resource, root) if str(one.path[-1]).lower() == name][:_MOST]
    return [inner for one in found for inner in (one, *_contents(resource, one))]


def _contents(resource: ResourceType, one: PropertyFacts) -> Iterator[PropertyFacts]:
    for place in _places(one):
        yield from _inside(resource, place)


def _every(resource: ResourceType, root: Place) -> Iterator[PropertyFacts]:
    """Every property, outer ones first; a shape is entered once, as it may hold itself."""
    waiting, entered = deque([root]), set[int]()
    while waiting:
        place = waiting.popleft()
        if id(place.shape) in entered or len(place.path) > _DEEPEST:
            continue
        entered.add(id(place.shape))
        for one in _inside(resource, place):
            yield one
            waiting.extend(_places(one))


def _places(one: PropertyFacts) -> list[Place]:
    """The objects that stand in a property."""
    path, shape = one.path, one.shape
    if one.item is not None:
        path, shape = (*path, 0), one.item
    return [Place(path, shape, one.when)] if shape.kind in (OBJECT, UNION) else []


def _inside(resource: ResourceType, place: Place) -> Iterator[PropertyFacts]:
    """The properties of an object: those of every variant, after those that all have."""
    for member in place.shape.members.values():
        yield PropertyFacts(resource, (*place.path, member.name), member, place.when)
    yield from _choice(resource, place)
    for value, number in place.shape.variants.values():
        for name, member in _shape(resource, number).members.items():
            if name not in place.shape.members and name != place.shape.key.lower():
                when = f"{place.when} {place.shape.key}={value}".lstrip()
                yield PropertyFacts(resource, (*place.path, member.name), member, when)


def _choice(resource: ResourceType, place: Place) -> Iterator[PropertyFacts]:
    """The property that chooses among the variants of an object, with all of its values."""
    values = tuple(value for value, _ in place.shape.variants.values())
    for _, number in place.shape.variants.values():
        member = _shape(resource, number).members.get(place.shape.key.lower())
        if member is not None:
            yield PropertyFacts(resource, (*place.path, member.name), member, place.when, values)
            return


def _shape(resource: ResourceType, number: int) -> Shape:
    return resource.namespace.shape(number)
