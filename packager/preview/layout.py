"""Where the boxes of a dependency graph go: in layers from left to right, what is deployed first stands first."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

BOX_WIDTH, BOX_HEIGHT, GAP_ACROSS, GAP_DOWN, MARGIN = 190, 40, 60, 12, 8
MOST_IN_COLUMN = 14
SWEEPS = 4


class Box(NamedTuple):
    """A box by the name of what it stands for, its upper left corner in pixels."""

    name: str
    x: int
    y: int


class Layout(NamedTuple):
    """The boxes of a graph, and how much room they take, in pixels."""

    boxes: tuple[Box, ...]
    width: int
    height: int


def layered(names: Sequence[str], waits_for: Mapping[str, Sequence[str]]) -> Layout:
    """Boxes for `names`, each to the right of all that it waits for; unknown names and cycles are passed over."""
    layers = _layers(names, waits_for)
    rows = [[name for name in names if layers[name] == layer] for layer in range(max(layers.values(), default=-1) + 1)]
    _untangle(rows, waits_for)
    # A layer of many boxes takes several columns, or the picture would be all height.
    columns = [row[start : start + MOST_IN_COLUMN] for row in rows for start in range(0, len(row), MOST_IN_COLUMN)]
    boxes = [
        Box(name, MARGIN + across * (BOX_WIDTH + GAP_ACROSS), MARGIN + down * (BOX_HEIGHT + GAP_DOWN))
        for across, column in enumerate(columns)
        for down, name in enumerate(column)
    ]
    tallest = max(map(len, columns), default=0)
    return Layout(tuple(boxes), _room(len(columns), BOX_WIDTH, GAP_ACROSS), _room(tallest, BOX_HEIGHT, GAP_DOWN))


def _layers(names: Sequence[str], waits_for: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The length of the longest way to each name, with no recursion: names may be thousands in a row."""
    known = set(names)
    needs = {name: {other for other in waits_for.get(name, ()) if other in known and other != name} for name in names}
    followers: dict[str, list[str]] = {name: [] for name in names}
    for name, others in needs.items():
        for other in others:
            followers[other].append(name)
    layers = dict.fromkeys(names, 0)
    open_needs = {name: len(others) for name, others in needs.items()}
    ready = [name for name in names if not open_needs[name]]
    for name in ready:
        for follower in followers[name]:
            layers[follower] = max(layers[follower], layers[name] + 1)
            open_needs[follower] -= 1
            if not open_needs[follower]:
                ready.append(follower)
    return layers


def _untangle(rows: list[list[str]], waits_for: Mapping[str, Sequence[str]]) -> None:
    """Order each layer by the middle of what its boxes wait for, a few times over, so that fewer arrows cross."""
    for _ in range(SWEEPS):
        place = {name: number / max(1, len(row)) for row in rows for number, name in enumerate(row)}
        for row in rows[1:]:
            row.sort(key=lambda name: _middle([place[other] for other in waits_for.get(name, ()) if other in place]))


def _middle(places: Sequence[float]) -> float:
    return sum(places) / len(places) if places else 0.0


def _room(count: int, size: int, gap: int) -> int:
    return count * (size + gap) - gap + 2 * MARGIN if count else 0
