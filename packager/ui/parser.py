"""Reads portal expressions into trees: the template language without indexes, with lambdas, literals and odd members.

The two languages share their limits and errors. Their grammars differ in every token but the comma, so this is a
reader of its own.
"""

import re
from functools import lru_cache

from packager.expressions.errors import SYNTAX, TOO_DEEP, TOO_LONG, ExpressionError
from packager.expressions.parser import MAX_LENGTH
from packager.source.lazy import lazy_pattern
from packager.source.span import Span
from packager.ui.nodes import Call, Lambda, ListLiteral, Literal, Member, Node, ObjectLiteral, Variable

# Calls and literals in each other: reading is recursive, three frames a level.
MAX_DEPTH = 100
_REMEMBERED = 4096
# Every alternative begins with another character, so no text is looked at twice. `\'` and `''` are a quote.
_TOKEN = lazy_pattern(
    r"""\s*(?:('(?:[^'\\]|\\.|'')*')|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?)|([A-Za-z_$][\w$]*)|(=>)|(.)|(\Z))""",
    re.DOTALL,
)
_TEXT, _QUOTED, _NUMBER, _NAME, _ARROW, _OTHER, _END = range(1, 8)
_MEMBER = lazy_pattern(r"\s*([\w$-]+)")
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


def has_brackets(text: str) -> bool:
    """Whether the portal takes a string for an expression: brackets around it, blanks aside, and not two at the start.

    A regular expression may look like that, too.
    """
    trimmed = text.strip()
    return len(trimmed) > 1 and trimmed[0] == "[" and trimmed[-1] == "]" and trimmed[1] != "["


def is_expression(text: str) -> bool:
    """Whether a string stands in brackets and can be read."""
    if not has_brackets(text):
        return False
    try:
        parse(text)
    except ExpressionError:
        return False
    return True


@lru_cache(maxsize=_REMEMBERED)
def parse(text: str) -> Node:
    """The tree of an expression with its brackets; raises ExpressionError with the place of what is wrong."""
    if len(text) > MAX_LENGTH:
        message = f"the expression has {len(text):,} characters, more than {MAX_LENGTH:,}"
        raise ExpressionError(TOO_LONG, message, Span(0, len(text)))
    if not has_brackets(text):
        raise ExpressionError(SYNTAX, "an expression stands in brackets: [...]", Span(0, len(text)))
    start = text.index("[") + 1
    reader = _Reader(text, start, text.rindex("]"))
    node = reader.expression(0)
    if reader.kind != _END:
        raise reader.refusal("the end of the expression")
    return node


class _Reader:
    """The text with the token that comes next."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.end = end
        self.kind, self.value = _END, ""
        self.start = self.after = start
        self.advance()

    def advance(self) -> str:
        """Move to the next token; returns the text of the one before."""
        before = self.value
        found = _TOKEN.match(self.text, self.after, self.end)
        assert found is not None, "the pattern fits every text"
        self.kind = found.lastindex or _END
        self.value = found.group(self.kind)
        self.start, self.after = found.span(self.kind)
        return before

    def at(self, char: str) -> bool:
        return self.kind == _OTHER and self.value == char

    def expect(self, char: str) -> int:
        """Take that character; returns where it ends."""
        if not self.at(char):
            raise self.refusal(f"'{char}'")
        end = self.after
        self.advance()
        return end

    def refusal(self, expected: str) -> ExpressionError:
        place = Span(self.start, max(self.after, self.start + 1))
        found = "the expression ends" if self.kind == _END else f"there is '{self.value[:40]}'"
        return ExpressionError(SYNTAX, f"expected {expected}, but {found}", place, self._hint())

    def _hint(self) -> str | None:
        if self.at("'"):
            return "the text that begins here has no end"
        if self.at("["):
            return "the portal knows no index; use first(), last() and take()"
        return self._operator_hint()

    def _operator_hint(self) -> str | None:
        if self.kind != _OTHER or self.value == "?":
            return "there are no operators; use if() or coalesce()" if self.value == "?" else None
        from packager.expressions.problems import OPERATORS  # only for a text that cannot be read

        return f"there are no operators; use {OPERATORS[self.value]}" if self.value in OPERATORS else None

    def expression(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            message = f"the expression is nested more than {MAX_DEPTH} levels deep"
            raise ExpressionError(TOO_DEEP, message, Span(self.start, self.after))
        start = self.start
        node = self._primary(depth)
        while self.at("."):
            found = _MEMBER.match(self.text, self.after, self.end)
            if found is None:
                self.advance()
                raise self.refusal("a name after the dot")
            self.after = found.end()
            self.advance()
            node = Member(node, found.group(1), Span(start, found.end()))
        return node

    def _primary(self, depth: int) -> Node:
        start, end = self.start, self.after
        if self.kind in {_TEXT, _QUOTED}:
            return Literal(unquoted(self.advance()), Span(start, end))
        if self.kind == _NUMBER:
            return Literal(_number(self.advance()), Span(start, end))
        if self.kind == _NAME:
            return self._named(self.advance(), Span(start, end), depth)
        if self.at("("):
            return self._lambda(depth)
        if self.at("["):
            self.advance()
            items = self._items("]", depth)
            return ListLiteral(items, Span(start, self.expect("]")))
        if self.at("{"):
            return self._object(depth)
        raise self.refusal("a value")

    def _named(self, name: str, span: Span, depth: int) -> Node:
        if self.at("("):
            self.advance()
            arguments = self._items(")", depth)
            return Call(name, arguments, Span(span.start, self.expect(")")))
        return Literal(_CONSTANTS[name], span) if name in _CONSTANTS else Variable(name, span)

    def _items(self, close: str, depth: int) -> tuple[Node, ...]:
        items: list[Node] = []
        while not self.at(close) or items:
            items.append(self.expression(depth + 1))
            if not self.at(","):
                break
            self.advance()
        return tuple(items)

    def _lambda(self, depth: int) -> Node:
        start = self.start
        self.advance()
        if self.kind != _NAME:
            raise self.refusal("the name of a lambda's parameter")
        parameter = self.advance()
        self.expect(")")
        if self.kind != _ARROW:
            raise self.refusal("'=>'")
        self.advance()
        body = self.expression(depth + 1)
        return Lambda(parameter, body, Span(start, body.span.end))

    def _object(self, depth: int) -> Node:
        start = self.start
        self.advance()
        members: list[tuple[str, Node]] = []
        while not self.at("}") or members:
            if self.kind not in {_TEXT, _QUOTED, _NAME}:
                raise self.refusal("the name of a member")
            name = self.advance()
            self.expect(":")
            members.append((unquoted(name), self.expression(depth + 1)))
            if not self.at(","):
                break
            self.advance()
        return ObjectLiteral(tuple(members), Span(start, self.expect("}")))


def _number(written: str) -> float:
    """A whole number stays one while a double holds it exactly; larger ones are doubles, as in the portal."""
    return float(written) if "." in written or len(written) > 15 else int(written)


def unquoted(written: str) -> str:
    r"""The text of a literal: `\'` and `''` are a quote, other backslashes stand for themselves."""
    if written[:1] == "'":
        return written[1:-1].replace("\\'", "'").replace("''", "'")
    return written[1:-1].replace('\\"', '"') if written[:1] == '"' else written
