"""Decisions. Only the arguments that count are evaluated, and an unknown one decides only where it must."""

from packager.expressions.errors import ARGUMENT_TYPE, ARGUMENT_VALUE, FAILED, ExpressionError
from packager.expressions.function import Argument, function
from packager.expressions.kinds import ANY, BOOLEAN, INTEGER, NULL, STRING, VALUE, names_of
from packager.expressions.nodes import Node
from packager.expressions.residual import residual
from packager.expressions.scope import Scope
from packager.expressions.values import KINDS, Unknown, Value


@function(
    BOOLEAN,
    VALUE,
    VALUE,
    gives=ANY,
    form="lazy",
    names=("condition", "trueValue", "falseValue"),
    example="if(equals(1, 2), 'yes', 'no')",
    result="no",
)
def if_(scope: Scope, condition: Argument, chosen: Argument, other: Argument) -> Value:
    """One of two values; the other one is not evaluated."""
    decided = _boolean("if", condition, scope)
    if type(decided) is not Unknown:
        return chosen.code(scope) if decided else other.code(scope)
    branches = chosen.left(scope), other.left(scope)
    kinds = 0
    for branch in branches:
        kinds |= _kinds(branch)
    return residual("if", (decided, *branches), kinds)


@function(
    BOOLEAN,
    BOOLEAN,
    gives=BOOLEAN,
    form="lazy",
    required=2,
    names=("arg1", "arg2"),
    example="and(true(), equals(1, 1))",
    result=True,
)
def and_(scope: Scope, *arguments: Argument) -> Value:
    """Whether all arguments are true."""
    return _joined("and", False, scope, arguments)


@function(
    BOOLEAN,
    BOOLEAN,
    gives=BOOLEAN,
    form="lazy",
    required=2,
    names=("arg1", "arg2"),
    example="or(false(), equals(1, 1))",
    result=True,
)
def or_(scope: Scope, *arguments: Argument) -> Value:
    """Whether one of the arguments is true."""
    return _joined("or", True, scope, arguments)


@function(BOOLEAN, gives=BOOLEAN, example="not(equals(1, 2))", result=True)
def not_(arg1: bool) -> bool:
    """The opposite."""
    return not arg1


@function(
    VALUE,
    VALUE,
    gives=ANY,
    form="lazy",
    required=1,
    names=("arg1", "arg2"),
    example="coalesce(null(), 'a')",
    result="a",
)
def coalesce(scope: Scope, *arguments: Argument) -> Value:
    """The first argument that is not null; those behind it are not evaluated."""
    left: list[Value | Node] = []
    for argument in arguments:
        value = argument.left(scope) if left else argument.code(scope)
        if value is None:
            continue
        left.append(value)
        if type(value) is not Unknown and not isinstance(value, Node):
            break
    if not left or len(left) == 1:
        return left[0] if left else None
    kinds = 0
    for value in left:
        kinds |= _kinds(value)
    return residual("coalesce", left, kinds)


@function(STRING | INTEGER | BOOLEAN, gives=BOOLEAN, example="bool('True')", result=True)
def bool_(arg1: Value) -> bool:
    """A truth value of the text true or false (in any case) or of a number, where 0 is false."""
    if not isinstance(arg1, str):
        return bool(arg1)
    text = arg1.strip().lower()
    if text not in ("true", "false"):
        raise ExpressionError(ARGUMENT_VALUE, f"'{arg1[:40]}' is neither true nor false")
    return text == "true"


@function(gives=BOOLEAN, example="true()", result=True)
def true() -> bool:
    """The value true."""
    return True


@function(gives=BOOLEAN, example="false()", result=False)
def false() -> bool:
    """The value false."""
    return False


@function(gives=NULL, example="null()", result=None)
def null() -> None:
    """The value null."""
    return


@function(STRING, gives=ANY, example="if(true(), 'ok', fail('no size fits'))", result="ok")
def fail(message: str) -> Value:
    """Ends the deployment with a message wherever it is evaluated."""
    raise ExpressionError(FAILED, message or "fail() is called without a message")


def _joined(name: str, decisive: bool, scope: Scope, arguments: tuple[Argument, ...]) -> Value:
    """The decisive value when an argument has it; unknown arguments count only when none has."""
    unknown: list[Value | Node] = []
    for argument in arguments:
        if unknown:
            value = argument.left(scope)
            if isinstance(value, Node):
                unknown.append(value)
                continue
        value = _boolean(name, argument, scope)
        if type(value) is Unknown:
            unknown.append(value)
        elif value is decisive:
            return decisive
    if not unknown:
        return not decisive
    return unknown[0] if len(unknown) == 1 else residual(name, unknown, BOOLEAN)


def _boolean(name: str, argument: Argument, scope: Scope) -> Value:
    value = argument.code(scope)
    kinds = value.kinds if type(value) is Unknown else KINDS[type(value)]
    if not kinds & BOOLEAN:
        message = f"the function '{name}' decides on bool, not {names_of(kinds)}"
        raise ExpressionError(ARGUMENT_TYPE, message, argument.node.span)
    return value


def _kinds(value: Value | Node) -> int:
    if type(value) is Unknown:
        return value.kinds
    return ANY if isinstance(value, Node) else KINDS[type(value)] & ANY
