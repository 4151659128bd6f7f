"""Where the values of a document are written: in its own file, or in the source that it was rendered from.

A source with Jinja in it is not JSON. There a member counts as found when its name stands once, with its very value, on
the line that the source map names; what Jinja makes is never found.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from packager.errors import PackagerError
from packager.source.document import ABSENT, Document
from packager.source.edits import AddMember, Edit, RemoveMember, SetValue
from packager.source.lexemes import Lexemes
from packager.source.sourcemap import Origin
from packager.source.span import LineIndex, Path, Span
from packager.source.splice import NotPlainError, TextEdit, adding, end_of_line, filling, replacing
from packager.source.tokens import string_value

_YAML = (".yaml", ".yml", ".yaml.j2", ".yml.j2")
# Texts that YAML takes for the same whether they are quoted or not.
_WORD = re.compile(r"[\w$][\w./:#$-]*+")


@dataclass(eq=False)
class SourceText:
    """A file as it is. `name` is as in findings: an entry of the package, or a path from the repository root."""

    name: str
    text: str
    templated: bool

    @cached_property
    def document(self) -> Document:
        """The text as JSON, which it may be also when it is rendered."""
        return Document.from_text(self.name, self.text, kind="json")

    @cached_property
    def lexemes(self) -> Lexemes:
        """The words of the text."""
        return Lexemes(self.text, templated=self.templated)

    @cached_property
    def _lines(self) -> LineIndex:
        return LineIndex(self.text)

    def line(self, number: int) -> Span:
        """The extent of a line, without its line break."""
        start = self._lines.start(number)
        return Span(start, end_of_line(self.text, start))


class Written(NamedTuple):
    """A value in a source, and the whole member when it is one: from its name to the end of the value."""

    value: Span
    member: Span


class Change(NamedTuple):
    """What an edit means for a source: `edits` of its text, or a member that is `removed` together with others.

    `claim` is the part of the text that nothing else may change at the same time.
    """

    source: str
    claim: Span
    edits: tuple[TextEdit, ...] = ()
    removed: Span | None = None


class Sources:
    """The files that documents are written in, each read once. `read` raises PackagerError when it cannot."""

    __slots__ = ("_read", "_texts")

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self._texts: dict[str, SourceText] = {}

    def text(self, name: str, *, templated: bool) -> SourceText:
        """The file called `name`. Raises NotPlainError when it is no file that can be edited."""
        if name not in self._texts:
            try:
                text = self._read(name).decode("utf-8")
            except (PackagerError, OSError, UnicodeDecodeError) as error:
                raise NotPlainError("the file cannot be read as UTF-8") from error
            self._texts[name] = SourceText(name, text, templated)
        return self._texts[name]

    def known(self, name: str) -> SourceText:
        """A file that was read before."""
        return self._texts[name]

    def change(self, document: Document, edit: Edit) -> Change:
        """The edit of a document as one of its source. Raises NotPlainError where it is not written plainly."""
        if isinstance(edit, AddMember):
            return self._addition(document, edit)
        if isinstance(edit, SetValue) and (change := self._yaml_change(document, edit)) is not None:
            return change
        source, found = self.find(document, edit.path)
        if isinstance(edit, RemoveMember):
            return Change(source.name, found.member, removed=found.member)
        return Change(source.name, found.value, tuple(replacing(found.value, edit.value)))

    def _yaml_change(self, document: Document, edit: SetValue) -> Change | None:
        """One word for another in a YAML source; None where it is none, or no word."""
        origin, old = document.origin(document.span(edit.path).start), document.at(edit.path)
        words = isinstance(old, str) and isinstance(edit.value, str) and _WORD.fullmatch(old)
        if origin is None or not origin.file.endswith(_YAML) or not words or not _WORD.fullmatch(edit.value):
            return None
        source = self.text(origin.file, templated=True)
        line = source.line(origin.line)
        found = [match for match in _WORD.finditer(source.text, line.start, line.end) if match.group() == old]
        if len(found) != 1:
            raise NotPlainError("the word does not stand there just once")
        claim = Span(*found[0].span())
        return Change(source.name, claim, (TextEdit(*claim, edit.value),))

    def _addition(self, document: Document, edit: AddMember) -> Change:
        holder = document.at(edit.path)
        if not isinstance(holder, dict) or edit.name in holder:
            raise NotPlainError("there is no object that lacks the member")
        if not holder:
            source, found = self.find(document, edit.path)
            return Change(source.name, found.value, tuple(filling(found.value.start, edit.name, edit.value)))
        behind = edit.after is not None and edit.after in holder
        anchor = edit.after if behind and edit.after is not None else next(iter(holder))
        source, found = self.find(document, (*edit.path, anchor))
        made = adding(source.lexemes, edit.name, edit.value, found.member, behind=behind)
        return Change(source.name, found.member, tuple(made))

    def find(self, document: Document, path: Path) -> tuple[SourceText, Written]:
        """The source and the place in it of the value at `path` of the document."""
        if document.at(path) is ABSENT:
            raise NotPlainError("the value is gone")
        if document.source_map is None:
            source = self.text(document.name, templated=False)
            return source, _in_document(source.document, path)
        origin = document.origin(document.span(path, key=_is_member(path)).start)
        if origin is None:
            raise NotPlainError("it is not known where the value is written")
        if origin.file.endswith((*_YAML, ".bicep")):
            raise NotPlainError(f"'{origin.file}' is no JSON source")
        source = self.text(origin.file, templated=origin.file.endswith(".j2"))
        return source, _as_whole(source, document, path, origin) or _on_line(source, document.at(path), path, origin)


def _is_member(path: Path) -> bool:
    return bool(path) and isinstance(path[-1], str)


def _in_document(document: Document, path: Path) -> Written:
    value = document.span(path)
    name = document.span(path, key=True) if _is_member(path) else value
    return Written(value, Span(name.start, value.end))


def _as_whole(source: SourceText, document: Document, path: Path, origin: Origin) -> Written | None:
    """The place in a source that is JSON as it stands and has the same value at the same path and line."""
    whole = source.document
    if whole.problem is not None or whole.at(path) != document.at(path):
        return None
    return _in_document(whole, path) if whole.place(path, key=_is_member(path)).line == origin.line else None


def _on_line(source: SourceText, value: Any, path: Path, origin: Origin) -> Written:
    """The only place on the line of the source where the value is written as it is."""
    lexemes = source.lexemes
    first, stop = map(lexemes.first_from, source.line(origin.line))
    found = [one for number in range(first, stop) if (one := _starting(lexemes, number, value, path)) is not None]
    if len(found) != 1:
        reason = "stands there more than once" if found else "is not written there as it is"
        raise NotPlainError(f"the value {reason}")
    return found[0]


def _starting(lexemes: Lexemes, number: int, value: Any, path: Path) -> Written | None:
    """The member or value that starts with that lexeme, when it is the one that is looked for."""
    start = number
    if _is_member(path):
        if lexemes.kind(number) != "string" or string_value(_written(lexemes, number, number)) != path[-1]:
            return None
        if lexemes.kind(lexemes.after(number)) != ":":
            return None
        number = lexemes.after(lexemes.after(number))
    last = lexemes.value_end(number)
    if last is None or not _says(_written(lexemes, number, last), value):
        return None
    end = lexemes.ends[last]
    return Written(Span(lexemes.starts[number], end), Span(lexemes.starts[start], end))


def _written(lexemes: Lexemes, first: int, last: int) -> str:
    return lexemes.text[lexemes.starts[first] : lexemes.ends[last]]


def _says(text: str, value: Any) -> bool:
    read = Document.from_text("", text, kind="json")
    return read.problem is None and read.value == value
