"""A parameter file has a `$schema` or a `contentVersion`, but no `parameters`.

Azure refuses such a file, and certification refuses it beforehand. An empty object is fine: `"parameters": {}`.

Add the parameters, or write the short form: an object of names and values without `$schema` and `contentVersion`.
"""

from collections.abc import Iterator

from packager.checks.armttk.powershell import get, truthy
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.rule import Hit, arm_ttk_rule


@arm_ttk_rule("DeploymentParameters-Should-Have-Parameters", on="parameters", needs=("parameters",))
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """The full form without parameters, or with something that counts as none: null, "", 0, false, an empty list."""
    file = run.parameters
    if not truthy(get(file.value, "$schema")) and not truthy(get(file.value, "contentVersion")):
        return
    if not truthy(get(file.value, "parameters")):
        spot = file.spot(file.path_of("parameters"))
        yield Hit(spot, "the parameter file has no 'parameters'; add \"parameters\": {} and the values in it")
