"""JavaScript does not take a pattern of the form.

The portal hands patterns to the browser. What it refuses is never tested, or breaks the page; what .NET or Python
take says nothing of it.

Correct the pattern. Text boxes and password boxes are covered by the rules that certification has for them.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition
from packager.ui.patterns import pattern_problem
from packager.ui.settings import written_patterns

# Rules that join tests of arm-ttk look at these.
ELSEWHERE = frozenset({"Microsoft.Common.TextBox", "Microsoft.Common.PasswordBox"})


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Every other pattern of the form that no expression makes."""
    for element, path, pattern in written_patterns(form):
        problem = pattern_problem(pattern) if element.type not in ELSEWHERE else None
        if problem is not None:
            message = f"JavaScript does not take the pattern of element '{element.name}': {problem}"
            yield Hit(form.spot(path), message)
