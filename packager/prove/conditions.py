"""The conditions of a form and of the template behind it, and which ways they were seen to go."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from packager.arm.template import Template
from packager.expressions.errors import ExpressionError
from packager.source.document import Document
from packager.source.span import Path
from packager.source.spot import Spot
from packager.ui.binding import compiled
from packager.ui.nodes import Call, Node, walk
from packager.ui.parser import has_brackets, parse
from packager.ui.printing import print_node
from packager.ui.simulation.evaluation import Evaluation
from packager.ui.simulation.form import Form
from packager.ui.simulation.plan import Site
from packager.ui.simulation.state import Simulation
from packager.ui.values import is_missing, is_true


class Condition(NamedTuple):
    """Something that is so or not: what it is about, in words, and its place."""

    about: str
    spot: Spot


@dataclass
class Seen:
    """Which conditions were seen true, and which false; conditions are in the order of their first sight."""

    ways: dict[Condition, set[bool]] = field(default_factory=dict)

    def expect(self, condition: Condition) -> None:
        """Count a condition in, seen or not."""
        self.ways.setdefault(condition, set())

    def note(self, condition: Condition, way: bool) -> bool:
        """Remember what a condition was; whether that is new."""
        before = self.ways.setdefault(condition, set())
        is_new = way not in before
        before.add(way)
        return is_new

    def both(self) -> int:
        """How many were seen both ways."""
        return sum(len(ways) == 2 for ways in self.ways.values())

    def one_sided(self) -> Iterator[tuple[Condition, bool | None]]:
        """Those that were not, with the only way that they were seen; None for none at all."""
        for condition, ways in self.ways.items():
            if len(ways) < 2:
                yield condition, next(iter(ways), None)


class FormConditions:
    """The conditions of a form: what decides whether elements are shown, rules on their values, and every `if`."""

    def __init__(self, form: Form) -> None:
        self._document = form.document
        self._shown: list[tuple[int, Condition]] = []
        # What is evaluated: for the element of that number, or for the outputs, whether it is shown or not.
        self._evaluated: list[tuple[int | None, Site, Path, Condition]] = []
        self.needs: dict[Condition, frozenset[int]] = {}
        for control in form.controls:
            work = form.plan.work[control.index]
            for site in work.visible:
                condition = self._condition(f"{control.path} is shown", control.at, site, site.needs)
                self._shown.append((control.index, condition))
            for site in work.late:
                if site.at[-1] == "isValid":
                    about = f"{control.path} keeps rule {site.at[-2]}"
                    condition = self._condition(about, control.at, site, site.needs | {control.index})
                    self._evaluated.append((control.index, site, control.at, condition))
            for site in (*work.visible, *work.early, *work.late):
                self._branches(control.index, site, control.at)
        for name, sites in form.plan.outputs.items():
            for site in sites:
                self._branches(None, site, (*form.outputs_at, name))

    def _condition(self, about: str, at: Path, site: Site, needs: frozenset[int]) -> Condition:
        condition = Condition(about, Spot(self._document, (*at, *site.at)))
        self.needs[condition] = needs
        return condition

    def _branches(self, index: int | None, site: Site, at: Path) -> None:
        """Each first argument of an `if` in a text."""
        if site.code is None or not has_brackets(site.text):
            return
        for test in _tests(parse(site.text)):
            written = print_node(test)
            try:
                code = compiled(f"[{written}]")
            except ExpressionError:
                continue
            condition = self._condition(f"if({written}, ...)", at, site, site.needs)
            alone = Site((), f"[{written}]", code, None, frozenset(), frozenset())
            self._evaluated.append((index, alone, (), condition))

    def __iter__(self) -> Iterator[Condition]:
        """All conditions, in the order of the document."""
        return iter(self.needs)

    def ways(self, simulation: Simulation) -> Iterator[tuple[Condition, bool]]:
        """What each condition is with these answers; rules and branches of what is not shown are neither."""
        evaluation = Evaluation(simulation.environment)
        for index, condition in self._shown:
            yield condition, simulation.states[index].is_visible
        for element, site, at, condition in self._evaluated:
            if element is None or simulation.states[element].is_visible:
                value = evaluation.value(site, at)
                if not is_missing(value):
                    yield condition, is_true(value)


def _tests(node: Node) -> Iterator[Node]:
    for one in walk(node):
        if isinstance(one, Call) and one.name.lower() == "if" and one.arguments:
            yield one.arguments[0]


def template_conditions(template: Document) -> Iterator[Condition]:
    """Every resource of a template, also of those nested in it, that has a condition: seen both ways when once deployed
    and once not.
    """
    for one in Template(template).every():
        for resource in one.resources:
            if isinstance(resource.value, dict) and any(key.lower() == "condition" for key in resource.value):
                yield Condition(f"resource {resource.value.get('name', '')} is deployed", one.spot(resource.path))
