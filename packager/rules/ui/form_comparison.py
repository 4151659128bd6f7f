"""Two values are compared that are never equal.

`equals` does not convert: a tick is `true` and never `'true'`, a text box gives `'3'` and never `3`.

Compare with a value of the same type, or convert: `[equals(int(steps('s').count), 3)]`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.spot import within
from packager.ui.definition import UiDefinition
from packager.ui.kinds import kinds_of
from packager.ui.nodes import Literal


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Calls of equals whose arguments are of known and different types."""
    for path, call in form.flow.calls:
        if call.name.lower() != "equals" or len(call.arguments) != 2:
            continue
        kinds = [sorted(set(kinds_of(form, one))) for one in call.arguments]
        written = any(isinstance(one, Literal) for one in call.arguments)
        if written and all(len(one) == 1 for one in kinds) and kinds[0] != kinds[1]:
            message = f"a value of type {kinds[0][0]} never equals one of type {kinds[1][0]}"
            yield Hit(within(form.document, path, call.span), message)
