"""Expressions that differ only in their literals: templates repeat `[concat(parameters('a'), '1')]` by the thousand.

The shape of such a text is itself an expression: the text with every literal replaced by an empty or zero one. It is
read and bound once; each text then brings its own literals.
"""

from typing import NamedTuple

from packager.expressions.nodes import IntegerLiteral, Node, StringLiteral, walk
from packager.source.lazy import lazy_pattern

# As the lexer has them. A digit in a name is no number.
_LITERALS = lazy_pattern(r"('[^']*(?:''[^']*)*'|(?<!\w)-?[0-9]+)")
_NUMBER = lazy_pattern(r"(?<!\w)[0-9]")
# Longer texts are rarely alike, and splitting them need not be bounded.
_LONGEST = 2_000
_LONGEST_INTEGER = 9


class Shaped(NamedTuple):
    """A text as its shape and the literals in it, in their order."""

    shape: str
    literals: tuple[str | int, ...]


def shaped(text: str) -> Shaped | None:
    """The parts of an expression; None when it has no literals, or is too odd to be worth it."""
    pieces = text.split("'")
    if len(text) > _LONGEST or len(pieces) % 2 == 0:
        return None
    if "''" not in text:
        shape = "''".join(pieces[::2])
        if _NUMBER.search(shape) is None:
            return Shaped(shape, tuple(pieces[1::2])) if len(pieces) > 1 else None
    return _with_numbers(text)


def _with_numbers(text: str) -> Shaped | None:
    """The parts of a text that has numbers, or quotes and nothing in literals."""
    pieces = _LITERALS.split(text)
    if len(pieces) == 1:
        return None
    literals: list[str | int] = []
    for index in range(1, len(pieces), 2):
        piece = pieces[index]
        if piece[0] == "'":
            inner = piece[1:-1]
            literals.append(inner.replace("''", "'") if "''" in inner else inner)
            pieces[index] = "''"
        elif len(piece) > _LONGEST_INTEGER:
            return None
        else:
            literals.append(int(piece))
            pieces[index] = "0"
    return Shaped("".join(pieces), tuple(literals))


def slots_of(node: Node) -> dict[int, int] | None:
    """Which literal stands where, by its start in the shape; None for what must be read each by itself."""
    slots = []
    for one in walk(node):
        if isinstance(one, (StringLiteral, IntegerLiteral)):
            slots.append(one.start)
        elif getattr(one, "name", "").lower() == "lambda":
            return None
    return {start: number for number, start in enumerate(sorted(slots))}
