"""Comments that keep a finding out of the report, with the reason why: `// packager: ignore RULE-ID -- reason`.

A comment stands at the end of the line that it is about, or alone on the line above. In Jinja sources it is a Jinja
comment and never reaches the package; elsewhere it is a comment of the file's own language.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from packager.source.document import Document
from packager.source.lazy import lazy_pattern
from packager.source.span import LineIndex, Place

_MARK = lazy_pattern(r"packager:[ \t]*ignore(?![\w-])")
_REASON = lazy_pattern(r"--|—|–")  # a dash as it is typed, and as editors make it
_LONGEST = 2_000  # characters of one comment; what is longer is no suppression
_CLOSERS = {"{#": "#}", "{#-": "#}", "{#+": "#}", "/*": "*/", "<!--": "-->", "//": "\n", "#": "\n"}
_JINJA, _SLASHES, _HASH = ("{#", "{#-", "{#+"), ("//", "/*"), ("#",)
_TAGS = ("<!--",)
_JSON, _YAML, _XML = (".json", ".jsonc"), (".yaml", ".yml"), (".xml",)


class Suppression(NamedTuple):
    """A comment in `file` at `place` about the findings of `line`; `rules` are the names as they were written."""

    file: str
    place: Place
    line: int
    rules: tuple[str, ...]
    reason: str


class _Comment(NamedTuple):
    place: Place
    alone: bool
    words: str


def suppressions(document: Document) -> tuple[Suppression, ...]:
    """The suppression comments of a document, in order of lines; without any, the text is only searched for a word."""
    comments = tuple(_comments(document))
    alone = {comment.place.line: comment.place.end_line for comment in comments if comment.alone}
    return tuple(_read(document.name, comment, alone) for comment in comments)


def _read(file: str, comment: _Comment, alone: dict[int, int]) -> Suppression:
    """Of several comments that stand alone above each other, all are about the line below the last."""
    line = comment.place.line
    while line in alone:
        line = alone[line] + 1
    rules, *reason = _REASON.split(comment.words, maxsplit=1)
    names = tuple(name for name in re.split(r"[,\s]+", rules) if name)
    return Suppression(file, comment.place, line, names, " ".join("".join(reason).split()))


def _comments(document: Document) -> Iterator[_Comment]:
    text = document.text
    marks = list(_MARK.finditer(text))
    if not marks:
        return
    openers = _openers(document.name.lower())
    known = _comment_starts(document) if openers == _SLASHES else None
    for mark in marks:
        start, opener = _opener(text, mark.start(), openers)
        end = _end(text, mark.end(), _CLOSERS[opener]) if opener else None
        if end is not None and (known is None or start in known):
            words = text[mark.end() : end].removesuffix(_CLOSERS[opener]).rstrip()
            place = document.lines.place(start, end)
            yield _Comment(place, _is_alone(document.lines, place), words.removesuffix("-").removesuffix("+"))


def _openers(name: str) -> tuple[str, ...]:
    """How comments start in a file of that name; a source has the comments of Jinja and of what it renders to."""
    plain = name.removesuffix(".j2")
    kinds = ((_JSON, _SLASHES), (_YAML, _HASH), (_XML, _TAGS))
    own = next((found for endings, found in kinds if plain.endswith(endings)), (*_SLASHES, *_HASH))
    return own if plain == name else (*_JINJA, *own)


def _comment_starts(document: Document) -> frozenset[int]:
    """Where the comments of a JSON text start: its reader can tell them from texts that only look alike."""
    return frozenset(found.span.start for found in document.deviations if "comment" in found.kind)


def _opener(text: str, mark: int, openers: tuple[str, ...]) -> tuple[int, str]:
    """Where the comment starts that the mark is in, and the longest opener that fits; "" when there is none."""
    first = max(0, mark - 200)
    before = text[first:mark].rstrip()
    opener = max((one for one in openers if before.endswith(one)), key=len, default="")
    return first + len(before) - len(opener), opener


def _end(text: str, start: int, closer: str) -> int | None:
    """The end of the comment, with a closer that is no line break; None when it is not closed."""
    if closer == "\n":
        match = re.compile(r"[^\r\n]*").match(text, start, start + _LONGEST)
        return match.end() if match else None
    found = text.find(closer, start, start + _LONGEST)
    return found + len(closer) if found >= 0 else None


def _is_alone(lines: LineIndex, place: Place) -> bool:
    before = lines.line_text(place.line)[: place.column - 1]
    after = lines.line_text(place.end_line)[place.end_column - 1 :]
    return not before.strip() and not after.strip()
