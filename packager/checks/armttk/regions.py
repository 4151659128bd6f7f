"""Where arm-ttk finds the location of the resource group in the raw text of a template."""

import bisect
import re
from collections.abc import Iterator

from packager.arm.template import DEPLOYMENT_TYPE
from packager.checks.armttk.locate import Locator
from packager.checks.armttk.run import ArmTtkRun
from packager.source.lazy import lazy_pattern
from packager.source.span import Span

FROM_GROUP = lazy_pattern(r"(?:resourceGroup|deployment)\(\).location", re.IGNORECASE)
_TYPE_END = lazy_pattern(r"\.type$", re.IGNORECASE)


def mentions(run: ArmTtkRun) -> Iterator[Span]:
    """Mentions outside the parameters and outside nested deployments, as spans of the text."""
    return _outside_deployments(run, list(_uses(run)))


def _uses(run: ArmTtkRun) -> Iterator[Span]:
    """Mentions of the group's location outside the parameters."""
    text = run.text.value
    found = [Span(*one.span()) for one in FROM_GROUP.finditer(text)]
    parameters = Locator(text).locate("parameters") if found else None
    for span in found:
        if parameters is None or not parameters.start <= span.start <= parameters.end:
            yield span


def _outside_deployments(run: ArmTtkRun, uses: list[Span]) -> Iterator[Span]:
    if not uses:
        return
    locator = Locator(run.text.value)
    deployments = run.template.search.by_value_equal("type", DEPLOYMENT_TYPE)
    places = [locator.locate(_TYPE_END.sub("", one.path)) for one in deployments]
    ranges = sorted((one.start, one.end) for one in places if one is not None)
    ends = [0]
    for _, end in ranges:
        ends.append(max(ends[-1], end))
    for span in uses:
        # The farthest end of all ranges that begin before the place tells whether one reaches it.
        before = bisect.bisect_right(ranges, (span.start, len(run.text.value) + 1))
        if before == 0 or ends[before] < span.start:
            yield span
