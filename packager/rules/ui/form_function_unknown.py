"""An expression of the form calls a function that the portal does not have.

Forms have a language of their own: of the functions of templates only some exist here. An expression with an unknown
function has no value, and the portal says nothing.

The [reference](../reference/portal-functions.md) lists the functions. What is documented nowhere, and what only the
portal's own forms have, may stop to work.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.nearest import did_you_mean
from packager.source.spot import within
from packager.ui.binding import INSTEAD
from packager.ui.definition import UiDefinition
from packager.ui.nodes import Call
from packager.ui.table import find, names

OF_EXTENSIONS = frozenset({"resources", "parameters", "dataSources"})


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Every call in every expression that can be read."""
    for path, call in form.flow.calls:
        for message, sub, severity in _judged(form, call):
            yield Hit(within(form.document, path, call.name_span), message, sub=sub, severity=severity)


def _judged(form: UiDefinition, call: Call) -> Iterator[tuple[str, str | None, Severity | None]]:
    function = find(call.name)
    if function is None:
        yield f"the portal has no function '{call.name[:40]}'{_hint(call.name)}", None, None
    elif form.is_form_view:
        if function.name == "basics":
            yield "a Form view has no Basics of its own; write steps('basics')", "elsewhere", None
    elif function.name in OF_EXTENSIONS:
        yield f"'{function.name}' exists in forms of portal extensions only", "elsewhere", None
    elif function.standing == "portal":
        yield f"'{function.name}' is documented for the Form view only", "elsewhere", Severity.WARNING
    elif function.standing == "observed":
        yield f"'{function.name}' is documented nowhere and may stop to work", "undocumented", Severity.WARNING
    elif function.name != call.name:
        yield f"the function is called '{function.name}'", "case", Severity.WARNING


def _hint(name: str) -> str:
    if name.lower() in INSTEAD:
        return f"; it has {INSTEAD[name.lower()]}()"
    from packager.expressions.table import names as of_templates  # only for a name that is unknown

    if any(name.lower() == one.lower() for one in of_templates()):
        return "; templates have it, forms do not"
    return did_you_mean(name, names())
