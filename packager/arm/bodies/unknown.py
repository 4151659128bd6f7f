"""What may be meant by a property that a type does not have: another version, another place, another spelling."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from packager.arm.bodies.problem import INFO, PROPERTY_UNKNOWN, WARNING, Problem, dotted
from packager.arm.bodies.subject import Subject
from packager.data.resource_exceptions import shipped_exceptions
from packager.data.resource_types import Namespace, ResourceType
from packager.data.shapes import LIST, OBJECT, UNION, Member, Shape
from packager.source.nearest import nearest
from packager.source.span import Path

# How many unknown properties of one resource are looked into; after that there is something else wrong with it.
MOST_EXPLAINED = 25
# How alike two names are when one is taken for the other, from 0 to 1; in a short one, one letter is much.
_ALIKE, _ALIKE_SHORT, _SHORT = 0.8, 0.7, 6
_INNER = "properties"


def unknown_property(subject: Subject, names: Mapping[str, Member], path: Path) -> Problem | None:
    """The problem of a property at `path` that is none of `names`; None where a version not described may have it."""
    name = str(path[-1])
    said = f"{subject.title} has no '{dotted(path)}'"
    if len(path) == 1 and name.lower() in shipped_exceptions().envelope:
        message = f"{said}; Azure mostly ignores it on a type that has none"
        return Problem(PROPERTY_UNKNOWN, "envelope", INFO, path, message, key=True)
    subject.explained += 1
    if subject.explained > MOST_EXPLAINED:
        return Problem(PROPERTY_UNKNOWN, None, WARNING, path, said, key=True)
    having = versions_having(subject.type, path)
    if subject.before in having:
        return None
    sub, advice = ("other-version", _told(having, subject)) if having else _meant(subject, names, path)
    return Problem(PROPERTY_UNKNOWN, sub, WARNING, path, f"{said}; {advice}", key=True)


def _meant(subject: Subject, names: Mapping[str, Member], path: Path) -> tuple[str | None, str]:
    """Another place or spelling, and what to say of it."""
    name = str(path[-1])
    place = _place(subject, names, path)
    if place is not None:
        return "moved", f"it belongs {place}"
    alike = _nearest(name, frozenset(member.name for member in names.values()))
    if alike is not None:
        return "misspelt", f"did you mean '{alike}'?"
    return None, "remove it, or check its name in the reference of the type"


@lru_cache(maxsize=1024)
def _nearest(name: str, names: frozenset[str]) -> str | None:
    # A loop asks for the same names again and again.
    return nearest(name, names, _ALIKE if len(name) > _SHORT else _ALIKE_SHORT)


def versions_having(resource: ResourceType, path: Path) -> list[str]:
    """The versions of the type that have the property at `path`, oldest first."""
    namespace = resource.namespace
    key = (resource.name, *("[]" if isinstance(step, int) else step.lower() for step in path))
    if key not in namespace.having:
        namespace.having[key] = _versions_having(resource, path)
    return namespace.having[key]


def _versions_having(resource: ResourceType, path: Path) -> list[str]:
    namespace, name = resource.namespace, str(path[-1]).lower()
    known: dict[int, bool] = {}
    found = []
    for version, (body, _, _) in resource.versions.items():
        if body not in known:
            known[body] = any(name in shape.members for shape in shapes_at(namespace, body, path[:-1]))
        if known[body]:
            found.append(version)
    return found


def shapes_at(namespace: Namespace, body: int, path: Path) -> list[Shape]:
    """The objects that can stand at `path` of a body, all variants of each."""
    numbers: Iterable[int] = [body]
    for step in path:
        numbers = dict.fromkeys(_inside(namespace, numbers, step))
    return [shape for number in numbers for shape in _variants(namespace, number)]


def _inside(namespace: Namespace, numbers: Iterable[int], step: str | int) -> Iterator[int]:
    for number in numbers:
        for shape in _variants(namespace, number):
            if isinstance(step, int):
                if shape.kind == LIST:
                    yield shape.item
            elif step.lower() in shape.members:
                yield shape.members[step.lower()].shape
            elif shape.rest is not None:
                yield shape.rest


def _variants(namespace: Namespace, number: int) -> Iterator[Shape]:
    shape = namespace.shape(number)
    yield shape
    if shape.kind == UNION:
        yield from (namespace.shape(inner) for _, inner in shape.variants.values())


def _told(having: list[str], subject: Subject) -> str:
    """Which versions have it, in as few words as are true."""
    versions = list(subject.type.versions)
    first, last = versions.index(having[0]), versions.index(having[-1])
    if len(having) == 1:
        return f"only {having[0]} has it"
    if having == versions[first:]:
        return f"{having[0]} and newer have it"
    if having == versions[: last + 1]:
        return f"{having[-1]} and older have it"
    if having == versions[first : last + 1]:
        return f"{having[0]} to {having[-1]} have it"
    return f"{', '.join(having[:6])}{' and others' if len(having) > 6 else ''} have it"


def _place(subject: Subject, names: Mapping[str, Member], path: Path) -> str | None:
    """Where a property belongs: inside `properties` beside it, one level up, or in the one object beside it."""
    name = str(path[-1]).lower()
    inner = [member for member in names.values() if name in _members(subject, member)]
    beside = next((member for member in inner if member.name.lower() == _INNER), None)
    if beside is not None:
        return f"under '{dotted((*path[:-1], beside.name))}'"
    around = _around(path)
    above = shapes_at(subject.type.namespace, subject.root, around) if around is not None else ()
    if around is not None and any(name in shape.members for shape in above):
        return f"one level up, in '{dotted(around)}'" if around else "one level up, at the top of the resource"
    if len(inner) == 1 and name not in _COMMON:
        return f"under '{dotted((*path[:-1], inner[0].name))}'"
    return None


# Names that so many objects have that one of them says nothing about where they belong.
_COMMON = frozenset({"id", "name", "type", "value", "enabled", "kind", "state"})


def _around(path: Path) -> Path | None:
    """The object around the one that a property stands in; None at the top."""
    steps = list(path[:-1])
    while steps and isinstance(steps[-1], int):
        steps.pop()
    if not steps:
        return None
    steps.pop()
    while steps and isinstance(steps[-1], int):
        steps.pop()
    return tuple(steps)


def _members(subject: Subject, member: Member) -> Mapping[str, Member]:
    shape = subject.shape(member.shape)
    return subject.names(shape) if shape.kind in (OBJECT, UNION) else {}
