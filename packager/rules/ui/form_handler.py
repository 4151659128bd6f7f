"""The form's `handler` is missing or unknown.

The portal picks the code that shows the form by its handler; another value shows an error instead of the form.

Write `"handler": "Microsoft.Azure.CreateUIDef"`. The other one that is known, `Microsoft.Compute.MultiVm`, is of the
portal's older pages.

arm-ttk lets pass what PowerShell takes for equal: `true`, and a list that holds a right value.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from packager.checks.armttk.powershell import get, spelling, truthy, unequal
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.edits import Edit, given
from packager.ui.definition import UiDefinition

KNOWN = ("Microsoft.Azure.CreateUIDef", "Microsoft.Compute.MultiVm")
MISSING = f"the form has no 'handler'; add '{KNOWN[0]}'"
UNKNOWN = f"the handler is unknown to the portal; use '{KNOWN[0]}'"


@arm_ttk_rule("Handler-Must-Be-Correct", on="form", needs=("form",), fixable=True)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Falsy, or unequal to both known handlers."""
    handler = get(run.form.value, "handler")
    if not truthy(handler):
        yield Hit(run.form.spot(), MISSING, sub="missing")
    elif all(unequal(handler, known) for known in KNOWN):
        yield Hit(run.form.spot((spelling(run.form.value, "handler"),)), UNKNOWN, sub="unknown")


@predict.truth
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """A text that is one of the two, ignoring case."""
    handler = form.value.get("handler")
    if form.is_form_view:
        return
    if not handler:
        yield Hit(form.spot(), MISSING, sub="missing", edits=_right(form.value))
    elif not isinstance(handler, str) or handler.lower() not in (known.lower() for known in KNOWN):
        yield Hit(form.spot(("handler",)), UNKNOWN, sub="unknown", edits=_right(form.value))
    elif handler.lower() == KNOWN[1].lower():
        message = f"the legacy handler shows no tabs and knows fewer functions; use '{KNOWN[0]}'"
        spot, edits = form.spot(("handler",)), _right(form.value)
        yield Hit(spot, message, sub="legacy", severity=Severity.WARNING, edits=edits)


def _right(form: Mapping[str, Any]) -> tuple[Edit, ...]:
    return given(form, (), "handler", KNOWN[0], after=spelling(form, "$schema"))
