"""Where arm-ttk finds the location of the resource group in the raw text of a template."""

import bisect
import re
from collections.abc import Iterator

from packager.arm.template import DEPLOYMENT_TYPE
from packager.checks.armttk.run import ArmTtkRun
from packager.source.lazy import lazy_pattern
from packager.source.span import Span

FROM_GROUP = lazy_pattern(r"(?:resourceGroup|deployment)\(\).location", re.IGNORECASE)
# The same in lower case, as what is behind the functions: to look for that first is much faster.
_LOCATION = lazy_pattern(r"\(\).location")
_CALLED = ("resourcegroup", "deployment")
_TYPE_END = lazy_pattern(r"\.type$", re.IGNORECASE)


def mentions(run: ArmTtkRun) -> Iterator[Span]:
    """Mentions outside the parameters and outside nested deployments, as spans of the text."""
    return _outside_deployments(run, list(_uses(run)))


def _uses(run: ArmTtkRun) -> Iterator[Span]:
    """Mentions of the group's location outside the parameters."""
    text = run.text.lowered
    found = [
        Span(one.start() - len(name), one.end())
        for one in _LOCATION.finditer(text)
        for name in _CALLED
        if text.endswith(name, 0, one.start())
    ]
    parameters = run.text.locator.locate("parameters") if found else None
    for span in found:
        if parameters is None or not parameters.start <= span.start <= parameters.end:
            yield span


def _outside_deployments(run: ArmTtkRun, uses: list[Span]) -> Iterator[Span]:
    if not uses:
        return
    deployments = run.template.search.by_value_equal("type", DEPLOYMENT_TYPE)
    places = [run.text.locator.locate(_TYPE_END.sub("", one.path)) for one in deployments]
    ranges = sorted((one.start, one.end) for one in places if one is not None)
    ends = [0]
    for _, end in ranges:
        ends.append(max(ends[-1], end))
    for span in uses:
        # The farthest end of all ranges that begin before the place tells whether one reaches it.
        before = bisect.bisect_right(ranges, (span.start, len(run.text.value) + 1))
        if before == 0 or ends[before] < span.start:
            yield span
