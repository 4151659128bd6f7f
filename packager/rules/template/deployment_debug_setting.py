"""A nested deployment logs its requests or responses.

`debugSetting` writes what is sent to the resource providers, secrets included, into the deployment's history.
Certification refuses it.

Remove `debugSetting`, or set its `detailLevel` to `none`.
"""

from collections.abc import Iterator
from typing import Any

from packager.arm.template import DEPLOYMENT_TYPE
from packager.checks.armttk.failures import without_resources
from packager.checks.armttk.powershell import get, spelling, text_of, truthy, unequal
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.armttk.search import Found
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.spot import Spot

_STEPS = ("properties", "debugSetting", "detailLevel")


@arm_ttk_rule("Deployment-Resources-Must-Not-Be-Debug", on="template", needs=("object",))
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Look at the detail level of every deployment resource."""
    yield from without_resources(run)
    for found in run.template.resource_search.by_value_equal("type", DEPLOYMENT_TYPE):
        level: Any = found.holder
        for name in _STEPS:
            level = get(level, name)
        if truthy(level) and unequal(level, "None"):
            message = f"the deployment logs '{text_of(level)}', secrets included; remove 'debugSetting'"
            yield Hit(_spot(run, found), message)


def _spot(run: ArmTtkRun, found: Found) -> Spot:
    path = found.node.true_path
    value: Any = found.holder
    for name in _STEPS:
        if isinstance(value, dict):
            path = (*path, spelling(value, name))
            value = get(value, name)
    return Spot(run.template.document, path)
