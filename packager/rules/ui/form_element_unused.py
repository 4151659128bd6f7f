"""Nothing in the form uses what the customer answers.

A question without effect costs the customer's time and trust.

Put the value out, use it in a condition, or leave the element out.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.lazy import lazy_pattern
from packager.ui.catalogue import element_type
from packager.ui.definition import Element, UiDefinition
from packager.ui.settings import value_at

# Rules that join tests of arm-ttk, which knows no Form view, report these when nothing uses them.
ELSEWHERE = frozenset(
    {
        "Microsoft.Common.DropDown",
        "Microsoft.Common.OptionsGroup",
        "Microsoft.Common.PasswordBox",
        "Microsoft.Compute.SizeSelector",
        "Microsoft.Solutions.JitConfigurator",
    }
)


# Names that no reference can hold are reported as such.
READABLE = lazy_pattern(r"[\w$-]+")


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Every element that asks something and that no expression refers to, its own aside."""
    for element in form.every_element:
        known = element_type(element.type)
        if (
            known is None
            or not known.is_input
            or (known.name in ELSEWHERE and not form.is_form_view)
            or not element.name
        ):
            continue
        if not _is_gate(element) and READABLE.fullmatch(element.name) and not form.flow.is_used(element):
            yield Hit(form.spot(element.path), f"nothing in the form uses the answer of element '{element.name}'")


def _is_gate(element: Element) -> bool:
    """A box that must be ticked, as for a license, does its work without being read."""
    return element.type == "Microsoft.Common.CheckBox" and bool(value_at(element.value, "constraints", "required"))
