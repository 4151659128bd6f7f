"""A pattern of the form fits a part of the value only.

The portal looks for the pattern anywhere in what is typed: `[a-z]{3,24}` takes `UPPER case` as well, because of
`case`.

Begin the pattern with `^` and end it with `$`. A validation without both and without a length is left alone: it may
mean that the value contains something.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.lazy import lazy_pattern
from packager.ui.definition import UiDefinition
from packager.ui.patternmeasures import is_anchored
from packager.ui.patternreader import read_pattern
from packager.ui.patterns import MAX_LENGTH, pattern_problem
from packager.ui.settings import written_patterns

CLASSES = lazy_pattern(r"\\.|\[[^\]]*\]")
MARKS = lazy_pattern(r"[$^]")


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Both ends of every pattern that no expression makes."""
    for element, path, pattern in written_patterns(form):
        if len(pattern) > MAX_LENGTH or pattern_problem(pattern) is not None:
            continue
        part = read_pattern(pattern)
        starts, ends = is_anchored(part, "^"), is_anchored(part, "$")
        if starts and ends:
            continue
        is_search = "validations" in path and "{" not in pattern and not MARKS.search(CLASSES.sub("", pattern))
        if not is_search:
            lacking = "neither '^' nor '$'" if not (starts or ends) else "no '$'" if starts else "no '^'"
            message = f"the pattern of element '{element.name}' has {lacking}, so it fits a part of the value"
            yield Hit(form.spot(path), message)
