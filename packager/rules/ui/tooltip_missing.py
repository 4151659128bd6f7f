"""An element of the form has no tool tip.

Customers meet the form without the publisher beside them; certification wants a `toolTip` on every element that asks
for something.

Add a `toolTip` that says what the value is for.

arm-ttk takes every object whose `type` looks like that of an element for one, also in the body of a request.
"""

from collections.abc import Iterator
from typing import Any

from packager.arm.template import member
from packager.checks.armttk.powershell import contains, get, text_of
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.edits import given
from packager.ui.definition import Element, UiDefinition

WITHOUT_TOOL_TIP = [
    "Microsoft.Common.InfoBox",
    "Microsoft.Common.Section",
    "Microsoft.Common.TextBlock",
    "Microsoft.Solutions.ArmApiControl",
    "Microsoft.Solutions.GraphApiControl",
    "Microsoft.Common.EditableGrid",
    "Microsoft.Solutions.JitConfigurator",
]
EXEMPT = frozenset(name.lower() for name in WITHOUT_TOOL_TIP)


@arm_ttk_rule(
    "Tooltips-Should-Be-Present",
    on="form",
    needs=("form",),
    fixable=True,
    false_alarm="the object is no element of the form; a 'toolTip' in it does no harm and silences arm-ttk",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Every object with a type like `Microsoft.*.*`, but for the exempt ones."""
    for found in run.form.search.by_value_like("type", "Microsoft.*.*"):
        tip = text_of(get(found.holder, "toolTip"))
        if not tip.strip() and not contains(WITHOUT_TOOL_TIP, found.value):
            yield Hit(run.form.spot(found.node.true_path), _message(text_of(get(found.holder, "name"))))


@predict.truth
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Every element of Basics, steps and sections whose type is like `Microsoft.*.*`."""
    for element in form.elements:
        kind = element.type.lower()
        if not kind.startswith("microsoft.") or kind.count(".") < 2 or kind in EXEMPT:
            continue
        tip = member(element.value, "toolTip")
        if not tip or (isinstance(tip, str) and not tip.strip()):
            edits = given(element.value, element.path, "toolTip", _scaffold(element), after="label")
            yield Hit(form.spot(element.path), _message(element.name), edits=edits)


def _scaffold(element: Element) -> Any:
    """A tool tip to start from: what the label says, for each part of the element that has a tool tip of its own."""
    from packager.ui.settings import shape_of  # the catalogue, 10 ms that only a missing tool tip pays

    label = member(element.value, "label")
    texts = {key: text for key, text in label.items() if isinstance(text, str)} if isinstance(label, dict) else {}
    tip = shape_of(element.type, "form").below.get("toolTip")
    parts = {key: text for key, text in texts.items() if tip is not None and key in tip.below}
    if parts:
        return parts
    return next(iter(texts.values()), label if isinstance(label, str) and label.strip() else element.name)


def _message(name: str) -> str:
    return f"element '{name}' has no 'toolTip'; say what the value is for"
