"""JSON values with expressions in them, turned into code once and evaluated as often as there are copies."""

from collections.abc import Callable, Mapping
from typing import Any

from packager.expressions.binding import Code, compiled
from packager.expressions.copying import property_copies
from packager.expressions.errors import ARGUMENT_TYPE, ExpressionError
from packager.expressions.kinds import names_of
from packager.expressions.parser import is_expression, parse, unescape
from packager.expressions.residual import unknown_text
from packager.expressions.scope import Scope
from packager.expressions.values import KINDS, Unknown, Value
from packager.source.span import Path

Report = Callable[[ExpressionError, Path], None]


def bind_value(value: Any, path: Path, *, copies: bool = True) -> Code | None:
    """The code of a JSON value; None when it is the same for every scope, as it stands.

    `path` is its place in the template, for errors. With `copies`, a `copy` list in an object makes properties.
    """
    kind = type(value)
    if kind is str:
        return _text(value, path) if value[:1] == "[" else None
    if kind is dict:
        if copies and type(loops := value.get("copy")) is list:
            return _with_copies(value, loops, path)
        return _object(value, path, copies)
    if kind is list:
        codes = [bind_value(item, (*path, index), copies=copies) for index, item in enumerate(value)]
        return _list(value, codes)
    return None


def evaluate_value(value: Any, scope: Scope, path: Path, *, copies: bool = True) -> Value:
    """A JSON value with its expressions evaluated, once."""
    code = bind_value(value, path, copies=copies)
    return value if code is None else code(scope)


def salvage(value: Any, scope: Scope, path: Path, report: Report) -> Value:
    """The value with everything evaluated that can be, for one that cannot be as a whole.

    What fails is reported with its place and stays as it is written.
    """
    kind = type(value)
    if kind is dict:
        loops = value.get("copy")
        names = [key for key in value if key != "copy" or type(loops) is not list]
        made = {key: salvage(value[key], scope, (*path, key), report) for key in names}
        return made if len(names) == len(value) else {**_salvaged_loops(loops, scope, (*path, "copy"), report), **made}
    if kind is list:
        return [salvage(item, scope, (*path, index), report) for index, item in enumerate(value)]
    if kind is not str:
        return value
    try:
        return evaluate_value(value, scope, path)
    except ExpressionError as error:
        report(error, path)
        return as_written(value)


def _salvaged_loops(loops: list[Any], scope: Scope, path: Path, report: Report) -> dict[str, Value]:
    """What each loop makes that does not fail."""
    made = {}
    for index, loop in enumerate(loops):
        try:
            for name, code in property_copies([loop], path, bind_value):
                made[name] = code(scope)
        except ExpressionError as error:
            report(error, (*path, index))
    return made


def as_written(text: str) -> Value:
    """An expression without a value: unknown, or the text itself where it cannot be read."""
    try:
        return Unknown(parse(text), size=len(text))
    except ExpressionError:
        return text


def _text(text: str, path: Path) -> Code | None:
    if not is_expression(text):
        plain = unescape(text)
        return None if plain is text else lambda _: plain
    try:
        inner = compiled(text)
    except ExpressionError as error:
        raise error.within(path) from None

    def code(scope: Scope) -> Value:
        try:
            return inner(scope)
        except ExpressionError as error:
            raise error.within(path) from None

    return code


def _list(items: list[Any], codes: list[Code | None]) -> Code | None:
    if not any(codes):
        return None
    pairs = list(zip(items, codes, strict=True))
    return lambda scope: [item if code is None else code(scope) for item, code in pairs]


def _object(value: Mapping[str, Any], path: Path, copies: bool) -> Code | None:
    members: list[tuple[str, Code | None, Any, Code | None]] = []
    changing = False
    for key, item in value.items():
        name = _text(key, path) if key[:1] == "[" else None
        code = bind_value(item, (*path, key), copies=copies)
        changing = changing or name is not None or code is not None
        members.append((key, name, item, code))
    if not changing:
        return None

    def evaluate(scope: Scope) -> Value:
        return {
            key if name is None else _key(name(scope), path): item if code is None else code(scope)
            for key, name, item, code in members
        }

    return evaluate


def _key(key: Value, path: Path) -> str:
    """An evaluated key; an unknown one is printed, as a key must be a text."""
    if type(key) is Unknown:
        return unknown_text(key)
    if type(key) is not str:
        message = f"the name of a property is a text, not {names_of(KINDS[type(key)])}"
        raise ExpressionError(ARGUMENT_TYPE, message).within(path)
    return key


def _with_copies(value: Mapping[str, Any], loops: list[Any], path: Path) -> Code | None:
    made = property_copies(loops, (*path, "copy"), bind_value)
    rest = {key: item for key, item in value.items() if key != "copy"}
    before = dict.fromkeys(list(value)[: list(value).index("copy")])
    code = _object(rest, path, copies=True)

    def evaluate(scope: Scope) -> Value:
        plain = rest if code is None else code(scope)
        first = dict(list(plain.items())[: len(before)])
        return {**first, **{name: copy(scope) for name, copy in made}, **plain}

    return evaluate
