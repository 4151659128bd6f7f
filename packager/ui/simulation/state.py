"""What became of a form with some answers: the model that reports, the preview page and searches look at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from packager.ui.environment import Environment
from packager.ui.simulation.answers import Answers
from packager.ui.simulation.ask import Choice
from packager.ui.simulation.context import Context
from packager.ui.simulation.evaluation import Evaluation, Trouble
from packager.ui.simulation.form import Control, Form, Step
from packager.ui.simulation.responses import Responses
from packager.ui.values import Value


@dataclass(frozen=True, slots=True, eq=False)
class ElementState:
    """An element: whether it is shown, and its value, which is undefined while it is not.

    `settings` are its properties as far as they have a say in the value, evaluated. `choices` are those of a list.
    `is_answered` tells that an answer decided the value, `is_open` that in a portal the customer or Azure still would.
    """

    control: Control
    is_visible: bool
    output: Value
    settings: Mapping[str, Any]
    choices: tuple[Choice, ...] | None
    is_answered: bool
    is_open: bool
    refusals: tuple[str, ...]
    troubles: tuple[Trouble, ...]


class Judged(NamedTuple):
    """What is wrong with an element's value, and what could not be evaluated to find out."""

    errors: tuple[str, ...]
    troubles: tuple[Trouble, ...]


NOT_JUDGED = Judged((), ())


class ElementError(NamedTuple):
    """Why the portal would not go on: at an element, a field of Basics (`scope/location`) or an output."""

    element: str
    message: str


class Cycle(NamedTuple):
    """Elements whose values depend on each other; `is_settled` tells that the values come to rest all the same."""

    members: tuple[Control, ...]
    is_settled: bool


class Output(NamedTuple):
    """An output that has a value; `is_open` tells that it depends on what only the customer or Azure can say."""

    value: Value
    is_open: bool


@dataclass(eq=False)
class Simulation:
    """A form with answers. Nothing in it changes; `simulate(..., previous=it)` re-uses what stays the same.

    `outputs` are those that become parameters, `application` the reserved ones, `target` what a Form view says of the
    deployment itself. `troubles` are expressions that failed, which the portal keeps silent about.
    """

    form: Form
    answers: Answers
    responses: Responses
    context: Context
    environment: Environment
    states: tuple[ElementState, ...]
    judged: tuple[Judged, ...]
    cycles: tuple[Cycle, ...]
    outputs: Mapping[str, Output]
    application: Mapping[str, Output]
    target: Mapping[str, Value]
    errors: tuple[ElementError, ...]
    troubles: tuple[Trouble, ...]
    open_outputs: frozenset[str]
    _shown: dict[int, Mapping[str, Any]] = field(default_factory=dict, init=False, repr=False)

    @property
    def is_accepted(self) -> bool:
        """Whether the portal would let the customer create."""
        return not self.errors

    def state(self, path: str) -> ElementState:
        """The state of the element at a path such as `steps/network/vnet`; KeyError when there is none."""
        return self.states[self.form.by_path[path].index]

    def errors_of(self, control: Control) -> tuple[str, ...]:
        """What is wrong with an element's value; the portal shows the first."""
        return self.judged[control.index].errors

    @cached_property
    def visible(self) -> tuple[str, ...]:
        """The paths of the elements that are shown, in order."""
        return tuple(state.control.path for state in self.states if state.is_visible)

    def parameters(self) -> dict[str, Value]:
        """The values of the template's parameters."""
        return {name: output.value for name, output in self.outputs.items()}

    def shown(self, control: Control) -> Mapping[str, Any]:
        """All properties of an element as they are shown: label, tool tip, limits, texts; some may be undefined."""
        found = self._shown.get(control.index)
        if found is None:
            work = self.form.plan.work[control.index]
            sites = (*work.visible, *work.early, *work.late)
            found = self._shown[control.index] = self.display.settings(control.value, sites, control.at)
        return found

    @cached_property
    def display(self) -> Evaluation:
        """Evaluates what is only shown, with bounds of its own."""
        return Evaluation(self.environment)

    def steps(self) -> Iterator["StepState"]:
        """The tabs in order. In a wizard one is open only when those before it have no errors."""
        is_reached = True
        for step in self.form.steps:
            count = sum(len(self.errors_of(control)) for control in step.controls)
            count += sum(error.element.startswith("scope/") for error in self.errors) if step.is_basics else 0
            yield StepState(step, count, is_reached)
            is_reached = is_reached and (not self.form.is_wizard or not count)


class StepState(NamedTuple):
    """A tab: how many errors it has, and whether it can be opened."""

    step: Step
    errors: int
    is_open: bool
