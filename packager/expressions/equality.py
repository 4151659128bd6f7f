"""Whether two values are the same: in depth, with their types, whatever the order of an object's keys."""

import json
from collections.abc import Sequence

from packager.expressions.limits import MAX_ITEMS, refuse_items
from packager.expressions.values import KINDS, Undecided, Unknown, Value


def same(first: Value, second: Value) -> bool:
    """Equality as equals() has it. Raises Undecided when it depends on an unknown."""
    if first is second and type(first) is not Unknown:
        return True
    stack = [(first, second)]
    undecided = False
    steps = 0
    while stack:
        one, other = stack.pop()
        steps += 1
        if steps > MAX_ITEMS:
            refuse_items(steps)
        if type(one) is Unknown or type(other) is Unknown:
            undecided = True
        elif KINDS[type(one)] != KINDS[type(other)]:
            return False
        elif type(one) is list or type(one) is dict:
            if one is other and not undecided:
                continue
            if not _same_shape(one, other):
                return False
            stack += zip(one, other, strict=True) if type(one) is list else [(one[key], other[key]) for key in one]
        elif one != other:
            return False
    if undecided:
        raise Undecided
    return True


def _same_shape(one: Value, other: Value) -> bool:
    return len(one) == len(other) and (type(one) is list or one.keys() == other.keys())


def position(items: Sequence[Value], wanted: Value) -> int:
    """The index of the first item that is the same; -1 without one. Raises Undecided when an unknown could be it."""
    undecided = False
    for index, item in enumerate(items):
        try:
            if same(item, wanted):
                if undecided:
                    raise Undecided
                return index
        except Undecided:
            undecided = True
    if undecided:
        raise Undecided
    return -1


def contains_item(items: Sequence[Value], wanted: Value) -> bool:
    """Whether an item is the same. Raises Undecided when only an unknown could be it."""
    undecided = False
    for item in items:
        try:
            if same(item, wanted):
                return True
        except Undecided:
            undecided = True
    if undecided:
        raise Undecided
    return False


def key_of(value: Value) -> object:
    """A key that two values share exactly when they are the same. Raises Undecided for unknowns inside."""
    kind = type(value)
    if kind is str or kind is int or kind is bool:
        return (kind.__name__, value)
    return json.dumps(value, sort_keys=True, default=_undecided)


def _undecided(_: object) -> None:
    raise Undecided
