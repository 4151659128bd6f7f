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
from packager.ui.patternreader import ANY, Chars, Choice, Look, Mark, Part, Repeat, Sequence, read_pattern
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


def is_anchored(part: Part, mark: str) -> bool:
    """Whether nothing can stand before (`^`) or behind (`$`) what the pattern takes, or anything may anyway."""
    match part:
        case Mark():
            return part.kind == mark
        case Choice():
            return all(is_anchored(one, mark) for one in part.options)
        case Repeat():
            takes_all = isinstance(part.part, Chars) and part.part.ranges == ANY and part.most is None
            return takes_all or (part.least > 0 and is_anchored(part.part, mark))
        case Sequence():
            items = part.items if mark == "^" else part.items[::-1]
            solid = [one for one in items if not isinstance(one, Look)]
            return bool(solid) and is_anchored(solid[0], mark)
        case Look():
            # A pattern that only looks ahead says what the value contains.
            return True
    return False
