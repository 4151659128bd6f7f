"""JMESPath, in which `request.transforms` of a call say what is made of its answer."""

import math
import warnings
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from packager.expressions.errors import LIMIT, SYNTAX, ExpressionError
from packager.ui.values import is_number, number

# Letters of a query, and values that it may visit or make: a few letters can double a list again and again.
LONGEST = 4_000
MOST = 2_000_000
# What the library raises beside errors of its own, for values that its functions do not expect.
_FAILURES = (ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError)


class Transform(NamedTuple):
    """A query by its name among the transforms; None where more is asked for than a query."""

    name: str
    query: str | None


def transforms_of(request: Any) -> Iterator[Transform]:
    """The transforms of a call: texts, or objects with `jmesPath`; what `propertyMappings` do is documented nowhere."""
    found = request.get("transforms") if isinstance(request, Mapping) else None
    for name, written in found.items() if isinstance(found, Mapping) else ():
        query = written.get("jmesPath") if isinstance(written, Mapping) and len(written) == 1 else written
        yield Transform(name, query if isinstance(query, str) else None)


def refuse_unreadable(query: str) -> None:
    """Raise ExpressionError for a text that is no JMESPath."""
    _parsed(query)


def transformed(query: str, body: Any) -> Any:
    """The JSON value that a query makes of a body. Raises ExpressionError."""
    tree = _parsed(query)
    import jmespath.visitor  # 10 ms that only a form with transforms needs

    left = MOST

    class Bounded(jmespath.visitor.TreeInterpreter):  # type: ignore[misc]
        """Stops when more is visited or made than any answer of Azure asks for."""

        def visit(self, node: Any, *arguments: Any, **options: Any) -> Any:
            """The value of a node, with what it costs taken from what is left."""
            nonlocal left
            value = super().visit(node, *arguments, **options)
            # What is put together anew may hold its parts many times over, and is counted whole.
            is_made = node["type"].startswith("multi_select") or node["type"] == "function_expression"
            left -= _size(value, left) if is_made else _length(value)
            if left < 0:
                raise ExpressionError(LIMIT, f"the JMESPath visits more than {MOST:,} values")
            return value

    try:
        value = Bounded().visit(tree, body)
        _size(value, MOST, strict=True)
        return _with_numbers(value)
    except _FAILURES as error:
        raise ExpressionError(SYNTAX, f"the JMESPath fails: {_words(error)}") from None


def _parsed(query: str) -> Any:
    import jmespath.parser  # as above

    if len(query) > LONGEST:
        raise ExpressionError(LIMIT, f"the JMESPath has {len(query):,} letters; {LONGEST:,} are read")
    try:
        with warnings.catch_warnings():
            # Texts in backquotes without quotes of their own are old, and common.
            warnings.simplefilter("ignore", PendingDeprecationWarning)
            return jmespath.parser.Parser().parse(query).parsed
    except _FAILURES as error:
        raise ExpressionError(SYNTAX, f"the JMESPath cannot be read: {_words(error)}") from None


def _words(error: BaseException) -> str:
    """The reason in one line; the library shows the query below it."""
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    first, _, _ = str(error).strip().partition("\n")
    return first.removeprefix("Invalid jmespath expression: ").rstrip(":.")


def _length(value: Any) -> int:
    return 1 + len(value) // 16 if isinstance(value, str) else 1 + len(value) if isinstance(value, (list, dict)) else 1


def _size(value: Any, most: int, *, strict: bool = False) -> int:
    """How many values a value holds, counted no further than `most`; `strict` raises TypeError for what is no JSON."""
    count, todo = 0, [value]
    while todo and count <= most:
        one = todo.pop()
        count += _length(one)
        if isinstance(one, (list, dict)):
            todo += one.values() if isinstance(one, dict) else one
        elif strict and not _is_scalar(one):
            raise TypeError("its result is no JSON")
    return count


def _with_numbers(value: Any) -> Any:
    """The value with its numbers as JavaScript has them."""
    if isinstance(value, list):
        return [_with_numbers(one) for one in value]
    if isinstance(value, dict):
        return {name: _with_numbers(one) for name, one in value.items()}
    return number(value) if is_number(value) else value


def _is_scalar(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, (str, int))
