"""An expression reads an element that may be hidden, and then has no value at all.

The value of a hidden element is undefined, and so is every `concat` with it: a text stays empty, a call is not made,
a pattern does not hold.

Say what counts then: `[concat('a', coalesce(steps('s').name, ''))]`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.span import Path
from packager.source.spot import within
from packager.ui.definition import UiDefinition
from packager.ui.visibility import conditions_of, unguarded

PLACES = frozenset({"regex", "path", "text", "isValid"})


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """References to elements that are hidden at times, in texts that are shown when those are not."""
    shown = {element.path: conditions_of(form, element) for element in form.every_element}
    for use in form.flow.uses:
        element = use.target.element
        if element is None or use.path[-1] not in PLACES or use.output is not None:
            continue
        conditions = shown.get(element.path, frozenset())
        if not conditions - _own(shown, use.path) or use.path[: len(element.path)] == element.path:
            continue
        text = form.document.at(use.path)
        if isinstance(text, str) and use.reference.span in unguarded(text):
            message = (
                f"element '{element.name}' may be hidden, and then the whole expression has no value; use coalesce()"
            )
            yield Hit(within(form.document, use.path, use.reference.span), message)


def _own(shown: dict[Path, frozenset[str]], path: Path) -> frozenset[str]:
    """The conditions of the element that a text belongs to."""
    around = (shown.get(path[:size]) for size in range(len(path), 0, -1))
    return next((found for found in around if found is not None), frozenset())
