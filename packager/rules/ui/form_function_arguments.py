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
from packager.ui.arguments import count_problem, taken
from packager.ui.definition import UiDefinition
from packager.ui.function import LAMBDA, Function
from packager.ui.nodes import Lambda, Literal, Node
from packager.ui.table import find


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Counts of every call, and the types of arguments that are written out."""
    for path, call in form.flow.calls:
        function = find(call.name)
        message = count_problem(function, len(call.arguments)) if function is not None else None
        if message is not None:
            yield Hit(within(form.document, path, call.span), message)
        elif function is not None:
            for place, argument in enumerate(call.arguments):
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
