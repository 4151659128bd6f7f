"""Keys of a release's values that the chart does not know.

A chart says what it knows by its own values.yaml and its schema. Templates may use more than that, and may hand on a
whole mapping; where either can be, nothing is said: a key that is called unknown is one that no part of the chart
mentions.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

from packager.helm.coalesce import GLOBAL
from packager.helm.declared import Declared, Part
from packager.helm.tree import ChartTree, conditions, dependency_key
from packager.source.lazy import lazy_pattern
from packager.source.span import Path

TAGS = "tags"
MOST = 100  # unknown keys that are told of one release

_MENTION = lazy_pattern(r"""\.([A-Za-z_]\w*)|["`']([\w./-]+)["`']""")
_CHAIN = lazy_pattern(r"(?<![\w)])[.$]\w*(?:\.\w+)*")
# What takes a mapping as a whole, whatever is in it; `with` does when what follows hands its `.` on.
_WHOLE = lazy_pattern(
    r":=|\b(?:toYaml|toYamlPretty|toJson|toPrettyJson|toRawJson|toToml|range|tpl|include|template|merge\w*|mustMerge\w*|"
    r"deepCopy|mustDeepCopy|dict|list|keys|values|pick|omit)\b"
)
_WITH = lazy_pattern(r"-?\s*with\b")
_DOT = lazy_pattern(r"(?<![\w)$.])\.(?!\w)")


class UnknownKey(NamedTuple):
    """A key at `path` of the values; `known` are the keys that the chart `chart` has at that place."""

    path: Path
    chart: str
    known: tuple[str, ...]


def unknown_keys(chart: ChartTree, values: Mapping[str, Any], is_usable: Callable[[str], bool]) -> Iterator[UnknownKey]:
    """The keys of `values` that nothing in the chart knows, in their order.

    `is_usable` tells whether a pattern of a schema is one that may be tried.
    """
    declared = Declared(_own_schema(chart), is_usable)
    place = _Place(chart, chart.defaults, declared, _vocabulary(chart), _conditions(chart))
    for count, found in enumerate(_unknown(place, values)):
        if count == MOST:
            return
        yield found


class _Vocabulary(NamedTuple):
    """What the templates of a chart and of the charts in it mention, and what they hand on as a whole: last names."""

    mentions: frozenset[str]
    wholes: frozenset[str]


class _Place(NamedTuple):
    """Where the walk is: `known` are the chart's defaults there, `declared` is what schemas say of it.

    `path` leads to it from the chart's own values, `before` from those of the release to the chart's. `switches` are
    the paths, from the chart's own values, that it and its parents look at to switch charts on and off.
    """

    chart: ChartTree
    known: Mapping[str, Any]
    declared: Declared
    vocabulary: _Vocabulary
    switches: frozenset[Path]
    path: Path = ()
    before: Path = ()


def _unknown(place: _Place, values: Mapping[str, Any]) -> Iterator[UnknownKey]:
    inner_charts = {one.key: one for one in place.chart.charts} if not place.path else {}
    free = _free(place.chart) if not place.path else frozenset()
    for key, value in values.items():
        path = (*place.path, key)
        if key in inner_charts:
            yield from _in_chart(place, inner_charts[key], value)
        elif key in free or value is None or _is_switch(place, path):
            continue
        elif key in place.known:
            below = place.known[key]
            decided = isinstance(below, dict) and below and key not in place.vocabulary.wholes
            if decided and isinstance(value, dict):
                yield from _unknown(place._replace(known=below, declared=place.declared.below(key), path=path), value)
        elif key not in place.vocabulary.mentions and not place.declared.knows(str(key)):
            known = sorted({*place.known, *inner_charts, *place.declared.names})
            yield UnknownKey((*place.before, *path), place.chart.title, tuple(known))


def _in_chart(place: _Place, chart: ChartTree, value: Any) -> Iterator[UnknownKey]:
    """The unknown keys of a chart in the chart, whose defaults the parent may amend."""
    amended = place.known.get(chart.key)
    known = _both(chart.defaults, amended) if isinstance(amended, dict) else chart.defaults
    if isinstance(value, dict):
        before = (*place.before, *place.path, chart.key)
        inherited = frozenset(path[1:] for path in place.switches if path[0] == chart.key and len(path) > 1)
        switches = inherited | _conditions(chart)
        declared = place.declared.below(chart.key, *_own_schema(chart))
        yield from _unknown(_Place(chart, known, declared, place.vocabulary, switches, (), before), value)


def _own_schema(chart: ChartTree) -> tuple[Part, ...]:
    return (Part(chart.schema, chart.schema),) if chart.schema is not None else ()


def _both(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What either of two mappings knows; where one of them leaves open what is in a key, both do."""
    result = {**one, **other}
    for key in one.keys() & other.keys():
        first, second = one[key], other[key]
        decided = isinstance(first, dict) and isinstance(second, dict) and first and second
        result[key] = _both(first, second) if decided else None
    return result


def _free(chart: ChartTree) -> frozenset[str]:
    """Keys at the root of a chart's values that hold what the chart does not decide, or does not show."""
    absent = {dependency_key(one) for one in chart.dependencies} - {one.key for one in chart.charts}
    return frozenset({GLOBAL, TAGS, *absent, *_imported(chart)})


def _imported(chart: ChartTree) -> Iterator[str]:
    """Keys that a parent takes over from charts in it."""
    for dependency in chart.dependencies:
        listed = dependency.get("import-values")
        inner = next((one for one in chart.charts if one.key == dependency_key(dependency)), None)
        for one in listed if isinstance(listed, list) else ():
            if isinstance(one, dict) and isinstance(one.get("parent"), str):
                yield one["parent"].split(".")[0]
            exported = inner.defaults.get("exports") if inner is not None and isinstance(one, str) else None
            below = exported.get(one) if isinstance(exported, dict) else None
            yield from below if isinstance(below, dict) else ()


def _conditions(chart: ChartTree) -> frozenset[Path]:
    return frozenset(path for one in chart.dependencies for path in conditions(one))


def _is_switch(place: _Place, path: Path) -> bool:
    """Whether a path leads to, or towards, a condition of a dependency."""
    return any(known[: len(path)] == path for known in place.switches)


def _vocabulary(chart: ChartTree) -> _Vocabulary:
    mentions: set[str] = set()
    wholes: set[str] = set()
    for one in chart.every():
        actions = [text.partition("}}")[0] for text in one.templates.split("{{")[1:]]
        for action, after in zip_longest(actions, actions[1:], fillvalue=""):
            mentions.update(step for match in _MENTION.finditer(action) for step in (match[1] or match[2]).split("."))
            if _WHOLE.search(action) or (_WITH.match(action) and _WHOLE.search(after) and _DOT.search(after)):
                wholes.update(match[0].rpartition(".")[2] for match in _CHAIN.finditer(action))
    return _Vocabulary(frozenset(mentions), frozenset(wholes))
