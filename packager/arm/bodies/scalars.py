"""Texts, numbers and truth values beside their shapes, and how many items a list has."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from packager.arm.bodies.problem import (
    ERROR,
    INFO,
    STYLE,
    VALUE_ENUM,
    VALUE_RANGE,
    VALUE_TYPE,
    WARNING,
    Problem,
    dotted,
    shown,
)
from packager.arm.bodies.subject import Subject
from packager.data.resource_exceptions import ENUM, shipped_exceptions
from packager.data.shapes import BOOLEAN, INTEGER, TEXT, Shape, folded
from packager.expressions.kinds import BOOLEAN as BOOLEAN_KIND
from packager.expressions.kinds import FLOAT, STRING, names_of
from packager.expressions.kinds import INTEGER as INTEGER_KIND
from packager.expressions.values import KINDS, Value
from packager.source.lazy import lazy_pattern
from packager.source.nearest import did_you_mean
from packager.source.span import Path

# A pattern of the tables is tried on no longer text: some take time that grows with the square of its length.
MAX_MATCHED = 256
# Of a longer list (sizes of machines) something always looks alike, and comparing takes its time.
_MOST_COMPARED = 60
_PLACEHOLDER = lazy_pattern(r"\$\{[^{}]*\}|<[^<>]*>")
_NUMBER = lazy_pattern(r"\s*[+-]?\d+(\.\d+)?\s*", re.ASCII)


def is_placeholder(text: str) -> bool:
    """Whether a whole text is a `${...}` or `<...>` that somebody is to fill in."""
    return text[:1] in ("$", "<") and _PLACEHOLDER.fullmatch(text) is not None


def text(subject: Subject, shape: Shape, value: Value, path: Path) -> Iterator[Problem]:
    """A text; a number is converted by Azure."""
    if type(value) is str:
        yield from (_listed if shape.values else _limited)(subject, shape, value, path)
    else:
        yield _of_other_type(subject, STRING, INTEGER_KIND | FLOAT, value, path)


def _listed(subject: Subject, shape: Shape, value: str, path: Path) -> Iterator[Problem]:
    """One of the values that the type lists."""
    known = shape.values.get(folded(value))
    name = f"'{dotted(path)}' of {subject.title}"
    if known is not None:
        if known.replace(" ", "") != value.replace(" ", ""):
            yield Problem(VALUE_ENUM, "case", STYLE, path, f"{name} is written '{known}'; Azure takes both")
    elif ENUM not in subject.leniency.off and not subject.leniency.is_unlisted(dotted(path).lower()):
        values = sorted(shape.values.values())
        listed = ", ".join(values[:10]) + (f" and {len(values) - 10} more" if len(values) > 10 else "")
        meant = did_you_mean(value, values) if len(values) <= _MOST_COMPARED else ""
        if shape.open:
            message = f"{shown(value)} is none of the values known for {name} ({listed}){meant}"
            yield Problem(VALUE_ENUM, "open", INFO, path, message)
        else:
            yield Problem(
                VALUE_ENUM, None, ERROR, path, f"{name} takes one of {listed}; {shown(value)} is none of them{meant}"
            )


def _limited(subject: Subject, shape: Shape, value: str, path: Path) -> Iterator[Problem]:
    """A text within its limits."""
    name = f"'{dotted(path)}' of {subject.title}"
    told = shown(value, secret=shape.secret)
    if _is_outside(len(value), shape):
        message = f"{name} takes {span(shape)} characters; {told} has {len(value)}"
        yield Problem(VALUE_RANGE, "length", ERROR, path, message)
    elif shape.pattern is not None and len(value) <= MAX_MATCHED and not _pattern(shape.pattern).search(value):
        message = f"{name} has to match {shape.pattern}; {told} does not"
        yield Problem(VALUE_RANGE, "pattern", WARNING, path, message)


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(shipped_exceptions().pattern(pattern))


def integer(subject: Subject, shape: Shape, value: Value, path: Path) -> Iterator[Problem]:
    """A number. Fractions are taken: the tables call every number whole."""
    kind = KINDS[type(value)]
    if kind & (INTEGER_KIND | FLOAT):
        if _is_outside(value, shape):
            message = f"'{dotted(path)}' of {subject.title} takes {span(shape)}, not {value}"
            yield Problem(VALUE_RANGE, "range", ERROR, path, message)
        return
    accepted = STRING if kind == STRING and _NUMBER.fullmatch(value) else 0
    yield _of_other_type(subject, INTEGER_KIND, accepted, value, path)


def boolean(subject: Subject, _: Shape, value: Value, path: Path) -> Iterator[Problem]:
    """True or false, also as a text."""
    kind = KINDS[type(value)]
    if kind != BOOLEAN_KIND:
        accepted = STRING if kind == STRING and value.strip().lower() in ("true", "false") else 0
        yield _of_other_type(subject, BOOLEAN_KIND, accepted, value, path)


def items(subject: Subject, shape: Shape, value: Value, path: Path) -> Iterator[Problem]:
    """The number of items of a list."""
    if _is_outside(len(value), shape):
        message = f"'{dotted(path)}' of {subject.title} takes {span(shape)} items, not {len(value)}"
        yield Problem(VALUE_RANGE, "items", ERROR, path, message)


SCALARS: dict[str, Callable[[Subject, Shape, Value, Path], Iterator[Problem]]] = {
    TEXT: text,
    INTEGER: integer,
    BOOLEAN: boolean,
}


def _of_other_type(subject: Subject, wanted: int, accepted: int, value: Value, path: Path) -> Problem:
    """A value of another type than is described: an error unless it is of those that Azure converts."""
    kind = KINDS[type(value)]
    name = f"'{dotted(path)}' of {subject.title} takes {names_of(wanted)}, not {names_of(kind)}"
    if kind & accepted:
        return Problem(VALUE_TYPE, "converted", STYLE, path, f"{name}; Azure converts it")
    return Problem(VALUE_TYPE, None, ERROR, path, name)


def _is_outside(size: float, shape: Shape) -> bool:
    return (shape.least is not None and size < shape.least) or (shape.most is not None and size > shape.most)


def span(shape: Shape) -> str:
    """The limits of a shape that has some: `3 to 24`."""
    if shape.least is None:
        return f"at most {shape.most}"
    if shape.most is None:
        return f"at least {shape.least}"
    return str(shape.least) if shape.least == shape.most else f"{shape.least} to {shape.most}"
