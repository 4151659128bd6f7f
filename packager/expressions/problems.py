"""Says what is wrong where an expression cannot be read: what was expected, what is there, and a guess at the cause."""

import re

from packager.expressions.errors import SYNTAX, ExpressionError
from packager.expressions.lexer import END, OTHER, PROPERTY
from packager.expressions.nodes import IntegerLiteral, Node, StringLiteral
from packager.source.lazy import lazy_pattern
from packager.source.span import Span

OPERATORS = {
    "+": "add() or concat()",
    "-": "sub()",
    "*": "mul()",
    "/": "div()",
    "%": "mod()",
    "=": "equals()",
    "?": "if(), coalesce() or tryGet()",
    "!": "not()",
    "&": "and()",
    "|": "or()",
    "<": "less()",
    ">": "greater()",
}
_WORD = lazy_pattern(r"[^\W\d][\w-]*")


def problem(match: re.Match[str], around: str | None, value: Node | None) -> ExpressionError:
    """The error at a token after `value`; `around` names the open call, it is "" in an index and None outside both."""
    kind = match.lastindex or OTHER
    start, end = match.start(kind), match.end()
    if kind == END:
        place, found = Span(end, end + 1), ", but the expression ends"
    else:
        place, found = Span(start, end), f", not {_shown(match[kind])}"
    special = _special(match, kind, value)
    if special is not None:
        return special
    return ExpressionError(SYNTAX, f"expected {_expected(around, value)}{found}", place, _hint(match[kind]))


def _expected(around: str | None, value: Node | None) -> str:
    if value is None:
        return "a function call" if around is None else "a value"
    if around is None:
        return "the end of the expression"
    return f"',' or ')' in the call of {_shown(around)}" if around else "']' after the index"


def _special(match: re.Match[str], kind: int, value: Node | None) -> ExpressionError | None:
    """Mistakes that have a message of their own."""
    text, start, end = match.string, match.start(kind), match.end()
    if kind == PROPERTY and isinstance(value, (StringLiteral, IntegerLiteral)):
        hint = "a fraction is written json('1.5')"
        return ExpressionError(SYNTAX, "a literal has no properties", Span(start, end), hint)
    if kind != OTHER:
        return None
    if text[start] == "'":
        hint = "close it with a single quote; a quote inside text is written twice: ''"
        return ExpressionError(SYNTAX, "the text that begins here has no end", Span(start, len(text) - 1), hint)
    if text[start] == "." and value is not None:
        return _after_dot(start, value)
    word = _WORD.match(text, start, len(text) - 1)
    return _name_alone(word[0], start) if word is not None and value is None else None


def _after_dot(start: int, value: Node) -> ExpressionError:
    place = Span(start, start + 1)
    if isinstance(value, (StringLiteral, IntegerLiteral)):
        return ExpressionError(SYNTAX, "a literal has no properties", place, "a fraction is written json('1.5')")
    hint = "write ['name'] for a name with other characters"
    return ExpressionError(SYNTAX, "expected the name of a property after the dot", place, hint)


def _name_alone(word: str, start: int) -> ExpressionError:
    place = Span(start, start + len(word))
    if word.lower() in ("true", "false", "null"):
        return ExpressionError(SYNTAX, f"'{word}' is a function here", place, f"write {word.lower()}()")
    hint = "text stands in single quotes, a function's name before brackets"
    return ExpressionError(SYNTAX, f"expected '(' after '{_shown(word)}'", place, hint)


def _hint(character: str) -> str | None:
    if character in OPERATORS:
        return f"there are no operators; use {OPERATORS[character]}"
    hints = {
        '"': "write text in single quotes",
        "\\": "a quote inside text is written twice: ''",
        "{": "objects are made with createObject() or json()",
    }
    return hints.get(character)


def _shown(text: str) -> str:
    if len(text) == 1 and not text.isprintable():
        return f"U+{ord(text):04X}"
    return text if len(text) <= 40 else f"{text[:40]}..."
