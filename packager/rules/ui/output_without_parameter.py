"""The form puts out a value that the template has no parameter for.

Azure refuses the deployment of a package whose form sends a parameter that the main template does not declare.

Declare the parameter in `mainTemplate.json`, or remove the output.
"""

from collections.abc import Iterator

from packager.checks.armttk.powershell import get, members, truthy
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.nearest import did_you_mean
from packager.ui.definition import RESERVED_OUTPUTS


@arm_ttk_rule("Outputs-Must-Be-Present-In-Template-Parameters", on="form", needs=("form", "object"), inner=False)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Names compared ignoring case; the four outputs that the platform reads itself need no parameter."""
    outputs = get(get(run.form.value, "parameters"), "outputs")
    path = run.form.path_of("parameters", "outputs")
    if not truthy(outputs):
        yield Hit(run.form.spot(path[:1]), "the form has no 'parameters.outputs'", sub="no-outputs")
    declared = get(run.template.value, "parameters")
    for name, _ in members(outputs):
        if name.lower() not in RESERVED_OUTPUTS and not truthy(get(declared, name)):
            known = [one for one, _ in members(declared)]
            message = f"the main template has no parameter '{name}'{did_you_mean(name, known)}"
            yield Hit(run.form.spot((*path, name), key=True), message)
