"""Edges between the resources of one template: written, implied by expressions, and those between batches of a loop."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import groupby
from typing import NamedTuple

from packager.arm.instances import Instance
from packager.arm.registry import Registry
from packager.expressions.errors import ARGUMENT_TYPE, ExpressionError
from packager.expressions.kinds import names_of
from packager.expressions.values import KINDS, Unknown, Value


class Written(NamedTuple):
    """What `dependsOn` names: instances by the number of their entry, entries that are unknown, and those that name
    nothing in the template.
    """

    entries: dict[int, tuple[Instance, ...]]
    unknown: list[Unknown]
    undefined: list[str]

    @property
    def named(self) -> dict[Instance, None]:
        """The instances of all entries, in their order."""
        return dict.fromkeys(one for found in self.entries.values() for one in found)


def written(instance: Instance, registry: Registry) -> Written:
    """What a resource's `dependsOn` names. Raises ExpressionError when it is no list of texts."""
    declaration = instance.declaration
    value = declaration.evaluate("dependson", instance.scope)
    if value is None or type(value) is Unknown:
        return Written({}, [] if value is None else [value], [])
    if not isinstance(value, list):
        message = f"dependsOn is a list of names or ids, not {names_of(KINDS[type(value)])}"
        raise ExpressionError(ARGUMENT_TYPE, message).within(declaration.path_of("dependson"))
    found = Written({}, [], [])
    for number, entry in enumerate(value):
        if type(entry) is Unknown:
            named, missing = registry.find_unknown(entry)
            found.entries[number] = named
            found.undefined.extend([] if missing is None else [missing])
            found.unknown.extend([] if named else [entry])
        elif isinstance(entry, str):
            found.entries[number] = named = registry.find(entry)
            if not named and not registry.knows(entry):
                found.undefined.append(entry)
        elif entry is not None:
            message = f"dependsOn is a list of texts, not of {names_of(KINDS[type(entry)])}"
            raise ExpressionError(ARGUMENT_TYPE, message).within(declaration.path_of("dependson"))
    return found


def implied(instance: Instance, registry: Registry) -> Iterator[Instance]:
    """What its expressions refer to by name."""
    for name in instance.uses:
        yield from registry.named(name)


def spare(found: Written, implied_ones: Iterable[Instance]) -> Iterator[int]:
    """The numbers of entries that change nothing: what they name is implied, or named by an entry before."""
    known = set(implied_ones)
    for number, named in found.entries.items():
        if named and known.issuperset(named):
            yield number
        known.update(named)


def serial(instances: Sequence[Instance]) -> dict[Instance, list[Instance]]:
    """The edges of serial loops: every instance waits for the whole batch before its own."""
    edges: dict[Instance, list[Instance]] = {}
    loops = ((one.declaration, one) for one in instances if one.index is not None)
    for declaration, found in groupby(loops, key=lambda pair: pair[0]):
        members = [one for _, one in found]
        size = _batch(declaration.raw("copy"), members[0])
        for start in range(size, len(members), size) if size else ():
            for one in members[start : start + size]:
                edges[one] = members[start - size : start]
    return edges


def _batch(loop: Value, instance: Instance) -> int:
    """The size of a batch; 0 for a loop that runs at once."""
    members = {key.lower(): item for key, item in loop.items()} if isinstance(loop, dict) else {}
    if str(members.get("mode")).lower() != "serial":
        return 0
    evaluated = instance.declaration.evaluate("copy", instance.scope)
    size = {key.lower(): item for key, item in evaluated.items()}.get("batchsize", 1)
    return size if type(size) is int and size > 0 else 1


def in_order(instances: Sequence[Instance], edges: Mapping[Instance, Iterable[Instance]]) -> list[Instance]:
    """The instances, each behind those that it waits for, else in the order given; circles come last."""
    places = {one: number for number, one in enumerate(instances)}
    waiting: dict[Instance, int] = {}
    followers: dict[Instance, list[Instance]] = {}
    for one in instances:
        needs = {other for other in edges.get(one, ()) if other in places and other is not one}
        waiting[one] = len(needs)
        for other in needs:
            followers.setdefault(other, []).append(one)
    if not followers:
        return list(instances)
    ready = [places[one] for one in instances if not waiting[one]]
    found: list[Instance] = []
    while ready:  # numbers in rising order are a heap already
        one = instances[heappop(ready)]
        found.append(one)
        for follower in followers.get(one, ()):
            waiting[follower] -= 1
            if not waiting[follower]:
                heappush(ready, places[follower])
    return [*found, *(one for one in instances if waiting[one])] if len(found) < len(instances) else found


def circle(edges: dict[Instance, Iterable[Instance]]) -> list[Instance]:
    """A path of resources that wait for each other, its first one again at its end; empty when there is none."""
    if not any(edges.values()):
        return []
    # graphlib costs start-up, and many templates have no edges at all.
    from graphlib import CycleError, TopologicalSorter

    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        found: list[Instance] = error.args[1]
        return found
    return []
