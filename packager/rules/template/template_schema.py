"""A template has no `$schema`, or one that Azure does not know.

Without the schema neither Azure nor arm-ttk can tell what kind of deployment the file is. The schema of 2015-01-01
still works and is deprecated.

Write `https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#`, or the one of the scope that
the template is deployed to. The templates of nested deployments need one, too.

arm-ttk looks at a file without a schema as at the template that it looked at before, and reports the wrong file.
"""

from collections.abc import Callable, Iterator
from typing import Any

from packager.arm.template import Template
from packager.checks.armttk.powershell import equal, get, truthy
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.edits import SetValue, given
from packager.source.spot import Spot

SCHEMAS = "https://schema.management.azure.com/schemas/"
KNOWN = tuple(
    SCHEMAS + name
    for name in (
        "2019-04-01/deploymentTemplate.json#",
        "2018-05-01/subscriptionDeploymentTemplate.json#",
        "2019-08-01/tenantDeploymentTemplate.json#",
        "2019-08-01/managementGroupDeploymentTemplate.json#",
    )
)
UNREADABLE = "it cannot read the file, and finds no schema in what it cannot read; mend the file first"
DEPRECATED = SCHEMAS + "2015-01-01/deploymentTemplate.json#"


@arm_ttk_rule(
    "DeploymentTemplate-Schema-Is-Correct",
    on="template",
    optional=("object",),
    fixable=True,
    false_alarm="the file has a schema, and the one that arm-ttk looked at is that of another file",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Compare the schema with the five that are known, ignoring case; without a template it is missing."""
    target = run.target
    if target is None:
        hits = _judge(None, lambda *_: run.turn.spot())
    else:
        hits = _judge(target.value, lambda *names: target.spot(target.section_path(*names)))
    for hit in hits:
        yield hit if run.turn.spot().document.problem is None else hit._replace(explanation=UNREADABLE)


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """The same for every template, whatever file arm-ttk takes it for."""
    yield from _judge(template.value, lambda *names: template.spot(template.section_path(*names)))


def _judge(value: Any, spot: Callable[..., Spot]) -> Iterator[Hit]:
    schema = get(value, "$schema")
    if not truthy(schema):
        edits = given(value, spot().path, "$schema", KNOWN[0])
        yield Hit(spot(), f"the template has no '$schema'; add '{KNOWN[0]}'", sub="missing", edits=edits)
    elif equal(DEPRECATED, schema):
        message = f"'$schema' is the deprecated one of 2015-01-01; use '{KNOWN[0]}'"
        place = spot("$schema")
        edits = (SetValue(place.path, KNOWN[0]),)
        yield Hit(place, message, sub="deprecated", severity=Severity.WARNING, edits=edits)
    elif not any(equal(known, schema) for known in KNOWN):
        yield Hit(spot("$schema"), f"'$schema' is none that Azure knows; use '{KNOWN[0]}'", sub="unknown")
