"""Turns trees into code: every name is looked up and every call counted once, evaluating is calling closures."""

import gc
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache

from packager.expressions.access import access
from packager.expressions.errors import (
    ARGUMENT_COUNT,
    ARGUMENT_TYPE,
    NOT_ALLOWED_HERE,
    SYNTAX,
    TOO_DEEP,
    UNKNOWN_FUNCTION,
    ExpressionError,
)
from packager.expressions.function import Argument, Function
from packager.expressions.kinds import ANY, LAMBDA, UNKNOWN, names_of
from packager.expressions.limits import measure
from packager.expressions.nodes import Call, Index, IntegerLiteral, Node, Property, StringLiteral, calls
from packager.expressions.parser import is_expression, parse, unescape
from packager.expressions.residual import narrowed, residual
from packager.expressions.scope import Scope
from packager.expressions.shapes import shaped, slots_of
from packager.expressions.table import find, names
from packager.expressions.values import KINDS, Lambda, Undecided, Value
from packager.source.nearest import did_you_mean

Code = Callable[[Scope], Value]

_REMEMBERED = 16_384
# Texts and lists shorter than this cost no budget: they are bounded by the length of the expression itself.
_SMALL = 1_000
_TEXT_COST = 16
_LOOK_COST = 10
# Variables refer to variables, each a few Python frames deep; these frames take no room on the machine's stack.
_FRAMES = 20_000


def evaluate(text: str, scope: Scope) -> Value:
    """The value of a JSON string: of the expression that it is, or the text that it stands for.

    Raises ExpressionError; a nesting that Python cannot follow is one too.
    """
    if not is_expression(text):
        return unescape(text)
    try:
        return compiled(text)(scope)
    except RecursionError:
        raise too_deep() from None


def too_deep() -> ExpressionError:
    """What is raised instead of RecursionError."""
    return ExpressionError(
        TOO_DEEP, "expressions refer to each other too deeply", None, "shorten the chain of variables"
    )


@contextmanager
def deep_recursion() -> Iterator[None]:
    """Lets chains of variables be as long as templates may have them. Used once around a whole run."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


@contextmanager
def without_collection() -> Iterator[None]:
    """Puts the garbage collector off: a run makes many objects that stay, and looking through them again and again
    would make large templates slower than in proportion.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if not gc.get_freeze_count():
                # What was made counts as old without being looked through; nothing is frozen in the end.
                gc.freeze()
                gc.unfreeze()
            gc.enable()


@lru_cache(maxsize=_REMEMBERED)
def compiled(text: str) -> Code:
    """The code of an expression with its brackets. Raises ExpressionError when it cannot be read or names nothing."""
    found = shaped(text)
    shared = None if found is None else _of_shape(found.shape)
    return _exact(text) if found is None or shared is None else _with_literals(text, shared, found.literals)


def _exact(text: str) -> Code:
    node = parse(text)
    _refuse_lambda(node)
    return bind(node, {})


@lru_cache(maxsize=_REMEMBERED)
def _of_shape(shape: str) -> Code | None:
    """The code that all texts of a shape share; None where each has to be bound by itself."""
    try:
        node = parse(shape)
        slots = slots_of(node)
        _refuse_lambda(node)
        return None if slots is None else bind(node, slots)
    except ExpressionError:
        return None


def _with_literals(text: str, shared: Code, literals: tuple[str | int, ...]) -> Code:
    """The shared code with a text's own literals. What fails is evaluated again as written, for the places in it."""
    exact: Code | None = None

    def code(scope: Scope) -> Value:
        nonlocal exact
        if exact is not None:
            return exact(scope)
        around, scope.literals = scope.literals, literals
        try:
            return shared(scope)
        except ExpressionError as error:
            if error.path is not None:
                raise
        finally:
            scope.literals = around
        exact = _exact(text)
        return exact(scope)

    return code


def _refuse_lambda(node: Node) -> None:
    """A lambda is no value: it can stand only where a function takes one."""
    if isinstance(node, Call) and node.namespace is None and node.name.lower() == "lambda":
        hint = "it is an argument of map(), filter(), reduce(), sort(), toObject(), groupBy() or mapValues()"
        raise ExpressionError(ARGUMENT_TYPE, "a lambda alone has no value", node.span, hint)


# For code that texts share: the number of each literal by its start in their shape. Else empty.
Slots = Mapping[int, int]


def bind(node: Node, slots: Slots) -> Code:
    """The code of a node."""
    if type(node) is Call:
        return _call(node, slots)
    if isinstance(node, (StringLiteral, IntegerLiteral)):
        return _literal(node, slots)
    assert isinstance(node, (Property, Index)), "there are no other nodes"
    return _access(node, slots)


def _literal(node: StringLiteral | IntegerLiteral, slots: Slots) -> Code:
    if slots:
        number = slots[node.start]
        return lambda scope: scope.literals[number]
    value = node.value
    return lambda _: value


def _access(node: Property | Index, slots: Slots) -> Code:
    """One loop for a whole chain of accessors: it can be longer than Python's stack is deep."""
    chain: list[Property | Index] = []
    target: Node = node
    while isinstance(target, (Property, Index)):
        chain.append(target)
        target = target.target
    base = bind(target, slots)
    steps = [
        (link, link.name, None) if isinstance(link, Property) else (link, "", bind(link.index, slots))
        for link in chain[::-1]
    ]

    def code(scope: Scope) -> Value:
        value = base(scope)
        for link, name, index in steps:
            key = name if index is None else index(scope)
            try:
                value = access(value, key)
            except ExpressionError as error:
                raise error.at(link.name_span if isinstance(link, Property) else link.index.span) from None
        return value

    return code


def _call(call: Call, slots: Slots) -> Code:
    if call.namespace is not None:
        return _user_call(call, slots)
    function = find(call.name)
    if function is None:
        message = f"there is no function '{call.name[:80]}'{did_you_mean(call.name, names())}"
        raise ExpressionError(UNKNOWN_FUNCTION, message, call.name_span)
    _count(call, function)
    for argument, kinds in zip(call.arguments, function.kinds(len(call.arguments)), strict=True):
        if not kinds & LAMBDA:
            _refuse_lambda(argument)
    if function.name == "lambda":
        return _lambda(call)
    if function.runtime and any(True for argument in call.arguments for _ in calls(argument, "lambdaVariables")):
        hint = "Azure asks for all resources before it evaluates lambdas; use a copy loop"
        raise ExpressionError(NOT_ALLOWED_HERE, f"{function.name} cannot use lambdaVariables()", call.span, hint)
    codes = [bind(argument, slots) for argument in call.arguments]
    if function.form == "lazy":
        return _lazy(call, function, codes, shared=bool(slots))
    if function.form == "plain":
        return _plain(call, function, codes)
    if function.name in ("parameters", "variables") and isinstance(call.arguments[0], StringLiteral):
        return _named(call, function.name == "parameters", call.arguments[0], slots)
    return _scoped(call, function, codes)


def _named(call: Call, is_parameter: bool, name: StringLiteral, slots: Slots) -> Code:
    """The parameter or variable of a literal name, which most calls are."""
    number, fixed = slots.get(name.start), name.value

    def code(scope: Scope) -> Value:
        wanted = fixed if number is None else str(scope.literals[number])
        try:
            return scope.world.parameter(wanted) if is_parameter else scope.world.variable(wanted)
        except ExpressionError as error:
            raise error.at(call.span) from None

    return code


def _count(call: Call, function: Function) -> None:
    given, least = len(call.arguments), function.required
    if given >= least and (given <= len(function.masks) or function.repeats):
        return
    most = function.most
    wanted = f"{least} or more" if most is None else str(least) if most == least else f"{least} to {most}"
    noun = "argument" if wanted == "1" else "arguments"
    raise ExpressionError(ARGUMENT_COUNT, f"{function.name} takes {wanted} {noun}, not {given}", call.span)


def _plain(call: Call, function: Function, codes: list[Code]) -> Code:
    apply, costly = function.apply, function.costly
    pairs = list(zip(codes, function.kinds(len(codes)), strict=True))

    def code(scope: Scope) -> Value:
        values, fit = [], True
        for argument, kind in pairs:
            value = argument(scope)
            values.append(value)
            if not KINDS[type(value)] & kind:
                fit = False
        if not fit:
            return _unfit(call, function, values)
        try:
            if costly:
                _charge(values, scope)
            result = apply(*values)
        except Undecided:
            return _residual(call, function, values)
        except ExpressionError as error:
            raise error.at(call.span) from None
        if (type(result) is str or type(result) is list) and len(result) > _SMALL:
            scope.world.budget.spend(len(result) // _TEXT_COST if type(result) is str else len(result))
        return result

    return code


def _charge(values: list[Value], scope: Scope) -> None:
    """Pay for looking at whole lists and objects, as large as they would be in print."""
    for value in values:
        if type(value) is list or type(value) is dict:
            size = measure(value)
            if size > _SMALL:
                scope.world.budget.spend(_LOOK_COST * size)


def _scoped(call: Call, function: Function, codes: list[Code]) -> Code:
    apply, kinds, name = function.apply, function.kinds(len(codes)), function.name.lower()

    def code(scope: Scope) -> Value:
        values = [argument(scope) for argument in codes]
        try:
            scope.world.refuse(name)
            for value, kind in zip(values, kinds, strict=True):
                if not KINDS[type(value)] & kind:
                    left = _unfit(call, function, values)
                    # An id that is not known can be that of a resource in the template all the same.
                    known = scope.world.runtime(name, values) if function.runtime else None
                    return left if known is None else known
            return apply(scope, *values)
        except Undecided:
            return _residual(call, function, values)
        except ExpressionError as error:
            raise error.at(call.span) from None

    return code


def _lazy(call: Call, function: Function, codes: list[Code], *, shared: bool) -> Code:
    apply = function.apply
    nodes = (None if shared else argument for argument in call.arguments)
    arguments = [Argument(node, code) for node, code in zip(nodes, codes, strict=True)]

    def code(scope: Scope) -> Value:
        try:
            return apply(scope, *arguments)
        except ExpressionError as error:
            raise error.at(call.span) from None

    return code


def _user_call(call: Call, slots: Slots) -> Code:
    for argument in call.arguments:
        _refuse_lambda(argument)
    codes = [bind(argument, slots) for argument in call.arguments]
    name = call.full_name

    def code(scope: Scope) -> Value:
        values = [argument(scope) for argument in codes]
        try:
            return scope.world.user_function(name, values)
        except ExpressionError as error:
            raise error.at(call.span) from None

    return code


def _lambda(call: Call) -> Code:
    *named, last = call.arguments
    parameters = []
    for parameter in named:
        if not isinstance(parameter, StringLiteral):
            raise ExpressionError(SYNTAX, "the variables of a lambda are named by text literals", parameter.span)
        parameters.append(parameter.value)
    body, variables = bind(last, {}), tuple(parameters)
    return lambda scope: Lambda(variables, body, scope, call)


def _unfit(call: Call, function: Function, values: list[Value]) -> Value:
    """What becomes of arguments that are unknown; those of a wrong type are refused."""
    for position, (value, kinds) in enumerate(zip(values, function.kinds(len(values)), strict=True)):
        kind = KINDS[type(value)]
        have = value.kinds if kind == UNKNOWN else kind
        if not have & kinds:
            wanted = "a lambda" if kinds == LAMBDA else names_of(kinds & ANY)
            parameter = function.parameter_at(position)
            message = f"{function.name} takes {wanted} as '{parameter.name}', not {names_of(have)}"
            raise ExpressionError(ARGUMENT_TYPE, message, call.arguments[position].span)
    return _residual(call, function, values)


def _residual(call: Call, function: Function, values: list[Value]) -> Value:
    kinds = narrowed(function.gives, values) if function.follows else function.gives
    try:
        return residual(function.name, values, kinds)
    except ExpressionError as error:
        raise error.at(call.span) from None
