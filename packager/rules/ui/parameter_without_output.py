"""A template parameter without a default gets no value from the form.

The deployment then fails in the customer's subscription, because nobody is asked for the value.

Add an output of that name to `parameters.outputs`, or give the parameter a `defaultValue`.
"""

from collections.abc import Iterator

from packager.checks.armttk.powershell import get
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Basis
from packager.checks.rule import Hit, arm_ttk_rule


@arm_ttk_rule(
    "Parameters-Without-Default-Must-Exist-In-CreateUIDefinition",
    on="form",
    needs=("object", "form"),
    inner=False,
    false_alarm="the parameter is nullable and gets null; a default of null is none for arm-ttk, an output silences it",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """No default, or null, and no output of that name, or null. Names are compared ignoring case."""
    outputs = get(get(run.form.value, "parameters"), "outputs")
    spot = run.form.spot(run.form.path_of("parameters", "outputs"), key=True)
    for name, declaration in run.template.section("parameters"):
        if get(declaration, "defaultValue") is None and get(outputs, name) is None:
            basis = Basis.ARM_TTK if get(declaration, "nullable") is True else None
            message = f"the form has no output '{name}', and that parameter of the main template has no default"
            yield Hit(spot, message, basis=basis)
