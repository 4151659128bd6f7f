"""Formatting-preserving edits of JSON text: what has to be replaced so that a member comes, goes or gets a value.

Only the text that the change is about is touched. A member that goes takes its comma and, where it stands alone there,
its line with it, also the comment behind it on that line; comments on lines of their own stay.
"""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from packager.source.lazy import lazy_pattern
from packager.source.lexemes import Lexemes
from packager.source.span import Span

_LINE_END = lazy_pattern(r"\r\n|\n|\r")
_INDENT = lazy_pattern(r"[ \t]*")


class TextEdit(NamedTuple):
    """Replace `[start, end)` of a text by `text`."""

    start: int
    end: int
    text: str


class NotPlainError(Exception):
    """The text around a place is not plain JSON, so that nothing can be changed there; says why."""


def spliced(text: str, edits: Iterable[TextEdit]) -> str:
    """`text` with the edits made. Raises ValueError where two of them overlap."""
    parts, position = [], 0
    for edit in sorted(set(edits)):
        if edit.start < position:
            raise ValueError(f"edits overlap at offset {edit.start}")
        parts += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join((*parts, text[position:]))


def as_json(value: Any) -> str:
    """A value on one line."""
    return json.dumps(value, ensure_ascii=False)


def replacing(value: Span, new: Any) -> list[TextEdit]:
    """Edits that write `new` where the value at `value` stands."""
    return [TextEdit(value.start, value.end, as_json(new))]


def removing(lexemes: Lexemes, members: Iterable[Span]) -> list[TextEdit]:
    """Edits that take members out together; each spans from its name to the end of its value.

    Raises NotPlainError where a neighbour is no plain comma or brace, but Jinja.
    """
    gone = sorted(set(members))
    followed: dict[int, bool] = {}
    for member in reversed(gone):
        followed[lexemes.first_from(member.start)] = _is_followed(lexemes, member, followed)
    edits: list[TextEdit] = []
    commas: dict[int, list[TextEdit]] = {}
    for member in gone:
        first, last = lexemes.first_from(member.start), lexemes.first_from(member.end) - 1
        comma = lexemes.after(last)
        end = lexemes.ends[comma] if lexemes.kind(comma) == "," else member.end
        edits.append(_with_line(lexemes, member.start, end))
        if not followed[first]:
            commas[last] = _comma_before(lexemes, first, commas)
            edits += commas[last]
    return sorted(set(edits))


def _is_followed(lexemes: Lexemes, member: Span, followed: dict[int, bool]) -> bool:
    """Whether a member that stays comes behind; `followed` tells it of later members that go, by first lexeme."""
    following = lexemes.after(lexemes.first_from(member.end) - 1)
    if lexemes.kind(following) == "}":
        return False
    if lexemes.kind(following) != ",":
        raise NotPlainError("what follows the member is not plain JSON")
    number = lexemes.after(following)
    return lexemes.kind(number) != "}" and followed.get(number, True)


def _comma_before(lexemes: Lexemes, first: int, commas: dict[int, list[TextEdit]]) -> list[TextEdit]:
    """The comma behind the last member that stays, which would lead nowhere; `commas` has that of earlier members."""
    number = lexemes.before(first)
    if lexemes.kind(number) == "{":
        return []
    if lexemes.kind(number) != ",":
        raise NotPlainError("what stands before the member is not plain JSON")
    known = commas.get(lexemes.before(number))
    return known if known is not None else [_comma_with_blanks(lexemes, number)]


def _comma_with_blanks(lexemes: Lexemes, comma: int) -> TextEdit:
    start, end = lexemes.starts[comma], lexemes.ends[comma]
    following = lexemes.starts[comma + 1]
    on_line = lexemes.kind(comma + 1) != "comment" and not lexemes.text[end:following].strip(" \t")
    return TextEdit(start, following if on_line else end, "")


def _with_line(lexemes: Lexemes, start: int, end: int) -> TextEdit:
    """`[start, end)` with the whole of its lines when nothing else but a comment behind it stands there."""
    text = lexemes.text
    line = start_of_line(text, start)
    rest = lexemes.first_from(end)
    stop = end_of_line(text, end)
    rest_end = lexemes.ends[rest] if lexemes.kind(rest) == "comment" and lexemes.ends[rest] <= stop else end
    if text[line:start].strip() or text[rest_end:stop].strip():
        # The blank behind its comma goes with it, so that no two are left.
        blank = text[end - 1] == "," and text[end : end + 1] == " "
        return TextEdit(start, end + blank, "")
    newline = _LINE_END.match(text, stop)
    return TextEdit(line, newline.end() if newline else stop, "")


def adding(lexemes: Lexemes, name: str, value: Any, anchor: Span, *, behind: bool) -> list[TextEdit]:
    """Edits that put a member behind or in front of the member at `anchor` (from its name to its value's end)."""
    text, member = lexemes.text, f"{as_json(name)}: {as_json(value)}"
    line = start_of_line(text, anchor.start)
    alone = not text[line : anchor.start].strip()
    separator = newline_of(text) + text[line : anchor.start] if alone else " "
    if not behind:
        return [TextEdit(anchor.start, anchor.start, f"{member},{separator}")]
    following = lexemes.first_from(anchor.end)
    stop = end_of_line(text, anchor.end)
    if not alone or not _ends_line(lexemes, following, stop):
        return [TextEdit(anchor.end, anchor.end, f",{separator}{member}")]
    if lexemes.kind(lexemes.after(following - 1)) == ",":
        if lexemes.starts[lexemes.after(following - 1)] > stop:
            return [TextEdit(anchor.end, anchor.end, f",{separator}{member}")]
        return [TextEdit(stop, stop, f"{separator}{member},")]
    if stop == anchor.end:
        return [TextEdit(stop, stop, f",{separator}{member}")]
    return [TextEdit(anchor.end, anchor.end, ","), TextEdit(stop, stop, f"{separator}{member}")]


def _ends_line(lexemes: Lexemes, number: int, stop: int) -> bool:
    """Whether from lexeme `number` on only a comma and comments that end there stand before offset `stop`."""
    while number < len(lexemes.kinds) and lexemes.starts[number] < stop:
        if lexemes.kinds[number] not in {",", "comment"} or lexemes.ends[number] > stop:
            return False
        number += 1
    return True


def filling(opening: int, name: str, value: Any) -> list[TextEdit]:
    """Edits that give the empty object that opens at `opening` its first member."""
    return [TextEdit(opening + 1, opening + 1, f"{as_json(name)}: {as_json(value)}")]


def start_of_line(text: str, offset: int) -> int:
    """Where the line of `offset` starts."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def end_of_line(text: str, offset: int) -> int:
    """Where the line of `offset` ends, before its line break."""
    found = _LINE_END.search(text, offset)
    return found.start() if found else len(text)


def newline_of(text: str) -> str:
    """The first line break of a text; that of Unix when there is none."""
    found = _LINE_END.search(text)
    return found.group() if found else "\n"
