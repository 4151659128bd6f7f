"""The form's `handler` is missing or unknown.

The portal picks the code that shows the form by its handler; another value shows an error instead of the form.

Write `"handler": "Microsoft.Azure.CreateUIDef"`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule
from packager.ui.definition import UiDefinition

KNOWN = ("Microsoft.Azure.CreateUIDef", "Microsoft.Compute.MultiVm")


@rule(on="form", severity=Severity.ERROR, profiles=EVERY_PROFILE, arm_ttk="Handler-Must-Be-Correct")
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Compare with the two known handlers, ignoring case."""
    handler = form.value.get("handler")
    if not handler:
        yield Hit(form.spot(), f"the form has no 'handler'; add '{KNOWN[0]}'", sub="missing")
    elif not isinstance(handler, str) or handler.lower() not in (known.lower() for known in KNOWN):
        yield Hit(form.spot(("handler",)), f"the handler is unknown to the portal; use '{KNOWN[0]}'", sub="unknown")
