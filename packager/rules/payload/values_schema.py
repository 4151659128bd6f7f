"""Values do not have the shape that the chart's `values.schema.json` asks for.

Helm compares the values of a release, over the chart's own, with the schema of the chart and of every chart in it that
is switched on, and refuses to install when they differ. That would be known only in the customer's subscription.

The finding stands at the line of the values file; where something is missing, at what it is missing from. The chart is
looked for in the package and, when it comes from a repository, in the folder that the variable `PACKAGER_CHART_DIR`
names.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.releases import Release
from packager.checks.rule import Hit, rule
from packager.helm.coalesce import Scoped, scopes
from packager.source.schema import SchemaProblem, problems
from packager.source.spot import Spot

MOST = 100


@rule(on="release", severity=Severity.ERROR)
def check(release: Release, _: Package) -> Iterator[Hit]:
    """Report what the schemas of the chart refuse."""
    values = release.values.value if release.values is not None else {}
    if release.tree is None or not isinstance(values, dict | None):
        return
    if not any(chart.schema for chart in release.tree.every()):
        return
    for scope in scopes(release.tree, values or {}):
        for found in problems(scope.values, scope.chart.schema, {})[:MOST] if scope.chart.schema else ():
            yield Hit(
                _spot(release, scope, found), f"{found.message} (values.schema.json of chart '{scope.chart.title}')"
            )


def _spot(release: Release, scope: Scoped, found: SchemaProblem) -> Spot:
    if release.values is None:
        return release.spot("values")
    return Spot(release.values, (*scope.path, *found.path), key=found.on_key)
