"""The C# of policy expressions, as far as the policies of this offer go: one expression, no statements.

It reads what API Management would compile: literals, members, calls, indexes, casts, `!`, comparisons, `&&`, `||`, `+`
and `?:`. What it does not know it refuses, so that a policy cannot pass by being misunderstood.
"""

import operator
import re
from typing import Any

TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<number>\d+)|(?P<name>[A-Za-z_]\w*)|(?P<sign>==|!=|&&|\|\||[-+?:.,()\[\]!<>]))"""
)
LEVELS = [["||"], ["&&"], ["==", "!="], ["<", ">"], ["+"]]
TYPES = {"string", "int", "bool", "IResponse"}


class UnknownExpression(Exception):
    """Something that this reader does not know, or that C# would refuse."""


class NullReference(Exception):
    """A member of null."""


def evaluate(text: str, names: dict[str, Any]) -> Any:
    """The value of an expression whose free names are `names`."""
    reader = Reader(text, names)
    value = reader.conditional(live=True)
    if reader.place < len(reader.tokens):
        raise UnknownExpression(f"{text!r}: what is {reader.tokens[reader.place][1]!r}?")
    return value


def tokens_of(text: str) -> list[tuple[str, str]]:
    found, place = [], 0
    while place < len(text.rstrip()):
        match = TOKEN.match(text, place)
        if match is None:
            raise UnknownExpression(f"{text!r}: cannot read {text[place:]!r}")
        found.append((str(match.lastgroup), match[str(match.lastgroup)]))
        place = match.end()
    return found


class Reader:
    """Reads and evaluates in one go; what C# would not evaluate (`live` false) is read only."""

    def __init__(self, text: str, names: dict[str, Any]) -> None:
        self.text, self.names, self.tokens, self.place = text, names, tokens_of(text), 0

    def sign(self, *signs: str) -> str | None:
        if (
            self.place < len(self.tokens)
            and self.tokens[self.place][0] == "sign"
            and self.tokens[self.place][1] in signs
        ):
            self.place += 1
            return self.tokens[self.place - 1][1]
        return None

    def expect(self, sign: str) -> None:
        if self.sign(sign) is None:
            raise UnknownExpression(f"{self.text!r}: {sign!r} is missing")

    def conditional(self, *, live: bool) -> Any:
        condition = self.binary(0, live=live)
        if self.sign("?") is None:
            return condition
        first = self.conditional(live=live and bool(condition))
        self.expect(":")
        second = self.conditional(live=live and not condition)
        return first if condition else second

    def binary(self, level: int, *, live: bool) -> Any:
        if level == len(LEVELS):
            return self.unary(live=live)
        value = self.binary(level + 1, live=live)
        while (sign := self.sign(*LEVELS[level])) is not None:
            goes_on = live and not (sign == "||" and value) and not (sign == "&&" and not value)
            other = self.binary(level + 1, live=goes_on)
            value = combined(sign, value, other) if goes_on else value
        return value

    def unary(self, *, live: bool) -> Any:
        if self.sign("!"):
            return not self.unary(live=live)
        if (cast := self.cast()) is not None:
            value = self.unary(live=live)
            return converted(cast, value) if live else value
        return self.members(self.primary(live=live), live=live)

    def cast(self) -> str | None:
        ahead = self.tokens[self.place : self.place + 3]
        if [one[1] for one in ahead[::2]] == ["(", ")"] and ahead[1][1] in TYPES:
            self.place += 3
            return ahead[1][1]
        return None

    def primary(self, *, live: bool) -> Any:
        if self.sign("("):
            value = self.conditional(live=live)
            self.expect(")")
            return value
        if self.place == len(self.tokens):
            raise UnknownExpression(f"{self.text!r} ends too early")
        kind, token = self.tokens[self.place]
        self.place += 1
        if kind == "text":
            return re.sub(r"\\(.)", r"\1", token[1:-1])
        if kind == "number":
            return int(token)
        if kind == "name" and token in {"null", "true", "false"}:
            return {"null": None, "true": True, "false": False}[token]
        if kind == "name" and token in self.names:
            return self.names[token]
        raise UnknownExpression(f"{self.text!r}: unknown name {token!r}")

    def members(self, value: Any, *, live: bool) -> Any:
        while True:
            if self.sign("."):
                _, name = self.tokens[self.place]
                self.place += 1
                value = member(value, name) if live else None
            elif self.sign("("):
                arguments = self.arguments(")", live=live)
                value = value(*arguments) if live else None
            elif self.sign("["):
                [index] = self.arguments("]", live=live)
                value = value[index] if live else None
            else:
                return value

    def arguments(self, end: str, *, live: bool) -> list[Any]:
        found: list[Any] = []
        while self.sign(end) is None:
            if found:
                self.expect(",")
            found.append(self.conditional(live=live))
        return found


OPERATORS = {"==": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt, "+": operator.add}


def combined(sign: str, value: Any, other: Any) -> Any:
    """C# compares and adds what is of one type; `&&` and `||` take truth values only."""
    if sign in {"||", "&&"}:
        if not (isinstance(value, bool) and isinstance(other, bool)):
            raise UnknownExpression(f"{value!r} {sign} {other!r}")
        return other
    if None not in (value, other) and type(value) is not type(other):
        raise UnknownExpression(f"{value!r} {sign} {other!r} is of two types")
    return OPERATORS[sign](value, other)


def converted(kind: str, value: Any) -> Any:
    expected = {"string": str, "int": int, "bool": bool, "IResponse": object}[kind]
    if value is not None and not isinstance(value, expected):
        raise UnknownExpression(f"({kind}) of {value!r}")
    return value


STRING_MEMBERS = {
    "Contains": lambda text: lambda part: part in text,
    "Trim": lambda text: text.strip,
    "Length": len,
}


def member(value: Any, name: str) -> Any:
    if value is None:
        raise NullReference(name)
    if isinstance(value, str):
        if name not in STRING_MEMBERS:
            raise UnknownExpression(f"string has no {name}")
        return STRING_MEMBERS[name](value)
    try:
        return value[name] if type(value) is dict else getattr(value, name)
    except (AttributeError, KeyError) as error:
        raise UnknownExpression(f"{type(value).__name__} has no {name}") from error
