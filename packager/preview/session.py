"""What a page looks at: one package or offer, the answers so far, and what they lead to."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from packager.dryrun.parameters import parameter_file, secure_parameters
from packager.dryrun.run import dry_run, facts_at
from packager.errors import PackagerError, RefusedError, UsageError
from packager.preview.deploy import bodies_of, deploy_model
from packager.preview.tabs import REVIEW, Typing, tabs
from packager.preview.widgets.field import Key
from packager.preview.widgets.table import FROM_DRAFT, TO_DRAFT
from packager.source.document import Document
from packager.source.reading import ABSENT
from packager.ui.simulation.answers import NO_ANSWERS, Answers, read_answers, written
from packager.ui.simulation.form import Form, read_form
from packager.ui.simulation.responses import NO_RESPONSES, Responses
from packager.ui.simulation.simulate import simulate
from packager.ui.simulation.skeleton import skeleton
from packager.ui.simulation.state import Simulation
from packager.ui.values import UNDEFINED, json_form

SCOPE = "scope"
MOST_ROWS = 1_000
# Their answers are part of a whole that is shown: what is not changed is answered with what is there.
WHOLE = frozenset({"ResourceGroupSelector", "ResourceScope"})
LISTS = frozenset({"EditableGrid", "Grid"})
# Typing nothing into these is no answer at all.
SECRETS = frozenset({"CredentialsCombo", "PasswordBox", "SecureString", "ServicePrincipalSelector"})
PICKERS = frozenset({"ResourceSelector", "LocationSelector"})
SCOPE_FIELDS: dict[Key, str] = {
    ("subscriptionId",): "subscription_id",
    ("location",): "location",
    ("resourceGroup", "name"): "group",
    ("resourceGroup", "mode"): "mode",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What the page is about, as it was read last.

    `template` is that beside the form, if there is one; `plans` are those of an offer. `findings` are as the JSON
    report has them, `texts` the files that they can be looked up in, `watched` what all of it was read from.
    """

    title: str
    subtitle: str
    form: Document
    template: Document | None
    lookup: Callable[[str], Document | None]
    plan: str | None = None
    plans: tuple[str, ...] = ()
    findings: tuple[Mapping[str, Any], ...] = ()
    texts: Callable[[str], str | None] = lambda _: None
    watched: tuple[Path, ...] = ()


@dataclass
class _Typed:
    """What was typed: answers, what is no value of an element yet, second passwords, and the steps that were left."""

    answers: Answers = NO_ANSWERS
    drafts: dict[str, Any] = field(default_factory=dict)
    confirmed: dict[str, str] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)


class _Deployed(NamedTuple):
    """What some answers would deploy: the bodies of its resources by id, and what the page shows of it."""

    simulation: Simulation
    bodies: Mapping[str, Any]
    model: Mapping[str, Any]


class Session:
    """The state behind one page. Every public method may be called from any thread."""

    def __init__(
        self,
        opened: Callable[[str | None], Subject],
        answers: Callable[[Form], Answers] = lambda _: NO_ANSWERS,
        responses: Responses = NO_RESPONSES,
        plan: str | None = None,
    ) -> None:
        """`opened` reads the subject of a plan anew; it raises PackagerError when that cannot be read."""
        self._opened = opened
        self._first_answers = answers
        self._responses = responses
        self._lock = threading.RLock()
        self._trouble: str | None = None
        self._deployed: _Deployed | None = None
        self._subject = opened(plan)
        self._form = read_form(self._subject.form)
        self._typed = _Typed(answers(self._form))
        self._run(None)

    def model(self) -> dict[str, Any]:
        """Everything that the page shows, as JSON."""
        with self._lock:
            return {**self.form_model(), "deploy": self.deploy_model()}

    def form_model(self) -> dict[str, Any]:
        """The same without what would be deployed: nobody who types waits for the template to be expanded."""
        with self._lock:
            simulation, subject, typed = self._simulation, self._subject, self._typed
            steps = tabs(simulation, Typing(typed.drafts, typed.confirmed, frozenset(typed.left)))
            return {
                "title": simulation.form.title or subject.title,
                "subtitle": subject.subtitle,
                "plans": [{"id": plan, "label": plan} for plan in subject.plans],
                "plan": subject.plan,
                "wizard": simulation.form.is_wizard,
                "locked": simulation.form.is_wizard and any(step["errors"] for step in steps),
                "complete": simulation.is_accepted and self._trouble is None,
                "steps": steps,
                "outputs": {name: {"value": json_form(one.value)} for name, one in simulation.outputs.items()},
                "application": {name: json_form(one.value) for name, one in simulation.application.items()},
                "secrets": self._secrets(),
                "findings": list(subject.findings),
                "trouble": self._trouble,
            }

    def deploy_model(self) -> dict[str, Any] | None:
        """What the answers would deploy, beside what was shown of that before; None without a template."""
        with self._lock:
            simulation, subject, shown = self._simulation, self._subject, self._deployed
            if subject.template is None:
                return None
            if shown is None or shown.simulation is not simulation:
                done = dry_run(simulation, subject.template, subject.lookup, facts=facts_at(simulation.context))
                bodies = bodies_of(done.expansion)
                problems = [*(one.message for one in done.disagreements), *(one.message for one in done.troubles)]
                model = deploy_model(done.expansion, problems, bodies, shown.bodies if shown is not None else None)
                shown = self._deployed = _Deployed(simulation, bodies, model)
            return dict(shown.model)

    def change(self, changes: list[Mapping[str, Any]]) -> None:
        """Take in answers: each `{"path", "key", "value", "confirm"}`; ValueError for a field that is not there."""
        with self._lock:
            for one in changes:
                self._answer(str(one["path"]), tuple(one["key"]), one["value"], is_again=one.get("confirm") is True)
            self._run(self._simulation)

    def leave(self, step: str) -> None:
        """Remember that a step was left: from then on it says what is wrong with it. The last tab stands for all."""
        with self._lock:
            names = {one.name for one in self._form.steps}
            self._typed.left |= names if step == REVIEW else names & {step}

    def use_plan(self, plan: str) -> None:
        """Show another plan of the offer; answers to what it asks as well are kept."""
        with self._lock:
            self._read(plan)

    def reload(self) -> None:
        """Read everything anew because a source has changed; while it cannot be read, the old one stays."""
        with self._lock:
            try:
                self._read(self._subject.plan)
            except PackagerError as error:
                self._trouble = str(error)

    def load(self, text: str) -> None:
        """Take the answers of an answers file instead of those so far. Raises RefusedError for what is none."""
        with self._lock:
            document = Document.from_text("answers", text, kind="yaml")
            if document.problem is not None:
                line = document.place_of(document.problem.span).line
                raise RefusedError(document.problem.message, where=f"answers:{line}", hint=document.problem.hint)
            answers, doubts = read_answers(document.value, self._form)
            if doubts and not answers.values:
                raise RefusedError(f"these are no answers to this form: {doubts[0].message}")
            self._typed = _Typed(answers)
            self._run(self._simulation)

    def reset(self) -> None:
        """Begin with the answers that the page was started with."""
        with self._lock:
            self._typed = _Typed(self._first_answers(self._form))
            self._run(self._simulation)

    def answers_text(self) -> str:
        """An answers file with the value that every element has now."""
        with self._lock:
            return skeleton(self._simulation)

    def parameter_file(self) -> dict[str, Any]:
        """The outputs as an ARM parameter file."""
        with self._lock:
            return parameter_file({name: json_form(one) for name, one in self._simulation.parameters().items()})

    def source(self, file: str) -> list[str]:
        """The lines of a file that a finding names. Raises UsageError for any other."""
        with self._lock:
            named = {str(place["file"]) for one in self._subject.findings for place in (one, one.get("source") or one)}
            text = self._subject.texts(file) if file in named else None
        if text is None:
            raise UsageError(f"there is no text '{file}' to show")
        return text.split("\n")

    def watched(self) -> list[Path]:
        """The files that everything was read from."""
        with self._lock:
            return list(self._subject.watched)

    def _read(self, plan: str | None) -> None:
        subject = self._opened(plan)
        form = read_form(subject.form)
        self._typed.answers, _ = read_answers(written(self._typed.answers, self._form), form)
        self._subject, self._form, self._trouble = subject, form, None
        self._run(None)

    def _run(self, previous: Simulation | None) -> None:
        """Simulate the form with the answers so far."""
        now = previous.environment.now if previous is not None else _now()
        self._simulation = simulate(self._form, self._typed.answers, self._responses, now=now, previous=previous)

    def _secrets(self) -> list[str]:
        """The outputs whose parameters are secure in the template."""
        template = self._subject.template
        secure = secure_parameters(template.value) if template is not None else frozenset[str]()
        return [name for name in self._simulation.outputs if name.lower() in secure]

    def _answer(self, path: str, key: Key, value: Any, *, is_again: bool) -> None:
        if path == SCOPE:
            scope = self._typed.answers.scope._replace(**{SCOPE_FIELDS[key]: str(value)})
            self._typed.answers = replace(self._typed.answers, scope=scope)
            return
        kind = self._form.by_path[path].kind
        if is_again:
            self._typed.confirmed[path] = str(value)
            return
        if kind in FROM_DRAFT:
            shown = self._typed.drafts.get(path, TO_DRAFT[kind](self._output(path)))
            self._typed.drafts[path] = draft = put(shown, key, value)
            value = FROM_DRAFT[kind](draft)
        elif key:
            given = self._typed.answers.values.get(path)
            value = put(self._output(path) if kind in WHOLE or (given is None and kind in LISTS) else given, key, value)
        if kind in SECRETS and key in {(), ("password",)}:
            self._typed.confirmed.setdefault(path, "")
        is_nothing = value is None or (kind in PICKERS and value == "")
        self._typed.answers = self._typed.answers.with_value(path, ABSENT if is_nothing else value)

    def _output(self, path: str) -> Any:
        output = self._simulation.state(path).output
        return None if output is UNDEFINED else json_form(output)


def put(value: Any, key: Key, new: Any) -> Any:
    """A copy of a JSON value with another one at a path, whose objects and list items come to be where they miss."""
    if not key:
        return new
    name, rest = key[0], key[1:]
    if isinstance(name, int):
        items = list(value) if isinstance(value, list) else []
        if not 0 <= name <= min(len(items), MOST_ROWS):
            raise ValueError(f"there is no item {name}")
        items[name : name + 1] = [put(items[name] if name < len(items) else None, rest, new)]
        return items
    members = dict(value) if isinstance(value, dict) else {}
    return {**members, name: put(members.get(name), rest, new)}


def _now() -> int:
    return int(time.time() * 1000)
