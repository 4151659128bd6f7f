"""Runs a form: which elements are shown, what they hold, what is wrong with it, and what goes out."""

from collections.abc import Mapping
from typing import Any

from packager.source.reading import ABSENT
from packager.ui.environment import Environment
from packager.ui.simulation.answers import NO_ANSWERS, Answers
from packager.ui.simulation.ask import Ask, as_flag
from packager.ui.simulation.context import Context, context_of
from packager.ui.simulation.evaluation import Evaluation, Trouble
from packager.ui.simulation.form import Control, Form
from packager.ui.simulation.judging import judged
from packager.ui.simulation.kinds.table import behaviour_of
from packager.ui.simulation.plan import CHANCE, Group, Work
from packager.ui.simulation.responses import NO_RESPONSES, Responses
from packager.ui.simulation.results import results_of, scope_errors, target_of
from packager.ui.simulation.state import NOT_JUDGED, Cycle, ElementError, ElementState, Judged, Simulation
from packager.ui.values import UNDEFINED, Value, is_true, same

# How often the elements of a cycle are evaluated before they are said not to settle.
MAX_PASSES = 20
SEED = "form"
_MOST_NAMES = 8


def simulate(
    form: Form,
    answers: Answers = NO_ANSWERS,
    responses: Responses = NO_RESPONSES,
    *,
    now: int | None = None,
    seed: str = SEED,
    previous: Simulation | None = None,
) -> Simulation:
    """What becomes of a form with these answers. Nothing is raised for bad content, and it always ends.

    `now` is what utcNow() gives, in milliseconds since 1970; guid() and rand() depend on `seed` and on where they
    stand. `previous` is an earlier simulation of the same form: what the change does not reach is taken from it.
    """
    run = _Run(form, answers, responses, now, seed)
    if previous is not None and run.can_use(previous):
        run.previous = previous
    return run.result()


class _Run:
    """One simulation on its way: the states so far, and the values of elements as expressions see them."""

    def __init__(self, form: Form, answers: Answers, responses: Responses, now: int | None, seed: str) -> None:
        self.form, self.answers, self.responses = form, answers, responses
        self.context: Context = context_of(form, answers.scope)
        self.previous: Simulation | None = None
        self.states: list[ElementState | None] = [None] * len(form.controls)
        self.changed: set[int] = set()
        self.cycles: list[Cycle] = []
        self.values: list[dict[str, Value]] = [{} for _ in form.steps]
        self.sections: dict[int, dict[str, Value]] = {}
        for control in form.controls:
            if control.is_section:
                self.sections[control.index] = self._around(control)[control.name] = {}
        self.environment = self._environment(now, seed)
        self.evaluation = Evaluation(self.environment)

    def _environment(self, now: int | None, seed: str) -> Environment:
        steps = {step.name: self.values[n] for n, step in enumerate(self.form.steps) if not step.is_basics}
        basics = next((self.values[n] for n, step in enumerate(self.form.steps) if step.is_basics), {})
        if self.form.where == "form":
            steps.setdefault("basics", basics)
        context = self.context
        return Environment(
            basics=basics,
            steps=steps,
            resource_group=context.resource_group,
            subscription=context.subscription,
            location=context.location,
            now=now,
            seed=seed,
        )

    def can_use(self, previous: Simulation) -> bool:
        """Whether states of another simulation hold here where answers are the same."""
        before = previous.environment
        same_place = previous.context == self.context
        same_chance = (before.now, before.seed) == (self.environment.now, self.environment.seed)
        return previous.form is self.form and previous.responses is self.responses and same_place and same_chance

    def result(self) -> Simulation:
        for group in self.form.plan.groups:
            self._group(group)
        states = tuple(state for state in self.states if state is not None)
        found = tuple(self._judged(state) for state in states)
        results = results_of(self.form, states, self.context, self.evaluation)
        errors = [
            *scope_errors(self.form, self.context, self.evaluation),
            *(ElementError(state.control.path, one) for state in states for one in found[state.control.index].errors),
            *_unsettled(self.cycles),
            *results.errors,
        ]
        target = target_of(self.form, self.evaluation)
        return Simulation(
            self.form,
            self.answers,
            self.responses,
            self.context,
            self.environment,
            states,
            found,
            tuple(self.cycles),
            results.outputs,
            results.application,
            target,
            tuple(errors),
            self._troubles(states, found),
            results.open_names,
        )

    def _troubles(self, states: tuple[ElementState, ...], found: tuple[Judged, ...]) -> tuple[Trouble, ...]:
        of_states = (trouble for state in states for trouble in state.troubles)
        of_rules = (trouble for one in found for trouble in one.troubles)
        return tuple(dict.fromkeys((*of_states, *of_rules, *self.evaluation.taken())))

    def _group(self, group: Group) -> None:
        reused = self._reused(group)
        if reused is not None:
            for state in reused:
                self._keep(state)
            self.cycles += self._cycle_before(group)
            return
        if not group.is_cycle:
            self._keep(self._state(self.form.controls[group.members[0]]))
        else:
            is_settled = self._settle(group)
            self.cycles.append(Cycle(tuple(self.form.controls[number] for number in group.members), is_settled))
        self.changed.update(number for number in group.members if self._differs(number))

    def _settle(self, group: Group) -> bool:
        """Evaluate the members of a cycle until their values stay; whether they do."""
        for _ in range(MAX_PASSES):
            is_same = True
            for number in group.members:
                before = self.states[number]
                now = self._state(self.form.controls[number])
                self._keep(now)
                is_same = is_same and before is not None and _is_same(before, now)
            if is_same:
                return True
        return False

    def _reused(self, group: Group) -> list[ElementState] | None:
        """The states of an earlier simulation, where neither the answers nor what they depend on have changed."""
        previous = self.previous
        if previous is None:
            return None
        for number in group.members:
            control = self.form.controls[number]
            if not self.changed.isdisjoint(self.form.plan.work[number].needs):
                return None
            if not _same_answer(previous.answers.of(control), self.answers.of(control)):
                return None
        return [previous.states[number] for number in group.members]

    def _cycle_before(self, group: Group) -> list[Cycle]:
        before = self.previous.cycles if self.previous is not None and group.is_cycle else ()
        return [cycle for cycle in before if cycle.members[0].index == group.members[0]]

    def _differs(self, number: int) -> bool:
        state = self.states[number]
        return self.previous is None or state is None or not _is_same(self.previous.states[number], state)

    def _around(self, control: Control) -> dict[str, Value]:
        return self.sections[control.parent.index] if control.parent is not None else self.values[control.step]

    def _keep(self, state: ElementState) -> None:
        """Let expressions see the value of an element."""
        control = state.control
        self.states[control.index] = state
        if not control.is_section:
            around = self._around(control)
            if state.output is UNDEFINED:
                around.pop(control.name, None)
            else:
                around[control.name] = state.output

    def _state(self, control: Control) -> ElementState:
        work = self.form.plan.work[control.index]
        above = self.states[control.parent.index] if control.parent is not None else None
        is_visible = (above is None or above.is_visible) and self._is_visible(control, work)
        answer = self.answers.of(control)
        is_open = self._is_open(control, work, is_answered=answer is not ABSENT)
        if not is_visible or control.is_section:
            troubles = self.evaluation.taken()
            return ElementState(control, is_visible, UNDEFINED, control.value, None, False, is_open, (), troubles)
        ask = self._ask(control, self.evaluation.settings(control.value, work.early, control.at))
        found = behaviour_of(control.kind).value(ask)
        return ElementState(
            control,
            True,
            found.output,
            ask.settings,
            found.choices,
            ask.is_answered,
            is_open or found.is_open,
            found.refusals,
            self.evaluation.taken(),
        )

    def _ask(self, control: Control, settings: Mapping[str, Any]) -> Ask:
        return Ask(control, settings, self.answers.of(control), self.context, self.responses, self.form.where)

    def _is_visible(self, control: Control, work: Work) -> bool:
        """What `visible` says; one that cannot be read counts for nothing, as in the portal."""
        if work.visible:
            site = work.visible[0]
            value = self.evaluation.value(site, control.at)
            return site.problem is not None or is_true(value)
        written = control.value.get("visible", True)
        return as_flag(written, is_true(written))

    def _is_open(self, control: Control, work: Work, *, is_answered: bool) -> bool:
        """Whether the value depends on what is not decided; that of an answer only by being shown."""
        sites = work.visible if is_answered else (*work.visible, *work.early)
        above = control.parent is not None and self._open(control.parent.index)
        context = any(site.asks & (CHANCE | self.context.assumed) for site in sites)
        return above or context or any(self._open(number) for site in sites for number in site.needs)

    def _open(self, number: int) -> bool:
        state = self.states[number]
        return state is not None and state.is_open

    def _judged(self, state: ElementState) -> Judged:
        control = state.control
        if not state.is_visible or control.is_section:
            return NOT_JUDGED
        work = self.form.plan.work[control.index]
        previous = self.previous
        if (
            previous is not None
            and previous.states[control.index] is state
            and self.changed.isdisjoint(work.late_needs)
        ):
            return previous.judged[control.index]
        return judged(self._ask(control, state.settings), state, work, self.evaluation)


def _is_same(one: ElementState, other: ElementState) -> bool:
    return one.is_visible == other.is_visible and one.is_open == other.is_open and _is_equal(one.output, other.output)


def _is_equal(one: Value, other: Value) -> bool:
    return one is other or same(one, other)


def _same_answer(one: Any, other: Any) -> bool:
    return one is other or (one is not ABSENT and other is not ABSENT and same(one, other))


def _unsettled(cycles: list[Cycle]) -> list[ElementError]:
    """An error at the first member of each cycle whose values never come to rest."""
    found = []
    for cycle in cycles:
        if not cycle.is_settled:
            names = ", ".join(control.path for control in cycle.members[:_MOST_NAMES])
            more = ", ..." if len(cycle.members) > _MOST_NAMES else ""
            message = f"the values never settle, because they depend on each other: {names}{more}"
            if len(cycle.members) == 1:
                message = "the value never settles, because it depends on itself"
            found.append(ElementError(cycle.members[0].path, message))
    return found
