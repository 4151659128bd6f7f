"""Evaluates portal expressions: trees are bound to code once, evaluating is calling closures."""

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from packager.expressions.errors import (
    ARGUMENT_COUNT,
    ARGUMENT_TYPE,
    NOT_ALLOWED_HERE,
    OVERFLOW,
    TOO_DEEP,
    UNDEFINED_VARIABLE,
    UNKNOWN_FUNCTION,
    ExpressionError,
)
from packager.expressions.parser import unescape
from packager.source.nearest import did_you_mean
from packager.source.span import Path
from packager.ui.environment import Environment
from packager.ui.function import (
    ARRAY,
    BOOLEAN,
    LAMBDA,
    NULL,
    NUMBER,
    OBJECT,
    STRING,
    UNDEFINED_KIND,
    Code,
    Frame,
    Function,
    Parameter,
    names_of,
)
from packager.ui.nodes import Call, Lambda, ListLiteral, Literal, Member, Node, ObjectLiteral, Variable
from packager.ui.numbers import number_of
from packager.ui.parser import has_brackets, parse
from packager.ui.table import find, names
from packager.ui.values import UNDEFINED, Value, is_number, kind_name, number

_REMEMBERED = 4096
_KINDS = {"string": STRING, "number": NUMBER, "boolean": BOOLEAN, "array": ARRAY, "object": OBJECT, "null": NULL}
# What the rows of grids give to the expressions of their columns.
ROW_VARIABLES = frozenset({"$rowIndex", "$item"})
# Names of the template language, and what does their work here.
INSTEAD = {"json": "parse", "where": "filter", "createobject": "parse", "join": "concat", "tostring": "string"}


def evaluate(value: Any, environment: Environment) -> Value:
    """The value of a JSON value that may hold expressions at any depth; texts that are none stand for themselves.

    Raises ExpressionError with the place in the expression (`span`) and the path of the text in `value` (`path`).
    Members and items that are undefined stay so: `json_form` makes JSON of the result.
    """
    try:
        return _evaluated(value, environment, ())
    except RecursionError:
        raise ExpressionError(TOO_DEEP, "the value is nested too deep") from None


def _evaluated(value: Any, environment: Environment, path: Path) -> Value:
    if isinstance(value, str):
        try:
            return evaluate_text(value, environment)
        except ExpressionError as error:
            raise error.within(path) from None
    if isinstance(value, list):
        return [_evaluated(item, environment, (*path, place)) for place, item in enumerate(value)]
    if isinstance(value, dict):
        return {name: _evaluated(item, environment, (*path, name)) for name, item in value.items()}
    return number(value) if is_number(value) else value


def evaluate_text(text: str, environment: Environment) -> Value:
    """The value of one JSON string. Raises ExpressionError."""
    if not has_brackets(text):
        return unescape(text)
    try:
        return compiled(text)(Frame(environment, text))
    except RecursionError:
        raise ExpressionError(TOO_DEEP, "the expression is nested too deep") from None


@lru_cache(maxsize=_REMEMBERED)
def compiled(text: str) -> Code:
    """The code of an expression with its brackets. Raises ExpressionError when it cannot be read or names nothing."""
    return _bind(parse(text), frozenset())


def _bind(node: Node, known: frozenset[str]) -> Code:
    """The code of a node; `known` are the parameters of the lambdas around it."""
    match node:
        case Literal():
            return _constant(node.value)
        case Variable():
            return _variable(node, known)
        case Member():
            return _members(node, known)
        case Call():
            return _call(node, known)
        case ListLiteral():
            items = [_bind(item, known) for item in node.items]
            return lambda frame: [code(frame) for code in items]
        case ObjectLiteral():
            members = [(name, _bind(value, known)) for name, value in node.members]
            return lambda frame: {name: code(frame) for name, code in members}
        case Lambda():
            hint = "it is the second argument of map() and filter()"
            raise ExpressionError(NOT_ALLOWED_HERE, "a lambda stands where no function takes one", node.span, hint)


def _constant(value: Value) -> Code:
    made = number(value) if is_number(value) else value
    return lambda _: made


def _variable(node: Variable, known: frozenset[str]) -> Code:
    name = node.name
    if name in known:
        return lambda frame: frame.variables[name]
    if name in ROW_VARIABLES:
        return lambda frame: frame.environment.variables.get(name, UNDEFINED)
    hint = "text stands in single quotes, a function's name before brackets"
    raise ExpressionError(UNDEFINED_VARIABLE, f"there is no variable '{name[:40]}'", node.span, hint)


def _members(node: Member, known: frozenset[str]) -> Code:
    """One loop for a whole chain of members: it can be longer than Python's stack is deep."""
    chain: list[str] = []
    target: Node = node
    while isinstance(target, Member):
        chain.append(target.name)
        target = target.target
    base = _bind(target, known)
    chain.reverse()

    def code(frame: Frame) -> Value:
        value = base(frame)
        for name in chain:
            if not isinstance(value, Mapping):
                return UNDEFINED
            value = value.get(name, UNDEFINED)
        return value

    return code


def _call(call: Call, known: frozenset[str]) -> Code:
    function = find(call.name)
    if function is None:
        raise _unknown(call)
    problem = count_problem(function, len(call.arguments))
    if problem is not None:
        raise ExpressionError(ARGUMENT_COUNT, problem, call.span)
    if function.form == "lazy":
        return _lazy(function, call, [_bind(argument, known) for argument in call.arguments])
    codes = [_argument(function.parameter_at(place), node, known) for place, node in enumerate(call.arguments)]
    return _eager(function, call, codes)


def _unknown(call: Call) -> ExpressionError:
    instead = INSTEAD.get(call.name.lower())
    hint = f"; the portal has {instead}()" if instead else did_you_mean(call.name, names())
    message = f"there is no function '{call.name[:40]}'{hint}"
    return ExpressionError(UNKNOWN_FUNCTION, message, call.name_span)


def count_problem(function: Function, given: int) -> str | None:
    """What is wrong with that many arguments; None where the function takes them."""
    most = function.most
    if given >= function.required and (most is None or given <= most):
        return None
    wanted = f"{function.required}" if most == function.required else f"at least {function.required}"
    if most is not None and most != function.required:
        wanted = f"{function.required} to {most}"
    plural = "" if wanted in {"1", "at least 1"} else "s"
    return f"{function.name} takes {wanted} argument{plural}, not {given}"


def _lazy(function: Function, call: Call, codes: list[Code]) -> Code:
    apply = function.apply

    def code(frame: Frame) -> Value:
        value = apply(frame, *codes)
        frame.spend(value, call)
        return value

    return code


def _eager(function: Function, call: Call, codes: list[Code]) -> Code:
    apply, is_framed = function.apply, function.form == "framed"
    parameters = [function.parameter_at(place) for place in range(len(codes))]

    def code(frame: Frame) -> Value:
        values = [code(frame) for code in codes]
        for place, (parameter, value) in enumerate(zip(parameters, values, strict=True)):
            if not parameter.kinds & LAMBDA:
                values[place] = value = taken(function, parameter, value, call.arguments[place])
            if value is UNDEFINED and not parameter.kinds & UNDEFINED_KIND:
                return UNDEFINED
        try:
            value = _finished(apply(frame, *values) if is_framed else apply(*values))
        except ExpressionError as error:
            raise error.at(call.span) from None
        frame.spend(value, call)
        return value

    return code


def taken(function: Function, parameter: Parameter, value: Value, node: Node) -> Value:
    """The argument as the function takes it: null that it cannot take is undefined, a numeric text is a number.

    Raises ExpressionError with the place of `node` for one of a wrong type.
    """
    if value is UNDEFINED or (isinstance(value, float) and not math.isfinite(value)):
        return UNDEFINED
    kinds, name = parameter.kinds, kind_name(value)
    if _KINDS[name] & kinds:
        return value
    if value is None:
        return UNDEFINED
    if kinds == NUMBER and isinstance(value, str):
        found = number_of(value)
        if math.isfinite(found):
            return found
    message = f"{function.name} takes {names_of(kinds)} as '{parameter.name}', not {name}"
    raise ExpressionError(ARGUMENT_TYPE, message, node.span)


def _finished(value: Value) -> Value:
    if not is_number(value):
        return value
    value = number(value)
    if not math.isfinite(value):
        raise ExpressionError(OVERFLOW, "the result is no number that JSON can hold")
    return value


def _argument(parameter: Parameter, node: Node, known: frozenset[str]) -> Code:
    if not parameter.kinds & LAMBDA:
        return _bind(node, known)
    if not isinstance(node, Lambda):
        hint = "write (item) => ..."
        raise ExpressionError(ARGUMENT_TYPE, f"'{parameter.name}' is a lambda", node.span, hint)
    body, name = _bind(node.body, known | {node.parameter}), node.parameter
    return lambda frame: _closure(frame, name, body)


def _closure(frame: Frame, name: str, body: Code) -> Callable[[Value], Value]:
    """What a lambda does to one item; its parameter hides one of the same name outside."""

    def apply(item: Value) -> Value:
        variables = frame.variables
        frame.variables = {**variables, name: item}
        try:
            return body(frame)
        finally:
            frame.variables = variables

    return apply
