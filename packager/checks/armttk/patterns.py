"""arm-ttk's text patterns: references, calls and expressions as it finds them in raw text. All ignore case."""

import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from packager.checks.armttk.caseless import CaselessText
from packager.checks.armttk.powershell import Pattern, get, has, text_of
from packager.source.lazy import lazy_pattern
from packager.source.span import Span

_PARAMETER = r"parameters\s*\(\s*'([^'\n]+)'\s*\)"
_VARIABLE = r"variables\s?\(\s*'([^'\n]+)'\s*\)"
PARAMETER = lazy_pattern(_PARAMETER, re.IGNORECASE)
VARIABLE = lazy_pattern(_VARIABLE, re.IGNORECASE)
# The same for a text in lower case.
LOWER_PARAMETER = lazy_pattern(_PARAMETER)
LOWER_VARIABLE = lazy_pattern(_VARIABLE)
LIST_FUNCTION = lazy_pattern(r"[\[(,]\s*list\w*\s*\(", re.IGNORECASE)
API_VERSION = lazy_pattern(r"\d{4}-\d\d-\d\d(?:-\w+)?")
_PLAIN_NAME = lazy_pattern(r"[\w\-/:@%&=~,;!<> ]+")
_QUANTIFIER = lazy_pattern(r"[*+{?]")
_TAIL = lazy_pattern(r"(?:\[\d+\])?(?:\.[^.\[\]\s]+(?:\[\d+\])?)*\]")
_SPACE = lazy_pattern(r"\s")
_PARENTHESIS = lazy_pattern(r"[()]")


class BadPatternError(ValueError):
    """A name that cannot stand in a pattern: arm-ttk ends with an exception there, which fails the check."""


class PatternInputError(ValueError):
    """What a pattern cannot be applied to: arm-ttk ends with an exception there, which fails the check."""


# Members that PowerShell takes for arguments of the function behind a pattern.
_TAKEN = ("expression", "pattern", "startAt", "input")


def pattern_texts(value: Any) -> Iterator[str]:
    """The texts that a pattern is applied to: those of a list's elements, of an object its `value` or its text.

    Raises PatternInputError for an empty text, null, and an object with a member that is taken for an argument.
    """
    if isinstance(value, list):
        for item in value:
            yield from pattern_texts(item)
        return
    if isinstance(value, dict):
        if any(has(value, name) for name in _TAKEN):
            raise PatternInputError("RegEx.No.Override")
        inner = get(value, "value")
        value = inner if isinstance(inner, str) else value
    text = text_of(value)
    if not text or value == {}:
        raise PatternInputError("the text is empty")
    yield text


def is_plain_name(name: str) -> bool:
    """Whether a pattern made of the name finds exactly that name, white space apart."""
    return _PLAIN_NAME.fullmatch(name) is not None


@lru_cache(maxsize=4096)
def bare_parameter_pattern(name: str) -> Pattern:
    """The references to one parameter, where its name stands in the pattern as it is: white space in it is ignored.

    Raises BadPatternError where that is no valid pattern.
    """
    return _named_pattern(r"parameters\s*\(\s*'(?:", name, "\n)'\\s*\\)", name)


@lru_cache(maxsize=4096)
def parameter_name_pattern(name: str) -> Pattern:
    """The names that a reference to the parameter may have: arm-ttk takes it for a pattern, in free-spacing mode.

    Raises BadPatternError where it is no valid one. To search a whole text for one name after the other would take time
    that grows with both: `SourceText` keeps an index of references, and the names in it are matched.
    """
    return _named_pattern("(?:", re.sub(r"\s", r"\\s", name), "\n)", name)


@lru_cache(maxsize=4096)
def variable_name_pattern(name: str) -> Pattern:
    """The same for a variable; of its name only `#` and `$` are escaped."""
    return _named_pattern("(?:", re.sub(r"([#$])", r"\\\1", re.sub(r"\s", r"\\s", name)), "\n)", name)


def _named_pattern(before: str, inside: str, after: str, name: str) -> Pattern:
    repeats = len(_QUANTIFIER.findall(name))
    if repeats > 1 or (repeats and "(" in name):
        # Repeats of repeats or of alternatives could run for ever; such a name is taken literally, not as a pattern.
        inside = re.escape(name)
    if _PLAIN_NAME.fullmatch(name):
        return re.compile(before + inside.replace(" ", r"\ ") + after.lstrip(), re.IGNORECASE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # `[[` means a bracket to .NET, and to Python so far
            return re.compile(before + inside + after, re.IGNORECASE | re.VERBOSE)
    except re.error as error:
        raise BadPatternError(name) from error


class FunctionCall(NamedTuple):
    """A call found in text: `[start, end)` with its name, and the text from `(` to `)`."""

    start: int
    end: int
    name: str
    arguments: str


@lru_cache(maxsize=256)
def _call_start(names: str) -> Pattern:
    # Within a word no call begins; not to try there keeps a long run of letters cheap.
    return re.compile(rf"(?<!\w)(?:{names})\s*\(", re.IGNORECASE)


def calls(text: str, *names: str) -> Iterator[FunctionCall]:
    r"""Calls of the named functions directly after `[`, `(` or `,`, with balanced parentheses, left to right.

    `names` are patterns such as `list\w*`. Quotes are not understood: a lone parenthesis in a literal spoils the
    balance. Calls within a call that was found are not looked at.
    """
    return _calls(text, _call_start("|".join(names)).finditer(text))


def calls_in(text: CaselessText, *names: str) -> Iterator[FunctionCall]:
    r"""The same in a long text, for names of which each is a word in lower case, alone or with `\w*` behind it."""
    pattern = _call_start("|".join(names))
    words = [name.removesuffix(r"\w*") for name in names]
    starts = sorted(start for word in words for start in places(text.lowered, word))
    return _calls(text.value, filter(None, (pattern.match(text.value, start) for start in starts)))


def places(text: str, word: str) -> Iterator[int]:
    """Where a word stands in a text."""
    start = text.find(word) if word else -1
    while start >= 0:
        yield start
        start = text.find(word, start + len(word))


def _calls(text: str, starts: Iterator[re.Match[str]]) -> Iterator[FunctionCall]:
    position = 0
    ends: dict[int, int] | None = None
    for found in starts:
        if found.start() < position or not _follows_opening(text, found.start()):
            continue
        opening = found.end() - 1
        end = balanced(text, opening) if ends is None else ends.get(opening)
        if end is None:
            # One call without an end looks through the whole text; for the next ones the ends are found together.
            ends = _ends(text) if ends is None else ends
            continue
        arguments = text[found.end() - 1 : end]
        yield FunctionCall(found.start(), end, text[found.start() : found.end() - 1].rstrip(), arguments)
        position = end


def list_functions(text: CaselessText) -> Iterator[Span]:
    """Every `list...(` in a long text, with the bracket, parenthesis or comma before it."""
    position = 0
    for word in places(text.lowered, "list"):
        start = word - 1
        while start > position and text.value[start].isspace():
            start -= 1
        found = LIST_FUNCTION.match(text.value, start) if start >= position else None
        if found is not None:
            position = found.end()
            yield Span(*found.span())


def _follows_opening(text: str, position: int) -> bool:
    position -= 1
    while position >= 0 and text[position].isspace():
        position -= 1
    return position >= 0 and text[position] in "[(,"


def balanced(text: str, start: int) -> int | None:
    """Where the parenthesis that opens at `start` is closed (behind it); None when it is not."""
    depth = 0
    for found in _PARENTHESIS.finditer(text, start):
        depth += 1 if found.group() == "(" else -1
        if depth == 0:
            return found.end()
    return None


def _ends(text: str) -> dict[int, int]:
    """Where the parenthesis that opens at each place is closed (behind it); those that are not closed left out."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for found in _PARENTHESIS.finditer(text):
        if found.group() == "(":
            opened.append(found.start())
        elif opened:
            ends[opened.pop()] = found.end()
    return ends


class Expression(NamedTuple):
    """An expression as arm-ttk sees it in a value: `[start, end)`, its function, arguments and what follows them."""

    start: int
    end: int
    function: str
    arguments: str
    tail: str


def find_expression(text: str) -> Expression | None:
    """The first `[function(...)...]` in a text, without a blank after `[` or before the first parenthesis."""
    start = text.find("[")
    while start >= 0:
        found = _expression_at(text, start)
        if found is not None:
            return found
        start = text.find("[", start + 1)
    return None


def _expression_at(text: str, start: int) -> Expression | None:
    blank = _SPACE.search(text, start + 1)
    end = blank.start() if blank else len(text)
    # The name is a run of non-blanks that may itself hold parentheses: the longest one that leads to a match counts.
    opening = text.rfind("(", start + 2, end + 1)
    tries = 0
    while opening >= start + 2 and tries < 200:
        close = balanced(text, opening)
        tail = _TAIL.match(text, close) if close is not None else None
        if close is not None and tail is not None:
            return Expression(start, tail.end(), text[start + 1 : opening], text[opening:close], tail.group()[:-1])
        opening = text.rfind("(", start + 2, opening)
        tries += 1
    return None


def inside_expression(text: str, position: int) -> bool:
    """arm-ttk's left test: whether the nearest `[` or `"` to the left, not escaped by a backslash, is `[`."""
    while position > 0:
        quote = text.rfind('"', 0, position)
        bracket = text.rfind("[", max(quote, 0), position)
        position = max(bracket, quote)
        if position < 0:
            return False
        if position == 0 or text[position - 1] != "\\":
            return position == bracket
    return False
