"""A key of the values is one that the chart does not know.

Helm says nothing about a key that no template reads: it is simply without effect, and the chart's default stays. Most
are misspelt, or at the wrong level.

What a chart knows are the keys of its own `values.yaml`, those that its `values.schema.json` declares (`properties`,
`patternProperties` or a schema in `additionalProperties`, also through `$ref`, `allOf`, `anyOf` and `oneOf`), those of
the charts in it (under their names or aliases), `global`, `tags` and the conditions of its dependencies. A key below an
empty mapping of the chart, below one that the templates hand on as a whole (`toYaml .Values.resources`), or that some
template mentions, is taken to be known.

The chart is looked for in the package and, when it comes from a repository, in the folder that the variable
`PACKAGER_CHART_DIR` names; where it is not at hand, nothing is said.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.releases import Release, is_usable
from packager.checks.rule import Hit, rule
from packager.helm.keys import UnknownKey, unknown_keys
from packager.source.nearest import nearest
from packager.source.spot import Spot


@rule(on="release", severity=Severity.WARNING)
def check(release: Release, _: Package) -> Iterator[Hit]:
    """Report unknown keys, with the nearest that is known."""
    values = release.values
    if values is None or release.tree is None or not isinstance(values.value, dict):
        return
    refused = {one.path for one in release.refused if one.problem.on_key}
    for found in unknown_keys(release.tree, values.value, is_usable):
        if found.path in refused:
            continue  # the schema says so already, and worse
        yield Hit(Spot(values, found.path, key=True), _message(found))


def _message(found: UnknownKey) -> str:
    key, above = str(found.path[-1]), ".".join(map(str, found.path[:-1]))
    place = f"'{above}' of chart '{found.chart}'" if above else f"the values of chart '{found.chart}'"
    meant = nearest(key, found.known)
    return f"'{key}' is no key in {place}, so it has no effect; " + (
        f"did you mean '{meant}'?" if meant else "remove it, or look up its name in the chart's values.yaml"
    )
