"""A parameter file has no `$schema`, or one that Azure does not know.

Certification recognises a parameter file by its schema and accepts two of them. The short form, an object of names and
values alone, needs none.

Write `"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#"`.
"""

from collections.abc import Iterator

from packager.checks.armttk.powershell import equal, get, truthy
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.edits import given

_SCHEMAS = "https://schema.management.azure.com/schemas/"
KNOWN = tuple(f"{_SCHEMAS}{day}/deploymentParameters.json#" for day in ("2019-04-01", "2015-01-01"))


@arm_ttk_rule("DeploymentParameters-Should-Have-Schema", on="parameters", optional=("parameters",), fixable=True)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Missing beside a content version, or none of the two, ignoring case."""
    file = run.turn.parameters
    if file is None:
        return
    schema = get(file.value, "$schema")
    spot = file.spot(file.path_of("$schema"))
    if not truthy(schema):
        if truthy(get(file.value, "contentVersion")):
            edits = given(file.value, (), "$schema", KNOWN[0])
            yield Hit(spot, f"the parameter file has no '$schema'; add '{KNOWN[0]}'", sub="missing", edits=edits)
    elif not any(equal(known, schema) for known in KNOWN):
        yield Hit(spot, f"'$schema' is none that Azure knows for parameter files; use '{KNOWN[0]}'", sub="unknown")
