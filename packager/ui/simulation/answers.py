"""Answers to a form: where it is deployed, and the values of elements by their path."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from packager.source.nearest import did_you_mean
from packager.source.reading import ABSENT
from packager.source.span import Path
from packager.ui.simulation.context import NO_SCOPE, Scope
from packager.ui.simulation.form import BASICS, Control, Form

_SCOPE = ("subscriptionId", "tenantId", "location", "resourceGroup")
_GROUP = ("name", "mode", "location")
_MODES = {"new": "New", "existing": "Existing"}
_TOP = ("scope", BASICS, "steps")


@dataclass(frozen=True, slots=True)
class Answers:
    """`values` are by the path of the element (`steps/network/vnet`); an element left out keeps its default."""

    scope: Scope = NO_SCOPE
    values: Mapping[str, Any] = field(default_factory=dict)

    def of(self, control: Control) -> Any:
        """The answer to an element; ABSENT when there is none."""
        return self.values.get(control.path, ABSENT)

    def with_value(self, path: str, value: Any) -> "Answers":
        """The same answers with another one for an element; ABSENT takes it away."""
        values = {name: one for name, one in self.values.items() if name != path}
        return replace(self, values=values if value is ABSENT else {**values, path: value})


NO_ANSWERS = Answers()


class Doubt(NamedTuple):
    """Something in an answers file that nobody asked for, or that cannot be: its place there, and why.

    `is_wrong` tells that it has a type or value that cannot be meant, whatever the form is.
    """

    at: Path
    message: str
    is_wrong: bool = False


def read_answers(value: Any, form: Form) -> tuple[Answers, list[Doubt]]:
    """The answers in the content of an answers file, and what in it is no answer to this form."""
    reader = _Reader(form)
    return reader.read(value), reader.doubts


def written(answers: Answers, form: Form) -> dict[str, Any]:
    """Answers in the shape of an answers file."""
    found: dict[str, Any] = {}
    scope = _scope_of(answers.scope)
    if scope:
        found["scope"] = scope
    for control in form.controls:
        value = answers.of(control)
        if value is not ABSENT and not control.is_section:
            _place_of(found, form, control)[control.name] = value
    return found


def _place_of(found: dict[str, Any], form: Form, control: Control) -> dict[str, Any]:
    """The object that holds the answers of an element's step or section."""
    step = form.steps[control.step]
    names = (BASICS,) if step.is_basics else ("steps", step.name)
    for name in (*names, *control.section_names):
        inner = found.get(name)
        if not isinstance(inner, dict):  # an element may have the name of a section
            inner = found[name] = {}
        found = inner
    return found


def _scope_of(scope: Scope) -> dict[str, Any]:
    group = {"name": scope.group, "mode": scope.mode, "location": scope.group_location}
    given = {name: one for name, one in group.items() if one is not None}
    values = {"subscriptionId": scope.subscription_id, "tenantId": scope.tenant_id, "location": scope.location}
    return {name: one for name, one in {**values, "resourceGroup": given}.items() if one}


class _Reader:
    def __init__(self, form: Form) -> None:
        self.form = form
        self.doubts: list[Doubt] = []

    def read(self, value: Any) -> Answers:
        top = self._object(value, ())
        self._unknown(top, _TOP, (), "answers have")
        values: dict[str, Any] = {}
        steps = {step.name: number for number, step in enumerate(self.form.steps) if not step.is_basics}
        own = (number for number, step in enumerate(self.form.steps) if step.is_basics)
        # A step of that name is the Basics of a Form view.
        basics = next(own, steps.get(BASICS))
        if basics is not None:
            values |= self._values(top.get(BASICS), (BASICS,), basics)
        elif BASICS in top:
            self.doubts.append(Doubt((BASICS,), "the form has no Basics; its steps are in 'steps'"))
        given = self._object(top.get("steps"), ("steps",))
        for name, inner in given.items():
            at: Path = ("steps", name)
            number = steps.get(name, basics if name == BASICS else None)
            if number is None:
                self.doubts.append(Doubt(at, f"the form has no step '{name}'{did_you_mean(name, steps)}"))
            else:
                values |= self._values(inner, at, number)
        return Answers(self._scope(top.get("scope")), values)

    def _values(self, given: Any, at: Path, step: int) -> Iterator[tuple[str, Any]]:
        """The answers in a step, those in its sections included."""
        todo: list[tuple[Any, Path, int | None]] = [(given, at, None)]
        found: list[tuple[str, Any]] = []
        while todo:
            inner, place, around = todo.pop()
            known = self.form.plan.names.names_in(step, around)
            for name, value in self._object(inner, place).items():
                control = known.get(name)
                if control is None:
                    message = f"the form has no element '{name}' here{did_you_mean(name, known)}"
                    self.doubts.append(Doubt((*place, name), message))
                elif control.is_section:
                    todo.append((value, (*place, name), control.index))
                elif value is not None:
                    found.append((control.path, value))
        return iter(found)

    def _scope(self, value: Any) -> Scope:
        given = self._object(value, ("scope",))
        self._unknown(given, _SCOPE, ("scope",), "the scope has")
        group = given.get("resourceGroup")
        group = {"name": group} if isinstance(group, str) else self._object(group, ("scope", "resourceGroup"))
        self._unknown(group, _GROUP, ("scope", "resourceGroup"), "a resource group has")
        mode = self._text(group, "mode", ("scope", "resourceGroup"))
        if mode is not None and mode.lower() not in _MODES:
            self.doubts.append(Doubt(("scope", "resourceGroup", "mode"), f"'{mode}' is neither New nor Existing", True))
        return Scope(
            self._text(given, "subscriptionId", ("scope",)),
            self._text(given, "tenantId", ("scope",)),
            self._text(given, "location", ("scope",)),
            self._text(group, "name", ("scope", "resourceGroup")),
            _MODES.get(mode.lower()) if mode is not None else None,
            self._text(group, "location", ("scope", "resourceGroup")),
        )

    def _text(self, value: Mapping[str, Any], name: str, at: Path) -> str | None:
        found = value.get(name)
        if found is None or (isinstance(found, str) and found):
            return found
        self.doubts.append(Doubt((*at, name), f"'{name}' must be a text", found != ""))
        return None

    def _object(self, value: Any, at: Path) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        if value is not None:
            self.doubts.append(Doubt(at, f"{'/'.join(map(str, at)) or 'the answers'} must be an object", True))
        return {}

    def _unknown(self, given: Mapping[str, Any], known: tuple[str, ...], at: Path, what: str) -> None:
        for name in given:
            if name not in known:
                self.doubts.append(Doubt((*at, name), f"{what} no '{name}'{did_you_mean(name, known)}"))
