"""Reads the text of an expression into its tree: linear in its length, without recursion."""

import re
from collections.abc import Callable
from functools import lru_cache

from packager.expressions.errors import SYNTAX, TOO_DEEP, TOO_LONG, ExpressionError
from packager.expressions.lexer import (
    CALL,
    CLOSE,
    CLOSE_INDEX,
    COMMA,
    EMPTY_CALL,
    END,
    INTEGER,
    OPEN_INDEX,
    PROPERTY,
    STRING,
    TEXT_CALL,
    TOKEN,
)
from packager.expressions.nodes import Call, Index, IntegerLiteral, Node, Property, StringLiteral
from packager.expressions.problems import problem
from packager.source.span import Span

MAX_LENGTH = 24_576
# Calls and indexes in each other. Evaluating is recursive, so this bounds it.
MAX_DEPTH = 256
# Rules and the evaluator share trees: a template repeats few texts often. Hostile input must not fill the memory.
_REMEMBERED = 16_384
_INTEGERS = range(-(2**31), 2**31)
_LITERALS = (StringLiteral, IntegerLiteral)


def is_expression(text: str) -> bool:
    """Whether a JSON string is an expression: `[...]` as a whole, without a second bracket at the start."""
    return text[:1] == "[" and text[-1] == "]" and text[1] != "["


def unescape(text: str) -> str:
    """The text that a JSON string which is no expression stands for: `[[x]` is `[x]`, anything else is itself."""
    return text[1:] if text[:2] == "[[" and text[-1] == "]" else text


@lru_cache(maxsize=_REMEMBERED)
def parse(text: str) -> Node:
    """The tree of an expression with its brackets; raises ExpressionError with the place of what is wrong."""
    if len(text) > MAX_LENGTH:
        message = f"the expression has {len(text):,} characters; Azure takes {MAX_LENGTH:,} at most"
        raise ExpressionError(TOO_LONG, message, Span(0, len(text)), "move parts of it into variables")
    if not is_expression(text):
        raise ExpressionError(SYNTAX, "an expression stands in brackets: [...]", Span(0, len(text)))
    return _read(text)


def _read(text: str) -> Node:
    """Two states: without a `value` one must begin, with one it is continued or goes into the call around it."""
    opened: list[_Open] = []
    value: Node | None = None
    for match in TOKEN.finditer(text, 1, len(text) - 1):
        kind = match.lastindex
        step = (_BEGIN if value is None else _CONTINUE).get(kind)
        if step is None:
            if kind == END and value is not None and not opened:
                return _root(value)
            raise problem(match, opened[-1].name if opened else None, value)
        value = step(match, opened, value)
        if len(opened) > MAX_DEPTH:
            raise _too_deep(Span(match.start(), match.end()))
    raise AssertionError("the pattern always ends with END")


class _Open:
    """A call, or an index of `target`, whose closing bracket was not reached."""

    __slots__ = ("arguments", "name", "start", "target")

    def __init__(self, start: int, name: str, target: Node | None) -> None:
        self.start = start
        self.name = name
        self.target = target
        self.arguments: list[Node] = []


_Step = Callable[[re.Match[str], list[_Open], Node | None], Node | None]


def _text(match: re.Match[str], _opened: list[_Open], _value: Node | None) -> Node | None:
    written = match[STRING][1:-1]
    return StringLiteral(written.replace("''", "'") if "''" in written else written, match.start(STRING), match.end())


def _integer(match: re.Match[str], _opened: list[_Open], _value: Node | None) -> Node | None:
    digits = match[INTEGER]
    if len(digits) > 11 or int(digits) not in _INTEGERS:
        hint = "use json('...'), a parameter or a variable for a larger one"
        place = Span(match.start(INTEGER), match.end())
        raise ExpressionError(SYNTAX, "a number in an expression has 32 bits at most", place, hint)
    return IntegerLiteral(int(digits), match.start(INTEGER), match.end())


def _whole_call(match: re.Match[str], _opened: list[_Open], _value: Node | None) -> Node | None:
    written, text, start = match[EMPTY_CALL], match[TEXT_CALL], match.start(EMPTY_CALL)
    arguments = () if text is None else (StringLiteral(text[1:-1], match.start(TEXT_CALL), match.end(TEXT_CALL)),)
    return _made(written, arguments, start, match.end())


def _made(written: str, arguments: tuple[Node, ...], start: int, end: int) -> Node:
    namespace, name = None, written
    if "." in written:
        namespace, _, name = written.partition(".")
    return Call(namespace, name, arguments, start, end)


def _open_call(match: re.Match[str], opened: list[_Open], _value: Node | None) -> Node | None:
    opened.append(_Open(match.start(CALL), match[CALL], None))
    return None


def _open_index(match: re.Match[str], opened: list[_Open], value: Node | None) -> Node | None:
    if type(value) in _LITERALS:
        raise problem(match, opened[-1].name if opened else None, value)
    opened.append(_Open(0, "", value))
    return None


def _property(match: re.Match[str], opened: list[_Open], value: Node | None) -> Node | None:
    if value is None or type(value) in _LITERALS:
        raise problem(match, opened[-1].name if opened else None, value)
    return Property(value, match[PROPERTY], value.start, match.end())


def _separate(match: re.Match[str], opened: list[_Open], value: Node | None) -> Node | None:
    if value is None or not opened or opened[-1].target is not None:
        raise problem(match, opened[-1].name if opened else None, value)
    opened[-1].arguments.append(value)
    return None


def _close_call(match: re.Match[str], opened: list[_Open], value: Node | None) -> Node | None:
    """Without a value only `name()` closes; `name(a,)` and `name(,` lack one."""
    around = opened[-1] if opened else None
    if around is None or around.target is not None or (value is None and around.arguments):
        raise problem(match, around.name if around else None, value)
    if value is not None:
        around.arguments.append(value)
    opened.pop()
    return _made(around.name, tuple(around.arguments), around.start, match.end())


def _close_index(match: re.Match[str], opened: list[_Open], value: Node | None) -> Node | None:
    around = opened[-1] if opened else None
    if around is None or around.target is None or value is None:
        raise problem(match, around.name if around else None, value)
    opened.pop()
    return Index(around.target, value, around.target.start, match.end())


_BEGIN: dict[int | None, _Step] = {
    EMPTY_CALL: _whole_call,
    TEXT_CALL: _whole_call,
    CALL: _open_call,
    STRING: _text,
    INTEGER: _integer,
    CLOSE: _close_call,
}
_CONTINUE: dict[int | None, _Step] = {
    PROPERTY: _property,
    OPEN_INDEX: _open_index,
    COMMA: _separate,
    CLOSE: _close_call,
    CLOSE_INDEX: _close_index,
}


def _root(value: Node) -> Node:
    if isinstance(value, IntegerLiteral):
        hint = "write it as a JSON number"
        raise ExpressionError(SYNTAX, "a number alone is no expression", value.span, hint)
    return value


def _too_deep(place: Span) -> ExpressionError:
    message = f"the expression is nested more than {MAX_DEPTH} levels deep"
    return ExpressionError(TOO_DEEP, message, place, "move parts of it into variables")
