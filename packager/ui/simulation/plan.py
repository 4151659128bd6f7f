"""In which order the elements of a form are evaluated, found once: each after those whose values it reads.

Elements that read each other form a group, which is evaluated again and again until its values stay. What only the
display or the validation reads (labels, messages, rules) is late: it sees the values of all others and changes none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from packager.expressions.errors import ExpressionError
from packager.source.span import Path
from packager.ui.binding import compiled
from packager.ui.function import Code
from packager.ui.nodes import Call, Literal, Node, walk
from packager.ui.parser import has_brackets, parse
from packager.ui.references import BASICS, Reference, references
from packager.ui.simulation.components import components
from packager.ui.simulation.form import Control, Form

# Properties that have no say in the value of any element.
_LATE_NAMES = """
label toolTip placeholder subLabel infoMessages imageReference filterPlaceholder defaultDescription readOnly bladeTitle
bladeSubtitle scope ariaLabel barColor link
"""
_LATE_CONSTRAINT_NAMES = """
required regex validationMessage validations customPasswordRegex customValidationMessage accept
numAvailabilityZonesRequired zone
"""
_LATE = frozenset(_LATE_NAMES.split())
_LATE_CONSTRAINTS = frozenset(_LATE_CONSTRAINT_NAMES.split())
# Their value is the place that the form is opened for, whatever their properties say of it.
_PLACE_NAMES = """
ResourceScope SubscriptionSelector ResourceGroupSelector LocationSelector ManagementGroupSelector TenantSelector
"""
_PLACES = frozenset(_PLACE_NAMES.split())
# What differs from one opened form to the next.
CHANCE = frozenset({"guid", "rand", "utcnow"})
CONTEXT = frozenset({"location", "resourcegroup", "subscription"})
_REGULAR = frozenset({"regex", "customPasswordRegex"})


class Site(NamedTuple):
    """A text in brackets: where in its element, what it computes, or why it cannot.

    `needs` are the numbers of the elements whose values it reads, `asks` functions of CHANCE and CONTEXT that it calls.
    """

    at: Path
    text: str
    code: Code | None
    problem: ExpressionError | None
    needs: frozenset[int]
    asks: frozenset[str]


class Work(NamedTuple):
    """What is to be evaluated for one element, and what it depends on: early for its value, late for the rest.

    `visible` is what decides whether it is shown; the other early texts are left alone while it is not. `cells` are the
    texts in the columns of a table, evaluated for each row.
    """

    visible: tuple[Site, ...]
    early: tuple[Site, ...]
    late: tuple[Site, ...]
    cells: tuple[Site, ...]
    needs: frozenset[int]
    late_needs: frozenset[int]


class Group(NamedTuple):
    """Elements that are evaluated together; `is_cycle` tells that they, or the only one, read each other's values."""

    members: tuple[int, ...]
    is_cycle: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """`work` is that of each element by its number; `groups` are in order. `outputs` are the texts of each output."""

    work: tuple[Work, ...]
    groups: tuple[Group, ...]
    outputs: Mapping[str, tuple[Site, ...]]
    names: "Names"


def plan_of(form: Form) -> Plan:
    """The plan of a form."""
    names = Names(form)
    work = tuple(_work(control, names) for control in form.controls)
    found = components([one.needs for one in work])
    groups = tuple(Group(members, len(members) > 1 or members[0] in work[members[0]].needs) for members in found)
    outputs = {name: tuple(sites_in(value, names)) for name, value in form.outputs.items()}
    return Plan(work, groups, outputs, names)


def _work(control: Control, names: "Names") -> Work:
    own = control.value
    if control.is_section:
        own = {key: value for key, value in own.items() if key != "elements"}
    parts: dict[str, list[Site]] = {"visible": [], "early": [], "late": [], "cells": []}
    for site in sites_in(own, names):
        parts[_part(control, site.at)].append(site)
    visible, early, late, cells = (tuple(one) for one in parts.values())
    above = frozenset({control.parent.index}) if control.parent is not None else frozenset()
    return Work(visible, early, late, cells, above | _needs((*visible, *early)), _needs((*late, *cells)))


def _needs(sites: tuple[Site, ...]) -> frozenset[int]:
    return frozenset().union(*(site.needs for site in sites))


def _part(control: Control, at: Path) -> str:
    first = at[0]
    if first == "visible":
        return "visible"
    second = at[1] if first == "constraints" and len(at) > 1 else None
    if second == "columns":
        return "cells"
    is_price = first == "count" and control.kind == "SizeSelector"
    is_late = first in _LATE or second in _LATE_CONSTRAINTS or "validations" in at or control.kind in _PLACES
    return "late" if is_late or is_price else "early"


def sites_in(value: Any, names: "Names") -> Iterator[Site]:
    """Every text in brackets inside a value, at any depth, in document order."""
    todo: list[tuple[Path, Any]] = [((), value)]
    while todo:
        at, current = todo.pop()
        if isinstance(current, str):
            if _is_site(current, at):
                yield _site(at, current, names)
        elif isinstance(current, Mapping):
            todo += [((*at, key), item) for key, item in reversed(list(current.items()))]
        elif isinstance(current, list):
            todo += [((*at, number), current[number]) for number in range(len(current) - 1, -1, -1)]


def _is_site(text: str, at: Path) -> bool:
    if not text.lstrip().startswith("["):
        return False
    # A pattern may look like an expression: `[a-z]`. One that calls nothing is taken for a pattern.
    return not (at and at[-1] in _REGULAR) or _calls(text)


def _calls(text: str) -> bool:
    try:
        return has_brackets(text) and any(isinstance(node, Call) for node in walk(parse(text)))
    except ExpressionError:
        return False


def _site(at: Path, text: str, names: "Names") -> Site:
    if not has_brackets(text):
        return Site(at, text, None, None, frozenset(), frozenset())
    try:
        code, node = compiled(text), parse(text)
    except ExpressionError as error:
        return Site(at, text, None, error, frozenset(), frozenset())
    return Site(at, text, code, None, names.read_by(node), _asked(node))


def _asked(node: Node) -> frozenset[str]:
    called = {one.name.lower() for one in walk(node) if isinstance(one, Call)}
    return frozenset(called & (CHANCE | CONTEXT))


class Names:
    """The elements by the names that expressions know them by."""

    def __init__(self, form: Form) -> None:
        self._steps = {step.name: number for number, step in enumerate(form.steps) if not step.is_basics}
        self._basics = next((number for number, step in enumerate(form.steps) if step.is_basics), None)
        self._children: dict[tuple[int, int | None], dict[str, Control]] = {}
        for control in form.controls:
            around = control.parent.index if control.parent is not None else None
            # Of namesakes the last one counts, as it does among the values.
            self._children.setdefault((control.step, around), {})[control.name] = control
        self._every = frozenset(range(len(form.controls)))

    def read_by(self, node: Node) -> frozenset[int]:
        """The numbers of the elements that an expression reads."""
        computed = any(
            isinstance(one, Call)
            and one.name.lower() in {BASICS, "steps"}
            and not (len(one.arguments) == 1 and isinstance(one.arguments[0], Literal))
            for one in walk(node)
        )
        return self._every if computed else frozenset().union(*map(self.reached, references(node)))

    def reached(self, reference: Reference) -> frozenset[int]:
        """The elements that a reference reads: one, those of a section or a step, or none where nothing is there."""
        step = self.step_of(reference)
        if step is None:
            return frozenset()
        around: int | None = None
        for name in reference.names:
            control = self._children.get((step, around), {}).get(name)
            if control is None:
                return frozenset()
            if not control.is_section:
                return frozenset({control.index})
            around = control.index
        return frozenset(self._inside(step, around))

    def step_of(self, reference: Reference) -> int | None:
        """The number of the step that a reference starts from; None when there is none of that name."""
        if reference.step is None:
            return self._basics
        return self._steps.get(reference.step, self._basics if reference.step == BASICS else None)

    def names_in(self, step: int, around: int | None) -> dict[str, Control]:
        """The elements directly in a step or section."""
        return self._children.get((step, around), {})

    def _inside(self, step: int, around: int | None) -> Iterator[int]:
        todo = [around]
        while todo:
            for control in self._children.get((step, todo.pop()), {}).values():
                yield control.index
                if control.is_section:
                    todo.append(control.index)
