"""Draws a graph of dependencies in layers as an SVG: what comes first on top, arrows down to what waits for it."""

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

WIDTH, HEIGHT, ACROSS, DOWN, MARGIN = 190, 46, 20, 54, 16
HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" \
font-family="sans-serif" font-size="11">
<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">\
<path d="M0 0L8 4L0 8z" fill="#5b6770"/></marker></defs>
<rect width="{width}" height="{height}" fill="#ffffff"/>"""
# Boxes side by side; a layer with more goes on in a row below.
MOST = 8
SWEEPS = 4


class Box(NamedTuple):
    """A node: a line in bold, one below it, and whether it is sure to be there."""

    title: str
    text: str
    certain: bool = True


def svg(boxes: Sequence[Box], edges: Mapping[int, set[int]]) -> str:
    """The picture; `edges` has what each box waits for."""
    direct = reduced(edges, len(boxes))
    rows = _rows(direct, len(boxes))
    widest = max(map(len, rows), default=1)
    places = {
        number: (MARGIN + column * (WIDTH + ACROSS) + _indent(row, widest), MARGIN + line * (HEIGHT + DOWN))
        for line, row in enumerate(rows)
        for column, number in enumerate(row)
    }
    width = 2 * MARGIN + widest * (WIDTH + ACROSS) - ACROSS
    height = 2 * MARGIN + len(rows) * (HEIGHT + DOWN) - DOWN
    arrows = [_arrow(places[before], places[one]) for one, found in sorted(direct.items()) for before in sorted(found)]
    drawn = [line for number, box in enumerate(boxes) for line in _drawn(box, *places[number])]
    head = HEAD.format(width=width, height=height)
    return "\n".join([head, *arrows, *drawn, "</svg>"]) + "\n"


def reduced(edges: Mapping[int, set[int]], count: int) -> dict[int, set[int]]:
    """The edges without those that follow from others."""
    above = [0] * count  # all that comes before a box, as bits
    direct: dict[int, set[int]] = {}
    for number in ordered(edges, count):
        through = 0
        for before in edges.get(number, ()):
            through |= above[before]
        direct[number] = {before for before in edges.get(number, ()) if not through >> before & 1}
        above[number] = through | sum(1 << before for before in edges.get(number, ()))
    return direct


def ordered(edges: Mapping[int, set[int]], count: int) -> list[int]:
    """Every box behind those that it waits for."""
    done: dict[int, None] = {}
    while len(done) < count:
        ready = [one for one in range(count) if one not in done and edges.get(one, set()) <= done.keys()]
        assert ready, "what waits for each other cannot be drawn in layers"
        done.update(dict.fromkeys(ready))
    return list(done)


def _rows(edges: Mapping[int, set[int]], count: int) -> list[list[int]]:
    """The layers from the top, boxes below what they wait for, long ones broken."""
    level: dict[int, int] = {}
    for number in ordered(edges, count):
        level[number] = max((level[before] + 1 for before in edges.get(number, ())), default=0)
    layers = [
        [one for one in range(count) if level[one] == line] for line in range(max(level.values(), default=-1) + 1)
    ]
    for _ in range(SWEEPS):
        position = {one: place for layer in layers for place, one in enumerate(layer)}
        for layer in layers[1:]:
            layer.sort(key=lambda one: sum(position[before] for before in edges[one]) / max(len(edges[one]), 1))
            position.update({one: place for place, one in enumerate(layer)})
    return [layer[start : start + MOST] for layer in layers for start in range(0, len(layer), MOST)]


def _indent(row: Sequence[int], widest: int) -> int:
    return (widest - len(row)) * (WIDTH + ACROSS) // 2


def _arrow(start: tuple[int, int], end: tuple[int, int]) -> str:
    (x, y), (to_x, to_y) = (start[0] + WIDTH // 2, start[1] + HEIGHT), (end[0] + WIDTH // 2, end[1])
    bend = max((to_y - y) // 2, 20)
    curve = f"M{x} {y}C{x} {y + bend} {to_x} {to_y - bend} {to_x} {to_y}"
    return f'<path d="{curve}" fill="none" stroke="#5b6770" stroke-opacity="0.55" marker-end="url(#arrow)"/>'


def _drawn(box: Box, x: int, y: int) -> Iterator[str]:
    dashes = "" if box.certain else ' stroke-dasharray="4 3"'
    yield f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="5" fill="#eef4fb" stroke="#2b6cb0"{dashes}/>'
    middle = x + WIDTH // 2
    yield f'<text x="{middle}" y="{y + 19}" text-anchor="middle" font-weight="bold">{_cut(box.title, 28)}</text>'
    yield f'<text x="{middle}" y="{y + 35}" text-anchor="middle" fill="#445">{_cut(box.text, 33)}</text>'


def _cut(text: str, most: int) -> str:
    return html.escape(text if len(text) <= most else f"{text[: most - 1]}…")
