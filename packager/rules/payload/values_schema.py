"""Values do not have the shape that the chart's `values.schema.json` asks for.

Helm compares the values of a release, over the chart's own, with the schema of the chart and of every chart in it that
is switched on, and refuses to install when they differ. That would be known only in the customer's subscription.

A schema may refer to another host. Nothing is fetched from there: what it says is not compared, and `[elsewhere]` tells
so as information.

The finding stands at the line of the values file; where something is missing, at what it is missing from. The chart is
looked for in the package and, when it comes from a repository, in the folder that the variable `PACKAGER_CHART_DIR`
names.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.releases import Release
from packager.checks.rule import Hit, rule
from packager.source.spot import Spot


@rule(on="release", severity=Severity.ERROR)
def check(release: Release, _: Package) -> Iterator[Hit]:
    """Report what the schemas of the chart refuse."""
    for found in release.refused:
        values = release.values
        spot = Spot(values, found.path, found.problem.on_key) if values is not None else release.spot("values")
        yield Hit(spot, f"{found.problem.message} (values.schema.json of chart '{found.chart}')")
    for chart in release.tree.every() if release.tree is not None else ():
        if chart.schemas_elsewhere:
            message = (
                f"values.schema.json of chart '{chart.title}' refers to '{chart.schemas_elsewhere[0]}', which is not "
                "fetched; what it asks for was not compared with the values"
            )
            yield Hit(release.spot("chart"), message, "elsewhere", severity=Severity.INFO)
