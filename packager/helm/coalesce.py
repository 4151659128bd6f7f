"""The values that templates see: a release's values over those of the chart and of the charts in it.

As Helm does it (pkg/chart/common/util, coalesce.go): mappings merge, null takes a default of the chart away, `global`
reaches every chart, and a chart in the chart finds its own values under its name.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from packager.helm.objects import inside
from packager.helm.tree import ChartTree, conditions
from packager.source.span import Path

GLOBAL = "global"


class Scoped(NamedTuple):
    """A chart of a release with the values that it sees; `path` leads to them in the release's values."""

    chart: ChartTree
    values: dict[str, Any]
    path: Path


def coalesced(chart: ChartTree, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the chart's templates see as `.Values`, with those of the charts in it under their names."""
    inner_keys = frozenset(one.key for one in chart.charts)
    seen = _over(chart.defaults, values, inner_keys)
    for inner in chart.charts:
        below = seen.get(inner.key)
        given = below if isinstance(below, dict) else {}
        shared, own = seen.get(GLOBAL), given.get(GLOBAL)
        if isinstance(shared, dict):
            given = {**given, GLOBAL: _over(own if isinstance(own, dict) else {}, shared)}
        if below is None or isinstance(below, dict):
            seen[inner.key] = coalesced(inner, given)
    return seen


def scopes(chart: ChartTree, values: Mapping[str, Any]) -> Iterator[Scoped]:
    """The chart and every chart in it that is switched on, each with its values."""
    yield from _scopes(Scoped(chart, coalesced(chart, values), ()))


def _scopes(scope: Scoped) -> Iterator[Scoped]:
    yield scope
    for inner in scope.chart.charts:
        below = scope.values.get(inner.key)
        if isinstance(below, dict) and is_enabled(scope.chart, inner.key, scope.values):
            yield from _scopes(Scoped(inner, below, (*scope.path, inner.key)))


def is_enabled(chart: ChartTree, key: str, values: Mapping[str, Any]) -> bool:
    """Whether values leave a dependency on: its first condition that is there decides, else its tags."""
    for dependency in chart.dependencies:
        if key in {dependency.get("alias"), dependency.get("name")}:
            for path in conditions(dependency):
                switch = inside(values, *path)
                if isinstance(switch, bool):
                    return switch
            return _by_tags(dependency.get("tags"), values.get("tags"))
    return True


def _by_tags(tags: Any, switches: Any) -> bool:
    """A dependency is off when some of its tags are, and none is on."""
    if not isinstance(tags, list) or not isinstance(switches, dict):
        return True
    said = [switches[tag] for tag in tags if isinstance(tag, str) and isinstance(switches.get(tag), bool)]
    return any(said) or not said


def _over(
    under: Mapping[str, Any], over: Mapping[str, Any], charts: frozenset[str] = frozenset(), *, keep: bool = False
) -> dict[str, Any]:
    """`over` with what it lacks taken from `under`; what it sets to null is not taken.

    With `keep`, as in the values for the charts called `charts`, null stays, for it takes their own defaults away, too.
    """
    result: dict[str, Any] = {}
    for key in dict.fromkeys((*under, *over)):
        if key not in over:
            result[key] = under[key]
        elif keep or key not in under or over[key] is not None:
            below, above, kept = under.get(key), over[key], keep or key in charts
            both = isinstance(below, dict) and isinstance(above, dict)
            result[key] = _over(below or {}, above, keep=kept) if both else above
    return result
