"""Turns trees of portal expressions into code: every name is looked up once, evaluating is calling closures."""

import math
from collections.abc import Callable, Mapping
from functools import lru_cache

from packager.expressions.errors import (
    ARGUMENT_COUNT,
    ARGUMENT_TYPE,
    NOT_ALLOWED_HERE,
    OVERFLOW,
    UNDEFINED_VARIABLE,
    UNKNOWN_FUNCTION,
    ExpressionError,
)
from packager.source.nearest import did_you_mean
from packager.ui.arguments import count_problem, taken
from packager.ui.function import LAMBDA, UNDEFINED_KIND, Code, Frame, Function, Parameter
from packager.ui.nodes import Call, Lambda, ListLiteral, Literal, Member, Node, ObjectLiteral, Variable
from packager.ui.parser import parse
from packager.ui.table import find, names
from packager.ui.values import UNDEFINED, Value, is_number, number

_REMEMBERED = 4096
# What the rows of grids give to the expressions of their columns.
ROW_VARIABLES = frozenset({"$rowIndex", "$item"})
# Names of the template language, and what does their work here.
INSTEAD = {"json": "parse", "where": "filter", "createobject": "parse", "join": "concat", "tostring": "string"}


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
