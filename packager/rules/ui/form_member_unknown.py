"""A reference reads a member that the value of the element does not have.

It is undefined for ever, so that a condition never holds and an output is left out.

The value of a SizeSelector, a text box or a choice is the value itself: `[steps('vm').size]`. Of other elements the
[reference of elements](../reference/form-elements.md) says which members their value has.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.nearest import did_you_mean
from packager.source.spot import within
from packager.ui.catalogue import element_type, member_at
from packager.ui.definition import Element, UiDefinition
from packager.ui.kinds import element_kind


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Every reference behind whose element further names stand."""
    for use in form.flow.uses:
        element, members = use.target.element, use.target.members
        problem = _problem(element, members) if element is not None and members else None
        if problem is not None:
            yield Hit(within(form.document, use.path, use.reference.span), problem)


def _problem(element: Element, members: tuple[str, ...]) -> str | None:
    known = element_type(element.type)
    if known is None or known.output is None:
        return None
    kind = element_kind(element, ())
    if kind is not None and kind != "object":
        return f"the value of element '{element.name}' is of type {kind} and has no member '{members[0]}'"
    if kind is None or not known.output.closed or not known.output.members:
        return None
    for size in range(1, len(members) + 1):
        found = member_at(known, members[:size])
        if found is None:
            around = [one.path.rpartition(".")[2] for one in known.output.members if one.path.count(".") == size - 1]
            hint = did_you_mean(members[size - 1], around)
            return f"the value of element '{element.name}' has no member '{'.'.join(members[:size])}'{hint}"
        if found.kind is None:
            return None
    return None
