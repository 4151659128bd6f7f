"""The search: answers in a useful order, each tried on the form and, when that accepts it, on the template."""

import itertools
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from packager.arm.links import Lookup
from packager.prove.candidates import Asked, candidates
from packager.prove.conditions import FormConditions, Seen, template_conditions
from packager.prove.pairs import pairwise
from packager.prove.verdict import Outcome, Problem, outcome_of
from packager.source.document import Document
from packager.source.reading import ABSENT
from packager.ui.nodes import Call, Literal, Node, walk
from packager.ui.parser import has_brackets, parse
from packager.ui.simulation.answers import NO_ANSWERS, Answers
from packager.ui.simulation.context import allowed_regions
from packager.ui.simulation.form import Control, Form
from packager.ui.simulation.plan import Site
from packager.ui.simulation.responses import NO_RESPONSES, Responses
from packager.ui.simulation.simulate import simulate
from packager.ui.simulation.state import Simulation

MOST_FLIPS = 48  # combinations tried to turn one condition
MOST_REPAIRS = 40  # answers filled in until a form accepts
MOST_COMPARED = 8
_NAMING = frozenset({"basics", "steps"})
NOW = 1_735_689_600_000  # what utcNow() gives, so that two runs are the same: 1 January 2025


class Case(NamedTuple):
    """A problem, and the smallest answers that were found to show it."""

    problem: Problem
    answers: Answers


@dataclass
class Proof:
    """What the search found. `tried` answers in all, `accepted` by the form, `expanded` different deployments.

    `stopped` says why the search ended early: the budget, or an interrupt; None when there was nothing left to try.
    """

    form: Form
    cases: list[Case] = field(default_factory=list)
    tried: int = 0
    accepted: int = 0
    expanded: int = 0
    form_conditions: Seen = field(default_factory=Seen)
    template_conditions: Seen = field(default_factory=Seen)
    shown: set[str] = field(default_factory=set)
    never_accepted: tuple[str, ...] = ()
    stopped: str | None = None


class Subject(NamedTuple):
    """The form, what answers its calls, and the template behind it."""

    form: Form
    template: Document
    lookup: Lookup | None = None
    responses: Responses = NO_RESPONSES
    start: Answers = NO_ANSWERS


def prove(subject: Subject, budget: int, seed: int, progress: Callable[[Proof], None] = lambda _: None) -> Proof:
    """Search with at most `budget` answers; the same budget and seed give the same proof.

    An interrupt ends the search, and what was found until then is the result.
    """
    search = _Search(subject, budget, seed, progress)
    try:
        search.run()
    except _SpentError:
        search.proof.stopped = "budget"
    except KeyboardInterrupt:
        search.proof.stopped = "interrupt"
    search.finish()
    return search.proof


class _SpentError(Exception):
    """The budget is spent."""


class _Search:
    def __init__(self, subject: Subject, budget: int, seed: int, progress: Callable[[Proof], None]) -> None:
        self.subject, self.form, self.budget = subject, subject.form, budget
        self.chance = random.Random(seed)  # noqa: S311 - the same search for the same seed, nothing secret
        self.seed = str(seed)
        self.progress = progress
        self.proof = Proof(self.form)
        self.conditions = FormConditions(self.form)
        self.compared = _compared(self.form)
        self.domains: dict[str, list[Any]] = {}
        self.shown_with: dict[str, Answers] = {}
        self.outcomes: dict[str, Outcome] = {}
        self.done: set[str] = set()
        self.found: set[tuple[Any, ...]] = set()
        self.last: Simulation | None = None
        for condition in self.conditions:
            self.proof.form_conditions.expect(condition)
        self.declared = list(template_conditions(subject.template))
        for condition in self.declared:
            self.proof.template_conditions.expect(condition)

    def run(self) -> None:
        """From what is most likely to show something to what is least."""
        base = self._completed(self.subject.start)
        self._try(base)
        self._singles(base)
        for place in self._places(base):
            self._try(place)
        self._flip_conditions(base)
        self._pairs(base)
        self._flip_conditions(base)

    # -- one set of answers ---------------------------------------------------------------------------------------

    def _simulate(self, answers: Answers) -> Simulation:
        self.last = simulate(self.form, answers, self.subject.responses, now=NOW, seed=self.seed, previous=self.last)
        return self.last

    def _try(self, answers: Answers) -> Simulation:
        """Count, look at the form, and if it accepts, at the template; new problems become cases."""
        simulation = self._simulate(answers)
        key = _text([answers.scope, dict(answers.values)])
        if key in self.done:
            return simulation
        if self.proof.tried >= self.budget:
            raise _SpentError
        self.done.add(key)
        self.proof.tried += 1
        self.proof.shown.update(simulation.visible)
        for condition, way in self.conditions.ways(simulation):
            self.proof.form_conditions.note(condition, way)
        self._learn(simulation)
        if simulation.is_accepted:
            self.proof.accepted += 1
            for problem in self._outcome(simulation).problems:
                if problem.identity not in self.found:
                    self.found.add(problem.identity)
                    self.proof.cases.append(Case(problem, self._smallest(answers, problem)))
        self.progress(self.proof)
        return simulation

    def _outcome(self, simulation: Simulation) -> Outcome:
        """What the template makes of the outputs; the same outputs at the same place are expanded once."""
        context = simulation.context
        parts = [simulation.parameters(), context.location, context.subscription, context.resource_group]
        key = _text([*parts, [one.message for one in simulation.troubles]])
        if key not in self.outcomes:
            self.outcomes[key] = found = outcome_of(simulation, self.subject.template, self.subject.lookup)
            self.proof.expanded += 1
            self._note_deployed(found)
            self.outcomes[key] = found._replace(expansion=None)  # only the problems are needed again
        return self.outcomes[key]

    def _note_deployed(self, outcome: Outcome) -> None:
        places = (
            {(id(one.spot.document), one.spot.path) for one in outcome.expansion.resources}
            if outcome.expansion
            else set()
        )
        for condition in self.declared:
            way = (id(condition.spot.document), condition.spot.path) in places
            self.proof.template_conditions.note(condition, way)

    # -- answers ----------------------------------------------------------------------------------------------------

    def _learn(self, simulation: Simulation) -> None:
        """Find answers to try for elements that are shown for the first time, or have choices at last."""
        for state in simulation.states:
            path = state.control.path
            if state.is_visible and not self.domains.get(path):
                asked = Asked(
                    state, simulation.shown(state.control), self.compared.get(state.control.index, ()), self.chance
                )
                self.domains[path] = candidates(asked)

    def _completed(self, answers: Answers) -> Answers:
        """The answers with what the form still wants, where something can be found that it accepts."""
        for _ in range(MOST_REPAIRS):
            simulation = self._simulate(answers)
            self._learn(simulation)
            wrong = [
                state.control
                for state in simulation.states
                if simulation.errors_of(state.control) and self.domains.get(state.control.path)
            ]
            better = next(filter(None, (self._repaired(answers, control) for control in wrong)), None)
            if better is None:
                return answers
            answers = better
        return answers

    def _repaired(self, answers: Answers, control: Control) -> Answers | None:
        """The answers with another one to this element, or to one that its rules read, so that they all hold."""
        needs = self.form.plan.work[control.index].late_needs
        paths = [control.path, *(self.form.controls[index].path for index in sorted(needs - {control.index}))]
        for path in paths:
            for value in self.domains.get(path, ()):
                changed = answers.with_value(path, value)
                if not self._simulate(changed).errors_of(control):
                    return changed
        return None

    def _singles(self, base: Answers) -> None:
        """Every answer to every element by itself; elements that come to be shown on the way have their turn, too."""
        open_paths = list(self.domains)
        self.shown_with = dict.fromkeys(open_paths, base)
        for path in open_paths:
            for value in self.domains[path]:
                answers = self._completed(self.shown_with[path].with_value(path, value))
                self._try(answers)
                for other in self.domains:
                    if other not in self.shown_with:
                        open_paths.append(other)
                        self.shown_with[other] = answers

    def _places(self, base: Answers) -> Iterator[Answers]:
        """Other places: two regions, an existing resource group, a long name of one."""
        regions = allowed_regions(self.form.config)[:3] or ("eastus", "westeurope", "southeastasia")
        for region in regions:
            yield self._completed(Answers(base.scope._replace(location=region), base.values))
        yield self._completed(Answers(base.scope._replace(group="g" * 90), base.values))
        yield self._completed(Answers(base.scope._replace(group="existing", mode="Existing"), base.values))

    def _pairs(self, base: Answers) -> None:
        """Every two answers to different elements together."""
        counts = {path: len(values) for path, values in self.domains.items()}
        needs = {path: self._needs(path, base) for path in counts}
        for choice in pairwise(counts, self.chance, needs):
            values = {path: self.domains[path][number] for path, number in choice.items()}
            self._try(self._completed(Answers(base.scope, {**base.values, **values})))

    def _needs(self, path: str, base: Answers) -> dict[str, int]:
        """The answers that an element was first shown with, beyond those of the base."""
        found = self.shown_with.get(path, base).values
        changed = {other: value for other, value in found.items() if other != path and base.values.get(other) != value}
        return {
            other: self.domains[other].index(value)
            for other, value in changed.items()
            if value in self.domains.get(other, ())
        }

    def _flip_conditions(self, base: Answers) -> None:
        """Turn the conditions that were seen one way only, by the elements that they read."""
        for condition, way in list(self.proof.form_conditions.one_sided()):
            paths = [self.form.controls[index].path for index in sorted(self.conditions.needs[condition])]
            domains = [(path, self.domains[path]) for path in paths if self.domains.get(path)]
            combinations = itertools.product(*(values for _, values in domains))
            for values in itertools.islice(combinations, MOST_FLIPS):
                chosen = dict(zip((path for path, _ in domains), values, strict=True))
                answers = Answers(base.scope, {**base.values, **chosen})
                self._try(answers)  # as they are, because a rule has to be seen broken, too
                self._try(self._completed(answers))
                if len(self.proof.form_conditions.ways[condition]) == 2 or (way is None and not domains):
                    break

    def _smallest(self, answers: Answers, problem: Problem) -> Answers:
        """The answers without any that the problem does not need, each text and number as short as still shows it."""
        is_smaller = True
        while is_smaller:
            is_smaller = False
            for fewer in _fewer(answers):
                if self._shows(fewer, problem):
                    answers, is_smaller = fewer, True
                    break
        for path in answers.values:
            answers = self._shortened(answers, path, problem)
        return answers

    def _shortened(self, answers: Answers, path: str, problem: Problem) -> Answers:
        """The answers with the least of the texts or numbers between nothing and this one, found by halving."""
        value = answers.values[path]
        if isinstance(value, bool) or not isinstance(value, int | str):
            return answers
        low, high = -1, value if isinstance(value, int) else len(value)
        if high < 0:
            return answers
        while high - low > 1:
            middle = (low + high) // 2
            less = answers.with_value(path, middle if isinstance(value, int) else value[:middle])
            if self._shows(less, problem):
                answers, high = less, middle
            else:
                low = middle
        return answers

    def _shows(self, answers: Answers, problem: Problem) -> bool:
        simulation = self._simulate(answers)
        return simulation.is_accepted and any(
            one.identity == problem.identity for one in self._outcome(simulation).problems
        )

    # -- results ----------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """What the form never let through, when it let nothing through."""
        if not self.proof.accepted and self.last is not None:
            simulation = self._simulate(self._completed(self.subject.start))
            self.proof.never_accepted = tuple(f"{one.element}: {one.message}" for one in simulation.errors)


def _fewer(answers: Answers) -> Iterator[Answers]:
    """The answers less one each."""
    scope = answers.scope
    for name, value in scope._asdict().items():
        if value is not None:
            yield Answers(scope._replace(**{name: None}), answers.values)
    for path in answers.values:
        yield answers.with_value(path, ABSENT)


def _compared(form: Form) -> dict[int, tuple[str, ...]]:
    """Texts that stand in expressions beside the value of an element: what it may be compared with."""
    found: dict[int, dict[str, None]] = {}
    plan = form.plan
    sites: list[Site] = [site for work in plan.work for site in (*work.visible, *work.early, *work.late)]
    sites += [site for several in plan.outputs.values() for site in several]
    for site in sites:
        if site.code is None or not has_brackets(site.text):
            continue
        texts = list(_literals(parse(site.text)))
        for index in site.needs:
            found.setdefault(index, {}).update(dict.fromkeys(text for text in texts if len(text) < 80))
    return {index: tuple(texts)[:MOST_COMPARED] for index, texts in found.items()}


def _literals(node: Node) -> Iterator[str]:
    """The texts in an expression, but for the names of steps and elements."""
    names = {
        id(one.arguments[0])
        for one in walk(node)
        if isinstance(one, Call) and one.name.lower() in _NAMING and one.arguments
    }
    for one in walk(node):
        if isinstance(one, Literal) and isinstance(one.value, str) and id(one) not in names:
            yield one.value


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)
