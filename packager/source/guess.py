"""What a JSON syntax error says: what was expected, what stands there, and the mistake that most often leads to it.

Each function answers message, span and hint for one way in which reading fails.
"""

import re

from packager.source.layout import NO_NAME, Layout
from packager.source.lazy import lazy_pattern
from packager.source.span import LineIndex, Span

Explained = tuple[str, Span, str | None]

_CLOSERS = {"{": "}", "[": "]"}
_KINDS = {"{": "object", "[": "list"}
_WORD = lazy_pattern(r"[\w$+.-]+")
_NAMES = {
    "\t": "a tab",
    "\n": "a line break",
    "\r": "a line break",
    "\0": "a NUL character",
    "\xa0": "a no-break space",
}
_SPELLINGS = {"none": "null", "nil": "null", "true": "true", "false": "false", "null": "null"}
_TYPOGRAPHIC = "\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb`\u00b4"
_LINE_START = lazy_pattern(r"[ \t]*")


def nothing(text: str, end: int) -> Explained:
    """There is no value at all."""
    empty = not text.strip("\ufeff \t\r\n")
    message = "the file is empty" if empty else "the file has comments, but no JSON value"
    return message, Span(end, end), "a JSON file needs at least {} in it"


def trailing(text: str, position: int) -> Explained:
    """Something follows the whole value."""
    message = f"expected the end of the file after the JSON value, found {found(text, position)}"
    hint = None
    if text[position] in "{[":
        hint = "there are two JSON values in the file; keep one of them, or put both into a list"
    elif text[position] in "}]":
        hint = f"there is one '{text[position]}' too many"
    elif text[position] == ",":
        hint = "a bracket may be closed too early"
    return message, Span(position, position + 1), hint or _about_character(text[position])


def no_separator(layout: Layout, opened: list[int], value_end: int, position: int) -> Explained:
    """Neither comma nor closer follows an item; `value_end` is where the item ends."""
    text = layout.text
    if position == len(text):
        return unclosed(layout, opened)
    closer = _CLOSERS[text[layout.starts[opened[-1]]]]
    message = f"expected ',' or '{closer}' after {_last_item(layout, opened)}, found {found(text, position)}"
    if hint := _swallowed_line(layout, value_end) or _about_character(text[position]):
        return message, Span(position, position + 1), hint
    if text[position] == ":":
        return message, Span(position, position + 1), "a name with a value belongs in an object; a brace may be missing"
    if text[position] in ";=&|":
        return message, Span(position, position + 1), "write ',' between items"
    return message, Span(value_end, value_end), f"a comma is missing at the end of line {_line(text, value_end)}"


def wrong_closer(layout: Layout, opened: list[int], position: int) -> Explained:
    """A bracket closes what it did not open."""
    text, start = layout.text, layout.starts[opened[-1]]
    place = LineIndex(text).place(start, start)
    opener = text[start]
    message = (
        f"expected '{_CLOSERS[opener]}' to close the {_KINDS[opener]} opened at line {place.line}, "
        f"column {place.column}, found '{text[position]}'"
    )
    return message, Span(position, position + 1), _misplaced_closer(layout)


def unclosed(layout: Layout, opened: list[int]) -> Explained:
    """The text ends inside a container."""
    text = layout.text
    start, end = layout.starts[opened[-1]], len(text.rstrip())
    place = LineIndex(text).place(start, start)
    closer = _CLOSERS[text[start]]
    message = (
        f"expected '{closer}', found the end of the file: the {_KINDS[text[start]]} opened at line {place.line}, "
        f"column {place.column} is not closed"
    )
    return message, Span(end, end), _misplaced_closer(layout) or f"add '{closer}', or see whether the file was cut off"


def no_name(layout: Layout, opened: list[int], position: int) -> Explained:
    """No property name where an object needs one."""
    text = layout.text
    if position == len(text):
        return unclosed(layout, opened)
    message = f"expected a property name in double quotes or '}}', found {found(text, position)}"
    hint = _about_character(text[position])
    if text[position] == ",":
        hint = "there is one comma too many"
    elif text[position] in "{[":
        hint = "in an object every value needs a name; a list is written in '[' and ']'"
    return message, Span(position, position + 1), hint


def no_colon(text: str, name_end: int, position: int) -> Explained:
    """No colon behind a property name."""
    message = f"expected ':' after the property name, found {found(text, position)}"
    hint = "the property has no value"
    if position < len(text) and text[position] not in ",}":
        hint = _about_character(text[position]) or "write ':' between a name and its value"
    return message, Span(name_end, name_end) if position == len(text) else Span(position, position + 1), hint


def no_value(layout: Layout, opened: list[int], position: int) -> Explained:
    """No value where one must be."""
    text = layout.text
    if position == len(text) and opened:
        return unclosed(layout, opened)
    word = _WORD.match(text, position)
    message = f"expected a value, found {found(text, position)}"
    end = word.end() if word else position + 1
    return message, Span(position, end), _about_value(text, position, word[0] if word else "")


def _about_value(text: str, position: int, word: str) -> str | None:
    if right := _SPELLINGS.get(word.lower()):
        return f"JSON writes it {right}, in lower case"
    if word.startswith("+"):
        return "JSON numbers have no plus sign"
    if text[position : position + 1] in {"}", "]"}:
        return "the property before it has no value"
    if word:
        return "text stands in double quotes"
    return _about_character(text[position : position + 1])


def unclosed_string(text: str, position: int) -> Explained:
    """A quote that opens a string has no partner."""
    line_end = re.compile(r"[\r\n]|\Z").search(text, position)
    end = line_end.start() if line_end else len(text)
    message = f"expected {text[position]} at the end of the text that starts here, found the end of the file"
    return message, Span(position, end), "add the closing quote"


def bad_escape(written: str, span: Span) -> Explained:
    """A backslash before something that is no escape."""
    if written == "\\u":
        return "expected four hexadecimal digits after \\u", span, "write \\\\u for a backslash and a u"
    shown = written if written[1].isprintable() else f"\\ and {character(written[1])}"
    return f"a text has the unknown escape {shown}", span, "write \\\\ for a backslash"


def bad_number(written: str, span: Span) -> Explained:
    """A number that nobody can read."""
    shown = written if len(written) <= 40 else written[:40] + "..."
    return f"expected a number, found '{shown}'", span, "a text that starts like a number needs double quotes"


def bad_comment(text: str, position: int) -> Explained:
    """A slash that starts no comment, or a comment without an end."""
    if text.startswith("/*", position):
        return "expected '*/' at the end of this comment, found the end of the file", Span(position, position + 2), None
    return (
        f"expected a value, found {found(text, position)}",
        Span(position, position + 1),
        "comments start with // or /*",
    )


def found(text: str, position: int) -> str:
    """What stands at `position`, in words."""
    if position >= len(text):
        return "the end of the file"
    word = _WORD.match(text, position)
    if word is None:
        return character(text[position])
    return f"'{word[0]}'" if len(word[0]) <= 30 else f"'{word[0][:30]}...'"


def character(letter: str) -> str:
    """A character in words: in quotes, with its number when it is hard to see or to type."""
    if letter in _NAMES:
        return _NAMES[letter]
    if letter.isascii() and letter.isprintable():
        return f"'{letter}'"
    return f"'{letter}' (U+{ord(letter):04X})" if letter.isprintable() else f"the character U+{ord(letter):04X}"


def _about_character(letter: str) -> str | None:
    if letter and letter in _TYPOGRAPHIC:
        return 'use the plain quotation mark "'
    if letter == "#":
        return "JSON has no # comments; write // where comments are allowed at all"
    if letter in {"\ufeff", "\u200b", "\u2060", "\u200e", "\u200f"}:
        return "delete the invisible character"
    return None


def _last_item(layout: Layout, opened: list[int]) -> str:
    """The item that was just read in the innermost open container."""
    last, after = opened[-1], opened[-1] + 1
    while after < len(layout.starts):
        last, after = after, layout.past[after]
    start = layout.name_starts[last]
    if start == NO_NAME:
        return "the element"
    written = layout.text[start : layout.name_ends[last]]
    return f"the value of {written if len(written) <= 60 else written[:60] + '...'}"


def _swallowed_line(layout: Layout, value_end: int) -> str | None:
    last = len(layout.starts) - 1
    start, end = layout.starts[last], layout.ends[last]
    if end != value_end or layout.text[start : start + 1] not in {'"', "'"}:
        return None
    if not any(mark in layout.text[start:end] for mark in "\r\n"):
        return None
    line = _line(layout.text, start)
    return f"the text that starts at line {line} runs over a line break; its closing quote may be missing"


def _misplaced_closer(layout: Layout) -> str | None:
    """Points at the first bracket pair that indentation says do not belong together."""
    text, lines = layout.text, LineIndex(layout.text)
    containers = [node for node, start in enumerate(layout.starts) if text[start : start + 1] in _CLOSERS]
    for node in sorted(containers, key=lambda node: layout.ends[node]):
        closer = layout.ends[node] - 1
        place = lines.place(layout.starts[node], closer)
        opener_indent = _indent(text, lines.start(place.line))
        closer_indent = _indent(text, lines.start(place.end_line))
        stands_first = lines.start(place.end_line) + len(closer_indent) == closer
        if place.line != place.end_line and stands_first and opener_indent != closer_indent:
            opener = text[layout.starts[node]]
            return (
                f"the '{opener}' at line {place.line} is probably the one that is not closed: "
                f"the '{_CLOSERS[opener]}' at line {place.end_line} has another indentation"
            )
    return None


def _indent(text: str, line_start: int) -> str:
    match = _LINE_START.match(text, line_start)
    return match[0] if match else ""


def _line(text: str, offset: int) -> int:
    return LineIndex(text).place(offset, offset).line
