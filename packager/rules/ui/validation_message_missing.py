"""A validation of the form says nothing when it fails.

The customer then sees a red field and no reason; certification wants a `message` in every entry of `validations`.

Add a `message` that says what is expected.

arm-ttk takes any `message` for one, also an empty one.
"""

from collections.abc import Iterator

from packager.arm.template import member
from packager.checks.armttk.powershell import has
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.ui.definition import UiDefinition

MESSAGE = "the validation has no 'message'; say what is expected"


@arm_ttk_rule("Validations-Must-Have-Message", on="form", needs=("form",), mentions=("validations",))
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Every entry without a member `message`; a list in the list passes, and so does a list of one blank entry."""
    for found in run.form.search.by_any_value("validations"):
        entries = found.value if isinstance(found.value, list) else [found.value] if found.value is not None else []
        for number, entry in enumerate(entries):
            if not isinstance(entry, list) and not has(entry, "message"):
                step = (number,) if isinstance(found.value, list) else ()
                yield Hit(run.form.spot((*found.true_path, *step)), MESSAGE)


@predict.truth
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Every entry of a `validations` list without a message, or with one that is blank."""
    for node, key in form.tree.properties("validations"):
        entries = node.value[key]
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            step = (number,) if isinstance(entries, list) else ()
            spot = form.spot((*node.path, key, *step))
            if not has(entry, "message"):
                yield Hit(spot, MESSAGE)
            elif not str(member(entry, "message") or "").strip():
                yield Hit(spot, "the validation has an empty 'message'; say what is expected", sub="empty")
