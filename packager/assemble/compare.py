"""Two zips compared: entry by entry, then what is about the archive itself. Each difference is one sentence."""

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

from packager.assemble.layout import layout_differences, read_layout
from packager.bundle.model import Bundle, Entry
from packager.bundle.zipped import open_zip
from packager.errors import PackagerError, RefusedError, UsageError

_SHOWN = 60


def digest(path: Path) -> str:
    """SHA-256 of a file in hexadecimal digits. Raises UsageError when it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UsageError(f"'{path}' cannot be read: {error.strerror}") from error


def differences(archive: Path, wanted: Path, other: str) -> Iterator[str]:
    """What is different in `archive` from `wanted`, which is called `other`; nothing when the bytes are the same."""
    if digest(archive) == digest(wanted):
        return
    found, expected = opened(archive), opened(wanted)
    said = list(_entry_differences(found, expected, other))
    said += layout_differences(read_layout(archive), read_layout(wanted), other)
    yield from said or [f"the bytes between the entries are not those of {other}"]


def opened(path: Path) -> Bundle:
    """The entries of a zip. Raises RefusedError when it is none, or none that holds a package."""
    bundle = open_zip(str(path))
    whole = next((problem for problem in bundle.problems if not problem.name), None)
    if whole is not None:
        raise RefusedError(whole.message, where=str(path))
    return bundle


def name_differences(found: Bundle, expected: frozenset[str], other: str) -> Iterator[str]:
    """Names that one side alone has, and entries that nobody should unpack."""
    known = found.entries.keys() | {problem.name for problem in found.problems}
    for name in sorted(expected - known):
        yield f"'{name}' is missing"
    for name in sorted(known - expected):
        yield f"'{name}' is not in {other}"
    for problem in found.problems:
        yield problem.message


def _entry_differences(found: Bundle, expected: Bundle, other: str) -> Iterator[str]:
    yield from name_differences(found, frozenset(expected.entries), other)
    for name in sorted(found.entries.keys() & expected.entries.keys()):
        yield from _content_difference(found.entries[name], expected.entries[name], other)


def _content_difference(found: Entry, expected: Entry, other: str) -> Iterator[str]:
    try:
        data = found.read()
    except PackagerError as error:
        yield error.message
        return
    wanted = expected.read()
    if data != wanted:
        yield f"'{found.name}' differs from {other}: {_where(data, wanted)}"


def _where(data: bytes, wanted: bytes) -> str:
    """The first line that differs in texts; in other files the sizes, or the first byte where those are the same."""
    try:
        lines, others = data.decode("utf-8").split("\n"), wanted.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        if len(data) != len(wanted):
            return f"{_bytes(data)} instead of {_bytes(wanted)}"
        return f"byte {_same(data, wanted) + 1} is the first other one"
    pairs = enumerate(itertools.zip_longest(lines, others), 1)
    number, (line, other) = next((number, pair) for number, pair in pairs if pair[0] != pair[1])
    if line is not None and other is not None and line.strip() == other.strip():
        return f"line {number} {'is indented otherwise' if line.rstrip() != other.rstrip() else 'ends in other blanks'}"
    return f"line {number} is {_shown(line, other)} instead of {_shown(other, line)}"


def _bytes(data: bytes) -> str:
    return f"{len(data):,} byte{'' if len(data) == 1 else 's'}"


def _same(one: Sequence[object], other: Sequence[object]) -> int:
    """How many characters or bytes at the beginning are the same."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _shown(line: str | None, beside: str | None) -> str:
    """A line without its indentation; of a long one the part around the first character that differs."""
    if line is None:
        return "missing"
    text = line.strip()
    if len(text) <= _SHOWN:
        return f"'{text}'"
    start = max(min(_same(text, (beside or "").strip()) - 20, len(text) - _SHOWN), 0)
    end = start + _SHOWN
    return f"'{'...' if start else ''}{text[start:end]}{'...' if end < len(text) else ''}'"
