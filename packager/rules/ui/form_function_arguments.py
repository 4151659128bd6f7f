"""A function of the form is called with arguments that it does not take.

The expression has no value, and the portal says nothing.

The [reference](../reference/portal-functions.md) says how many arguments a function takes, and of which types.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.errors import ExpressionError
from packager.source.spot import within
from packager.ui.definition import UiDefinition
from packager.ui.evaluator import count_problem, taken
from packager.ui.function import LAMBDA, Function
from packager.ui.nodes import Call, Lambda, Literal, Node, walk
from packager.ui.table import find


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Counts of every call, and the types of arguments that are written out."""
    for path, _text, tree in form.flow.trees:
        for node in walk(tree):
            function = find(node.name) if isinstance(node, Call) else None
            if function is None or not isinstance(node, Call):
                continue
            message = count_problem(function, len(node.arguments))
            if message is not None:
                yield Hit(within(form.document, path, node.span), message)
                continue
            for place, argument in enumerate(node.arguments):
                problem = _problem(function, place, argument)
                if problem:
                    yield Hit(within(form.document, path, argument.span), problem, sub="type")


def _problem(function: Function, place: int, argument: Node) -> str | None:
    parameter = function.parameter_at(place)
    if isinstance(argument, Lambda) or parameter.kinds & LAMBDA or not isinstance(argument, Literal):
        return None
    try:
        taken(function, parameter, argument.value, argument)
    except ExpressionError as error:
        return error.message
    return None
