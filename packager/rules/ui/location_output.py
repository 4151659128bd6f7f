"""The form does not hand the customer's region to the template.

Certification wants an output `location` with exactly `[location()]`, so that the package deploys where the customer
said in Basics. A region control of one's own is refused.

Add `"location": "[location()]"` to `parameters.outputs`, and a parameter `location` to the template.
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.armttk.powershell import get, spelling, text_of, truthy
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.edits import AddMember, Edit, SetValue, given
from packager.source.span import Path

WANTED = "[location()]"


@arm_ttk_rule("Location-Should-Be-In-Outputs", on="form", needs=("form",), fixable=True)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """The first of: no outputs, no location among them, another expression."""
    outputs = get(get(run.form.value, "parameters"), "outputs")
    location = get(outputs, "location")
    path = run.form.path_of("parameters", "outputs")
    if not truthy(outputs):
        edits = _first_output(run.form.value, path)
        yield Hit(run.form.spot(path[:1]), "the form has no 'parameters.outputs'", sub="no-outputs", edits=edits)
    elif not truthy(location):
        message = 'the outputs have no \'location\'; add "location": "[location()]"'
        edits = (AddMember(path, "location", WANTED),) if isinstance(outputs, dict) and location is None else ()
        yield Hit(run.form.spot(path, key=True), message, sub="missing", edits=edits)
    elif text_of(location).strip().lower() != WANTED:
        name = spelling(outputs, "location") if isinstance(outputs, dict) else "location"
        spot = run.form.spot((*path, name))
        yield Hit(spot, f"the output 'location' must be {WANTED}", sub="other", edits=(SetValue(spot.path, WANTED),))


def _first_output(form: Any, path: Path) -> tuple[Edit, ...]:
    parameters = get(form, "parameters")
    outputs = get(parameters, "outputs")
    if outputs == {}:
        return given(outputs, path, "location", WANTED)
    return given(parameters, path[:1], "outputs", {"location": WANTED}) if outputs is None else ()
