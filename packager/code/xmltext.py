"""XML as text: whether it is well-formed, where its elements start, and what stands behind its escapes.

Nothing is ever fetched or expanded: a document type, and with it every entity of its own, is refused.
"""

from bisect import bisect_right
from collections.abc import Iterator
from html import unescape
from itertools import accumulate, pairwise
from typing import Any, NamedTuple
from xml.parsers import expat

from packager.source.lazy import lazy_pattern

DEEPEST = 256
NOT_WELL_FORMED = "xml"
_ENTITY = lazy_pattern(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|lt|gt|amp|quot|apos);")


class Problem(NamedTuple):
    """What is wrong with a text at an offset; `kind` says of what sort it is."""

    kind: str
    message: str
    offset: int


class Element(NamedTuple):
    """An element, how many are around it, and where its tag starts."""

    name: str
    depth: int
    offset: int


class Unescaped(NamedTuple):
    """A part of a text without escapes; `pairs` are places in it and the places in the whole where they come from."""

    text: str
    pairs: tuple[tuple[int, int], ...]

    def offset(self, inside: int) -> int:
        """The offset in the whole of a place in the part."""
        start, origin = self.pairs[bisect_right(self.pairs, (inside, 1 << 60)) - 1]
        return origin + inside - start


class _Refused(Exception):
    pass


def elements_of(text: str) -> tuple[list[Element], Problem | None]:
    """The elements of a text in their order, and why it is no XML that is accepted."""
    data = text.encode("utf-8", "surrogatepass")
    parser = expat.ParserCreate("utf-8")
    found: list[tuple[str, int, int]] = []
    state = {"depth": 0}

    def start(name: str, _: Any) -> None:
        if state["depth"] >= DEEPEST:
            raise _Refused(f"elements are nested deeper than {DEEPEST}")
        found.append((name, state["depth"], parser.CurrentByteIndex))
        state["depth"] += 1

    def end(_: str) -> None:
        state["depth"] -= 1

    def doctype(*_: Any) -> None:
        raise _Refused("a document type is not accepted; leave <!DOCTYPE> out")

    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = start, end, doctype
    problem = None
    try:
        parser.Parse(data, True)
    except _Refused as error:
        problem = Problem(NOT_WELL_FORMED, str(error), _characters(data, parser.CurrentByteIndex))
    except expat.ExpatError as error:
        words = expat.ErrorString(error.code)
        problem = Problem(
            NOT_WELL_FORMED, f"it is no well-formed XML: {words}", _characters(data, parser.ErrorByteIndex)
        )
    if problem is not None:
        return [], problem
    places = _every_in_characters(data, [offset for _, _, offset in found])
    return [Element(one[0], one[1], place) for one, place in zip(found, places, strict=True)], None


def _every_in_characters(data: bytes, offsets: list[int]) -> Iterator[int]:
    """Ascending offsets in UTF-8 as offsets in characters; what is between two of them is read once."""
    pieces = (data[start:end].decode("utf-8", "replace") for start, end in pairwise([0, *offsets]))
    return accumulate(map(len, pieces))


def _characters(data: bytes, offset: int) -> int:
    return len(data[: max(offset, 0)].decode("utf-8", "replace"))


def unescaped(text: str, start: int, end: int) -> Unescaped:
    """The part of a text from `start` to `end` with its escapes resolved."""
    parts: list[str] = []
    pairs = [(0, start)]
    length, last = 0, start
    for found in _ENTITY.finditer(text, start, end):
        parts += [text[last : found.start()], unescape(found.group())]
        length += found.start() - last + len(parts[-1])
        last = found.end()
        pairs.append((length, last))
    return Unescaped("".join([*parts, text[last:end]]), tuple(pairs))
