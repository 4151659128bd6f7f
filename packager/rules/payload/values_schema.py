"""Values do not have the shape that the chart's `values.schema.json` asks for.

Helm compares the values of a release, over the chart's own, with the schema of the chart and of every chart in it that
is switched on, and refuses to install when they differ. That would be known only in the customer's subscription.

A schema may refer to another host. Nothing is fetched from there: what it says is not compared, and `[elsewhere]` tells
so as information. A schema that is none is `[invalid]`, a warning.

The finding stands at the line of the values file; where something is missing, at what it is missing from. The chart is
looked for in the package and, when it comes from a repository, in the folder that the variable `PACKAGER_CHART_DIR`
names.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.releases import Release
from packager.checks.rule import Hit, rule
from packager.source.schema import schema_problem
from packager.source.spot import Spot


@rule(on="release", severity=Severity.ERROR)
def check(release: Release, _: Package) -> Iterator[Hit]:
    """Report what the schemas of the chart refuse."""
    for one in release.refused:
        values = release.values
        spot = Spot(values, one.path, one.problem.on_key) if values is not None else release.spot("values")
        yield Hit(spot, f"{one.problem.message} (values.schema.json of chart '{one.chart}')")
    for chart, found in release.schemas.items():
        where = f"values.schema.json of chart '{chart.title}'"
        problem = schema_problem(found.schema)
        if problem is not None:
            message = f"{where} is no JSON Schema, so no values were compared with it: {problem}"
            yield Hit(release.spot("chart"), message, "invalid", severity=Severity.WARNING)
        if found.elsewhere:
            message = (
                f"{where} refers to '{found.elsewhere[0]}', which is not fetched; what it asks for was not compared "
                "with the values"
            )
            yield Hit(release.spot("chart"), message, "elsewhere", severity=Severity.INFO)
