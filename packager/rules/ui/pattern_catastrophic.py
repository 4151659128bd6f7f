"""A pattern of the form can keep the browser busy for ever.

Where two repetitions can take the same text, as in `^(a+)+$`, the browser tries every way to share it out: the time
doubles with every character that the customer types, and the page hangs.

Let no repetition stand in another, or let each round begin with a character that cannot end the one before:
`^[a-z]+(-[a-z]+)*$`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition
from packager.ui.patterns import MAX_LENGTH, is_catastrophic
from packager.ui.settings import written_patterns


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Every pattern that no expression makes, tried on texts that are made for it."""
    for element, path, pattern in written_patterns(form):
        if len(pattern) > MAX_LENGTH:
            message = f"the pattern of element '{element.name}' has over {MAX_LENGTH:,} characters and is not judged"
            yield Hit(form.spot(path), message, sub="long")
        elif is_catastrophic(pattern):
            yield Hit(
                form.spot(path),
                f"the pattern of element '{element.name}' can hang the page; write it without "
                "a repetition inside another",
            )
