"""An element of the form has no tool tip.

Customers meet the form without the publisher beside them; certification wants a `toolTip` on every element that asks
for something.

Add a `toolTip` that says what the value is for.
"""

from collections.abc import Iterator

from packager.arm.template import member
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule
from packager.ui.definition import UiDefinition

EXEMPT = frozenset(
    {
        "microsoft.common.infobox",
        "microsoft.common.section",
        "microsoft.common.textblock",
        "microsoft.solutions.armapicontrol",
        "microsoft.solutions.graphapicontrol",
        "microsoft.common.editablegrid",
        "microsoft.solutions.jitconfigurator",
    }
)


@rule(on="form", severity=Severity.ERROR, profiles=EVERY_PROFILE, arm_ttk="Tooltips-Should-Be-Present")
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Look at every element of Basics, steps and sections whose type is like `Microsoft.*.*`."""
    for element in form.elements:
        kind = element.type.lower()
        if not kind.startswith("microsoft.") or kind.count(".") < 2 or kind in EXEMPT:
            continue
        tip = member(element.value, "toolTip")
        if not tip or (isinstance(tip, str) and not tip.strip()):
            yield Hit(form.spot(element.path), f"element '{element.name}' has no 'toolTip'; say what the value is for")
