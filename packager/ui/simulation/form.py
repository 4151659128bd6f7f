"""A portal form in the shape that the engine runs: CreateUIDefinition and Form view read into the same steps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from packager.source.document import Document
from packager.source.span import Path
from packager.ui.catalogue import element_type
from packager.ui.definition import SCHEMA_MARKS, text_of
from packager.ui.elements.model import ElementType, Where

if TYPE_CHECKING:
    from packager.ui.simulation.plan import Plan

BASICS = "basics"
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Control:
    """An element where it stands.

    `path` is how answers and reports name it (`steps/network/vnet`), `at` its place in the document, `parent` the
    section around it. `step` is the number of its step. `type` is None where the catalogue has no such type.
    """

    index: int
    path: str
    at: Path
    value: Mapping[str, Any]
    type: ElementType | None
    step: int
    parent: "Control | None" = None

    @property
    def name(self) -> str:
        """Its name; "" when it has none."""
        return text_of(self.value, "name")

    @property
    def is_section(self) -> bool:
        """Whether it holds other elements and has no value."""
        return self.kind == "Section" or (self.type is None and isinstance(self.value.get("elements"), list))

    @property
    def kind(self) -> str:
        """The last part of the type's name: `TextBox`; what is written where the catalogue has no such type."""
        return self.type.name.rpartition(".")[2] if self.type is not None else text_of(self.value, "type")

    @property
    def section_names(self) -> tuple[str, ...]:
        """The names of the sections around it, from the outside."""
        names: list[str] = []
        around = self.parent
        while around is not None:
            names.append(around.name)
            around = around.parent
        return tuple(reversed(names))


class Step(NamedTuple):
    """A tab: Basics or a step, with its elements, sections before their members. `path` is `basics` or `steps/x`."""

    name: str
    label: str
    path: str
    at: Path
    is_basics: bool
    controls: tuple[Control, ...]
    value: Mapping[str, Any]


@dataclass(eq=False)
class Form:
    """A form. `config` is `config.basics` of CreateUIDefinition; `outputs` are those that become parameters.

    `target` holds what a Form view says of the deployment beside its parameters: kind, scope ids, location.
    """

    document: Document
    where: Where
    title: str
    is_wizard: bool
    config: Mapping[str, Any]
    config_at: Path
    steps: tuple[Step, ...]
    outputs: Mapping[str, Any]
    outputs_at: Path
    target: Mapping[str, Any]

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """Every element, in the order of the document."""
        return tuple(control for step in self.steps for control in step.controls)

    @cached_property
    def by_path(self) -> dict[str, Control]:
        """The elements by path; of namesakes the last, which is the one that references reach."""
        return {control.path: control for control in self.controls}

    @cached_property
    def plan(self) -> "Plan":
        """In which order the elements are evaluated."""
        # Whoever only wants to know the questions needs no expressions.
        from packager.ui.simulation.plan import plan_of

        return plan_of(self)


def read_form(document: Document) -> Form:
    """The form in a document; one that is no form at all has no steps. Nothing is raised for bad content."""
    value = _object(document.value)
    if "view" in value or SCHEMA_MARKS[1] in text_of(value, "$schema").lower():
        return _form_view(document, _object(value.get("view")))
    parameters = _object(value.get("parameters"))
    config = _object(parameters.get("config"))
    builder = _Builder()
    builder.basics(parameters.get(BASICS))
    builder.steps_of(parameters.get("steps"), ("parameters", "steps"))
    return Form(
        document,
        "form",
        "",
        config.get("isWizard") is True,
        _object(config.get(BASICS)),
        ("parameters", "config", BASICS),
        tuple(builder.steps),
        _object(parameters.get("outputs")),
        ("parameters", "outputs"),
        _NOTHING,
    )


def _form_view(document: Document, view: Mapping[str, Any]) -> Form:
    properties, outputs = _object(view.get("properties")), _object(view.get("outputs"))
    builder = _Builder()
    builder.steps_of(properties.get("steps"), ("view", "properties", "steps"))
    return Form(
        document,
        "view",
        text_of(properties, "title"),
        properties.get("isWizard") is True,
        _NOTHING,
        ("view", "properties"),
        tuple(builder.steps),
        _object(outputs.get("parameters")),
        ("view", "outputs", "parameters"),
        {name: one for name, one in outputs.items() if name != "parameters"},
    )


class _Builder:
    """The steps read so far, and how many elements they have."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.count = 0

    def basics(self, elements: Any) -> None:
        at: Path = ("parameters", BASICS)
        controls = tuple(self._controls(elements, at, BASICS))
        self.steps.append(Step(BASICS, "Basics", BASICS, at, True, controls, _NOTHING))

    def steps_of(self, steps: Any, at: Path) -> None:
        for number, step in enumerate(steps if isinstance(steps, list) else ()):
            if isinstance(step, dict):
                name = text_of(step, "name")
                path = f"steps/{name or f'[{number}]'}"
                controls = tuple(self._controls(step.get("elements"), (*at, number, "elements"), path))
                label = text_of(step, "label") or name
                self.steps.append(Step(name, label, path, (*at, number), False, controls, step))

    def _controls(self, elements: Any, at: Path, path: str) -> Iterator[Control]:
        """The elements of a list and those inside them, without recursion: sections can be nested without end."""
        start = iter(_numbered(elements))
        todo: list[tuple[Iterator[tuple[int, Any]], Path, str, Control | None]] = [(start, at, path, None)]
        while todo:
            found = next(todo[-1][0], None)
            if found is None:
                todo.pop()
                continue
            number, value = found
            _, place, around, parent = todo[-1]
            if not isinstance(value, dict) or not value:
                continue
            name = text_of(value, "name") or f"[{number}]"
            kind = element_type(text_of(value, "type"))
            own = (*place, number)
            control = Control(self.count, f"{around}/{name}", own, value, kind, len(self.steps), parent)
            self.count += 1
            yield control
            if control.is_section:
                todo.append((iter(_numbered(value.get("elements"))), (*own, "elements"), control.path, control))


def _numbered(values: Any) -> list[tuple[int, Any]]:
    return list(enumerate(values)) if isinstance(values, list) else []


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else _NOTHING
