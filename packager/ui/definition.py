"""A typed view of a portal form: CreateUIDefinition, or the newer Form view."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from packager.source.document import Document
from packager.source.span import Path
from packager.source.spot import Spot
from packager.source.tree import ObjectNode, Tree

if TYPE_CHECKING:
    from packager.ui.flow import Flow

SCHEMA_MARKS = ("createuidefinition", "uiformdefinition")
# Outputs that the platform reads itself, in lower case: they need no parameter.
RESERVED_OUTPUTS = frozenset(
    {"applicationresourcename", "jitaccesspolicy", "managedidentity", "managedresourcegroupid"}
)


def is_form(name: str, value: Any) -> bool:
    """Whether a JSON document is a portal form, by its schema or, without one, by its file name and shape."""
    if not isinstance(value, dict):
        return False
    schema = value.get("$schema")
    if isinstance(schema, str) and schema:
        return any(mark in schema.lower() for mark in SCHEMA_MARKS)
    return "createuidefinition" in name.rpartition("/")[2].lower() or ("handler" in value and "parameters" in value)


class Element(NamedTuple):
    """An element of the form: where it stands, and the step and sections around it (`step` is None in Basics)."""

    path: Path
    value: Mapping[str, Any]
    step: str | None
    sections: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The element's name; "" when absent or not a string."""
        return text_of(self.value, "name")

    @property
    def type(self) -> str:
        """The element's type; "" when absent or not a string."""
        return text_of(self.value, "type")


def text_of(value: Mapping[str, Any], name: str) -> str:
    """A member that should be a string; "" when it is absent or something else."""
    found = value.get(name)
    return found if isinstance(found, str) else ""


class UiDefinition:
    """The form in `document`."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def value(self) -> dict[str, Any]:
        """The form's object; empty when the document cannot be read."""
        return self.document.value if isinstance(self.document.value, dict) else {}

    def spot(self, path: Path = (), *, key: bool = False) -> Spot:
        """A place inside this form."""
        return Spot(self.document, path, key)

    @cached_property
    def tree(self) -> Tree:
        """The index over the whole form."""
        return Tree(self.value)

    def typed(self, *types: str) -> Iterator[ObjectNode]:
        """Every object whose `type` is one of these, ignoring case: elements, also those of grid columns."""
        wanted = {name.lower() for name in types}
        for node, key in self.tree.properties("type"):
            kind = node.value[key]
            if isinstance(kind, str) and kind.lower() in wanted:
                yield node

    @property
    def is_form_view(self) -> bool:
        """Whether this is the newer Form view, which template specs use and certification does not look at."""
        return "view" in self.value or SCHEMA_MARKS[1] in text_of(self.value, "$schema").lower()

    @property
    def parameters(self) -> dict[str, Any]:
        """The `parameters` object, that holds basics, steps and outputs."""
        found = self.value.get("parameters")
        return found if isinstance(found, dict) else {}

    @property
    def outputs(self) -> dict[str, Any]:
        """The outputs by name, as written."""
        found = self.parameters.get("outputs")
        return found if isinstance(found, dict) else {}

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every element of Basics and of the steps, sections before their members."""
        return tuple(self._elements())

    @cached_property
    def view_elements(self) -> tuple[Element, ...]:
        """Every element of the steps of a Form view, sections before their members."""
        path = ("view", "properties", "steps")
        return tuple(_step_elements(self.document.at(path), path))

    @cached_property
    def every_element(self) -> tuple[Element, ...]:
        """The elements of the form, in whichever of the two kinds of document."""
        return self.view_elements if self.is_form_view else self.elements

    @property
    def steps_path(self) -> Path:
        """Where the list of the steps stands."""
        return ("view", "properties", "steps") if self.is_form_view else ("parameters", "steps")

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The names of the steps; of a CreateUIDefinition without Basics, which is none of them."""
        steps = self.document.at(self.steps_path)
        return tuple(
            text_of(step, "name") for step in (steps if isinstance(steps, list) else ()) if isinstance(step, dict)
        )

    @cached_property
    def step_names(self) -> frozenset[str]:
        """The names of the steps, to look them up."""
        return frozenset(self.steps)

    @cached_property
    def named(self) -> dict[tuple[str | None, tuple[str, ...], str], Element]:
        """Every element by its step (None: Basics), the sections around it and its name; of namesakes the first."""
        found: dict[tuple[str | None, tuple[str, ...], str], Element] = {}
        for element in self.every_element:
            found.setdefault((element.step, element.sections, element.name), element)
        return found

    @cached_property
    def names(self) -> dict[tuple[str | None, tuple[str, ...]], list[str]]:
        """The names of the elements by step (None: Basics) and sections."""
        found: dict[tuple[str | None, tuple[str, ...]], list[str]] = {}
        for element in self.every_element:
            if element.name:
                found.setdefault((element.step, element.sections), []).append(element.name)
        return found

    @cached_property
    def flow(self) -> "Flow":
        """The references in the form's expressions."""
        # The readers of expressions are loaded only where a rule asks for references.
        from packager.ui.flow import Flow

        return Flow(self)

    def _elements(self) -> Iterator[Element]:
        yield from elements_in(self.parameters.get("basics"), ("parameters", "basics"), None, ())
        yield from _step_elements(self.parameters.get("steps"), ("parameters", "steps"))


def _step_elements(steps: Any, path: Path) -> Iterator[Element]:
    for number, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step, dict):
            yield from elements_in(step.get("elements"), (*path, number, "elements"), text_of(step, "name"), ())


def elements_in(values: Any, path: Path, step: str | None, sections: tuple[str, ...]) -> Iterator[Element]:
    """Elements of a list, and of the sections in it."""
    for number, value in enumerate(values if isinstance(values, list) else ()):
        if isinstance(value, dict):
            element = Element((*path, number), value, step, sections)
            yield element
            yield from elements_in(value.get("elements"), (*element.path, "elements"), step, (*sections, element.name))
