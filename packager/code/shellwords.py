"""The commands of a shell script and their words, as far as quotes, substitutions and here-documents go.

This is no shell: it knows neither which command runs nor what a value is, only where words are and what they name.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from packager.code.script import MOST_CHARACTERS
from packager.source.lazy import lazy_pattern

DEEPEST = 40
_BLANKS = lazy_pattern(r"(?:[ \t]|\\\r?\n)*")
_PLAIN = lazy_pattern(r"[^\s\\'\"$`;&|()<>]+")
_OPERATOR = lazy_pattern(r"<<<|<<-?|&>>?|[<>]&|>>|<>|>\||[<>]|&&|\|\||;;&?|;&|\|&|[;&|()\n]|\s")
_REDIRECTIONS = frozenset({"<<<", "&>", "&>>", "<&", ">&", ">>", "<>", ">|", "<", ">"})
_DOUBLE_END = lazy_pattern(r"[\"\\$`]")
_BRACE_END = lazy_pattern(r"[}\\'\"$`]")
_BRACE_IN_DOUBLE_END = lazy_pattern(r"[}\\\"$`]")
_ANSI_END = lazy_pattern(r"['\\]")
_BACKTICK_END = lazy_pattern(r"[`\\]")
_PARENTHESIS = lazy_pattern(r"[()\\'\"$`]")
_ASSIGNMENT = lazy_pattern(r"[A-Za-z_]\w{0,200}(?:\[[^\]\n]{0,200}\])?\+?=")
_VALUE = lazy_pattern(
    r"\$(?:(?P<plain>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)(?:\}|:[-=?]|[-=?%#/^,@\[]|:(?=[\w$ ])))"
)
_OTHER = lazy_pattern(r"\$(?:[0-9@*(]|\{[0-9!@*])")
_KEYWORDS = frozenset({"if", "then", "else", "elif", "do", "while", "until", "!", "time", "{", "}", "done", "fi"})


class Word(NamedTuple):
    """A word as it is written, quotes and all, at `start` of the script."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.start + len(self.text)

    @property
    def plain(self) -> str:
        """The word without quotes; what is expanded stays as it is written."""
        return re.sub(r"\\\n|[\"'\\]", "", self.text)

    @property
    def is_expanded(self) -> bool:
        """Whether a part of the word is only known while the script runs."""
        return any(True for _ in self._expansions())

    def values(self) -> Iterator[str]:
        """The names of the variables whose values become a part of the word, without those in substitutions."""
        return (name for name in self._expansions() if name)

    def _expansions(self) -> Iterator[str]:
        """The names of variables; an empty one for anything else that is expanded."""
        reader, position, double = _Reader(self.text), 0, False
        while found := _DOUBLE_END.search(self.text, position) if double else _WORD_PART.search(self.text, position):
            position, mark = found.start(), found.group()
            value = _VALUE.match(self.text, position)
            if value is not None:
                yield value["plain"] or value["braced"]
                position = value.end()
            elif mark == '"':
                double, position = not double, position + 1
            elif mark == "\\":
                position += 2
            else:
                if mark == "`" or _OTHER.match(self.text, position):
                    yield ""
                position = reader.quoted(position, 0)


class Command(NamedTuple):
    """A simple command: assignments, then its name and arguments; `feeds` is the number of the one behind a pipe."""

    assignments: tuple[Word, ...]
    words: tuple[Word, ...]
    feeds: int | None = None

    @property
    def name(self) -> str:
        """The name of the program without its folder; empty where there are assignments only."""
        return self.words[0].plain.rpartition("/")[2] if self.words else ""


@lru_cache(maxsize=2048)
def commands(text: str) -> tuple[Command, ...]:
    """The simple commands of a script, also those in substitutions, in the order in which they end.

    A script of more than MOST_CHARACTERS is not read, which script-syntax says.
    """
    if len(text) > MOST_CHARACTERS:
        return ()
    reader = _Reader(text)
    reader.read(0, 0)
    return tuple(reader.commands)


_WORD_PART = lazy_pattern(r"[\"'\\$`]")


class _Reader:
    """Goes through a text once; `commands` is what was found so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.commands: list[Command] = []
        self._documents: list[tuple[str, bool]] = []

    def read(self, position: int, depth: int, closer: str = "") -> int:
        """Take commands from `position` to the end of the text, or behind the `closer` of a substitution."""
        words: list[Word] = []
        feeder: int | None = None
        cases = opened = 0
        while (position := self._blanks(position)) < len(self.text):
            operator = _OPERATOR.match(self.text, position)
            if operator is None:
                start, position = position, self._word_or_comment(position, depth)
                if self.text[start] != "#":
                    words.append(Word(self.text[start:position], start))
                continue
            mark, position = operator.group(), operator.end()
            if mark in {"<<", "<<-"}:
                position = self._document(position, strip=mark == "<<-")
            elif mark in _REDIRECTIONS:
                position = self._redirected(position, words, depth)
            elif mark == "(" and not words and self.text.startswith("(", position):
                position = self._arithmetic(position + 1, depth)
            else:
                first = words[0].text if words else ""
                cases = max(cases + (first == "case") - (first == "esac"), 0)
                if mark == ")" and not opened and not cases and closer:
                    self._add(words, feeder)
                    return position
                opened = max(opened + (mark == "(") - (mark == ")"), 0)
                if words:
                    added = self._add(words, feeder)
                    feeder, words = (added if mark in {"|", "|&"} else None), []
                if mark == "\n":
                    position = self._bodies(position)
        self._add(words, feeder)
        return position

    def _add(self, words: list[Word], feeder: int | None) -> int | None:
        """Keep a command, linked from the one that feeds it; its number."""
        start = next((at for at, word in enumerate(words) if word.text not in _KEYWORDS), len(words))
        if start == len(words):
            return None
        words = words[start:]
        count = next((at for at, word in enumerate(words) if not _ASSIGNMENT.match(word.text)), len(words))
        self.commands.append(Command(tuple(words[:count]), tuple(words[count:])))
        number = len(self.commands) - 1
        if feeder is not None:
            self.commands[feeder] = self.commands[feeder]._replace(feeds=number)
        return number

    def _blanks(self, position: int) -> int:
        found = _BLANKS.match(self.text, position)
        return found.end() if found is not None else position

    def _line_end(self, position: int) -> int:
        end = self.text.find("\n", position)
        return len(self.text) if end < 0 else end

    def _redirected(self, position: int, words: list[Word], depth: int) -> int:
        """Step over what a redirection names, and take back the number of a file in front of it."""
        if words and words[-1].text.isdigit() and self.text[words[-1].end : words[-1].end + 1] in {"<", ">"}:
            words.pop()
        position = self._blanks(position)
        is_word = position < len(self.text) and _OPERATOR.match(self.text, position) is None
        return self._word_or_comment(position, depth) if is_word else position

    def _document(self, position: int, *, strip: bool) -> int:
        start = self._blanks(position)
        end = self._word_or_comment(start, 0) if start < len(self.text) else start
        self._documents.append((Word(self.text[start:end], start).plain, strip))
        return end

    def _bodies(self, position: int) -> int:
        """The offset behind the here-documents that start on the line before."""
        for delimiter, strip in self._documents:
            while position < len(self.text):
                end = self._line_end(position)
                line = self.text[position:end].rstrip("\r")
                position = min(end + 1, len(self.text))
                if (line.lstrip("\t") if strip else line) == delimiter:
                    break
        self._documents = []
        return position

    def _word_or_comment(self, position: int, depth: int) -> int:
        """The offset behind the word or comment at `position`; at least one character is taken."""
        start, text = position, self.text
        if text[start] == "#":
            return self._line_end(start)
        while position < len(text):
            plain = _PLAIN.match(text, position)
            if plain is not None:
                position = plain.end()
            elif text[position] == "\\":
                position += 2
            elif text[position] in "'\"$`":
                position = self.quoted(position, depth)
            else:
                break
        return max(min(position, len(text)), start + 1)

    def quoted(self, position: int, depth: int, *, double: bool = False) -> int:
        """The offset behind a quoted part, an expansion or a substitution; `double` tells that quotes are around it."""
        text, two = self.text, self.text[position : position + 2]
        if depth >= DEEPEST:
            return len(text)  # nobody reads what is nested that deep
        if two == "$(":
            is_number = text.startswith("(", position + 2)
            return self._arithmetic(position + 3, depth) if is_number else self._substitution(position + 2, depth)
        if two == "${":
            return self._until(_BRACE_IN_DOUBLE_END if double else _BRACE_END, "}", position + 2, depth)
        if two == "$'" and not double:
            return self._until(_ANSI_END, "'", position + 2, depth)
        if text[position] == '"':
            return self._until(_DOUBLE_END, '"', position + 1, depth)
        if text[position] == "`":
            return self._until(_BACKTICK_END, "`", position + 1, depth)
        if text[position] == "'":
            end = text.find("'", position + 1)
            return len(text) if end < 0 else end + 1
        return position + 1

    def _substitution(self, position: int, depth: int) -> int:
        documents, self._documents = self._documents, []
        end = self.read(position, depth + 1, ")")
        self._documents = documents
        return end

    def _until(self, pattern: re.Pattern[str], closer: str, position: int, depth: int) -> int:
        """The offset behind a closer, past whatever is quoted or substituted before it."""
        while (found := pattern.search(self.text, position)) is not None:
            if found.group() == closer:
                return found.end()
            is_escape = found.group() == "\\"
            position = found.end() + 1 if is_escape else self.quoted(found.start(), depth + 1, double=closer == '"')
        return len(self.text)

    def _arithmetic(self, position: int, depth: int) -> int:
        """The offset behind `))`, which closes the `((` before `position`."""
        opened = 2
        while opened and (found := _PARENTHESIS.search(self.text, position)) is not None:
            mark, position = found.group(), found.end()
            opened += (mark == "(") - (mark == ")")
            if mark == "\\":
                position += 1
            elif mark not in "()":
                position = self.quoted(found.start(), depth + 1)
        return position if not opened else len(self.text)
