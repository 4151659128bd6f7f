"""Elements of the form depend on each other in a circle.

Through `visible` and `defaultValue` such a form never settles: what is shown hides itself. Through limits and
choices, as two sliders that bound each other, it works, and only the order of the customer's answers decides.

Let one of them depend on something else.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.span import Path
from packager.ui.definition import Element, UiDefinition
from packager.ui.simulation.components import components

HARD = frozenset({"visible", "defaultValue"})
SOFT = frozenset({"min", "max", "count", "allowedValues", "recommendedSizes", "request", "condition", "allowedSizes"})


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Circles of references in properties that have a say in the value of an element, sections with what is in them."""
    elements = form.every_element
    reported: set[int] = set()
    for names, severity, sub in ((HARD, None, None), (HARD | SOFT, Severity.INFO, "limits")):
        for group in circles(form, names):
            if not reported & set(group):
                reported |= set(group)
                yield Hit(form.spot(elements[group[0]].path), _message(elements, group), sub=sub, severity=severity)


def circles(form: UiDefinition, names: frozenset[str] = HARD) -> Iterator[tuple[int, ...]]:
    """The numbers of elements that depend on each other through those properties."""
    numbers = {element.path: number for number, element in enumerate(form.every_element)}
    needs = _needs(form, numbers, names)
    return (group for group in components(needs) if len(group) > 1 or group[0] in needs[group[0]])


def _needs(form: UiDefinition, numbers: dict[Path, int], names: frozenset[str]) -> list[set[int]]:
    """For each element by number those whose values it reads, and the section around it."""
    needs: list[set[int]] = [set() for _ in numbers]
    for path, number in numbers.items():
        around = numbers.get(path[:-2])
        if around is not None:
            needs[number].add(around)
    for use in form.flow.uses:
        target = use.target.element
        owner, inside = _owner(use.path, numbers)
        if target is not None and owner is not None and names & set(map(str, inside)):
            needs[owner].add(numbers[target.path])
    return needs


def _owner(path: Path, numbers: dict[Path, int]) -> tuple[int | None, Path]:
    """The innermost element around a text, and the way from there; validations have no say in a value."""
    for size in range(len(path) - 1, 0, -1):
        number = numbers.get(path[:size])
        if number is not None:
            inside = path[size:]
            return number, () if "validations" in inside else inside
    return None, ()


def _message(elements: tuple[Element, ...], group: tuple[int, ...]) -> str:
    names = [f"'{elements[number].name}'" for number in group[:5]]
    more = f" and {len(group) - 5} more" if len(group) > 5 else ""
    if len(group) == 1:
        return f"element {names[0]} depends on itself"
    return f"elements {', '.join(names)}{more} depend on each other"
