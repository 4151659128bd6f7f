"""A property of the form is blank.

An empty text, list or object, or null, says nothing to the customer and leaves the portal to its own idea of a
default; certification asks to leave such a property out.

Remove the property, or give it a value. Empty `basics`, `steps` and `defaultValue` are fine.

arm-ttk searches the raw text after every colon, so it also finds blanks in comments, within texts and in values that
the form only hands on.
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.armttk.blanks import blanks
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.edits import RemoveMember
from packager.source.lazy import lazy_pattern
from packager.source.span import Path
from packager.ui.definition import UiDefinition

_BLANK = lazy_pattern(r""":(\s*+)(?:\{\s*\}|\[\s*(?:\{\s*\}\s*|"\s*"\s*)?\]|"\s*"|null)""")
MAY_BE_EMPTY = frozenset({"basics", "defaultvalue", "steps"})
# What the form hands on as it stands is the publisher's own: the choices of an element, its default, the outputs.
HANDED_ON = frozenset({"allowedvalues", "defaultvalue", "outputs", "body"})


@arm_ttk_rule(
    "CreateUIDefinition-Must-Not-Have-Blanks",
    on="form",
    severity=Severity.WARNING,
    fixable=True,
    false_alarm="the value is handed on as it stands, or is no property at all",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """A blank after a colon of the raw text, unless the nearest name to the left may be empty."""
    if run.turn.form is None:
        return
    text = run.form.text
    for blank in blanks(text.value, _BLANK):
        if blank.name.lower() not in MAY_BE_EMPTY:
            yield Hit(text.spot(blank.value_start, blank.end), _message(blank.name))


@predict.truth
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """A blank member, unless it may be empty or belongs to what is handed on."""
    todo: list[tuple[Path, Any]] = [] if form.is_form_view else [((), form.value)]
    while todo:
        path, value = todo.pop()
        if isinstance(value, list):
            todo += [((*path, number), item) for number, item in enumerate(value)]
        elif isinstance(value, dict):
            for name, item in value.items():
                if is_blank(item):
                    if name.lower() not in MAY_BE_EMPTY:
                        spot = form.spot((*path, name))
                        yield Hit(spot, _message(name), edits=(RemoveMember(spot.path),))
                elif name.lower() not in HANDED_ON:
                    todo.append(((*path, name), item))


def is_blank(value: Any) -> bool:
    """Null, an empty object or list, a text of blanks, or a list of nothing but one such object or text."""
    if isinstance(value, list):
        return not value or (
            len(value) == 1 and not (value[0] is None or isinstance(value[0], list)) and is_blank(value[0])
        )
    return value is None or value == {} or (isinstance(value, str) and not value.strip())


def _message(name: str) -> str:
    return f"'{name}' is blank; remove it or give it a value"
