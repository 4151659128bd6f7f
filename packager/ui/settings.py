"""The properties that an element has, beside what the catalogue says of each."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from packager.source.span import Path
from packager.ui.catalogue import element_type, settings_of
from packager.ui.constraints import is_computed
from packager.ui.definition import Element, UiDefinition
from packager.ui.elements.model import ElementType, Setting, Where


class Property(NamedTuple):
    """A property by its path from the form's root. `setting` is None where the catalogue knows none of that name."""

    path: Path
    value: Any
    setting: Setting | None


class Shape:
    """What the catalogue knows at one place: a setting, and the places below it by name (`*` any, `[]` any item)."""

    __slots__ = ("below", "setting")

    def __init__(self) -> None:
        self.setting: Setting | None = None
        self.below: dict[str, Shape] = {}

    def at(self, key: str | int) -> "Shape | None":
        """The place of a member or item."""
        if isinstance(key, int):
            return self.below.get("[]")
        return self.below.get(key) or self.below.get("*")


@lru_cache(maxsize=256)
def shape_of(name: str, where: Where) -> Shape:
    """The properties of a type of element as a tree; empty for an unknown type."""
    root = Shape()
    known = element_type(name)
    for setting in settings_of(known, where) if known is not None else ():
        place = root
        for step in setting.path.replace("[]", ".[]").split("."):
            place = place.below.setdefault(step, Shape())
        place.setting = place.setting or setting
    return root


def where_of(form: UiDefinition) -> Where:
    """The kind of document that a form is, as the catalogue names it."""
    return "view" if form.is_form_view else "form"


def known_elements(form: UiDefinition) -> Iterator[tuple[Element, ElementType]]:
    """Every element of a type that the catalogue has, those of Form views and in the columns of grids included."""
    for element in every_element(form):
        known = element_type(element.type)
        if known is not None:
            yield element, known


def every_element(form: UiDefinition) -> Iterator[Element]:
    """Every element, those of Form views and in the columns of grids included."""
    for element in form.every_element:
        yield element
        yield from cells_of(element)


def cells_of(element: Element) -> Iterator[Element]:
    """The elements in the columns of a grid; named by the column."""
    constraints = element.value.get("constraints")
    columns = constraints.get("columns") if isinstance(constraints, Mapping) else None
    for number, column in enumerate(columns if isinstance(columns, list) else ()):
        cell = column.get("element") if isinstance(column, dict) else None
        if isinstance(cell, dict):
            path = (*element.path, "constraints", "columns", number, "element")
            yield Element(path, {"name": column.get("id"), **cell}, element.step, (*element.sections, element.name))


def is_cell(element: Element) -> bool:
    """Whether an element stands in the column of a grid, where it has neither name nor label."""
    return element.path[-1] == "element"


def properties_of(element: Element, where: Where) -> Iterator[Property]:
    """The properties of an element in the order of the document; below one that is not known nothing is."""
    todo: list[tuple[Path, Any, Shape]] = [(element.path, element.value, shape_of(element.type, where))]
    while todo:
        path, value, shape = todo.pop()
        inner: list[tuple[Path, Any, Shape]] = []
        for key, item in value.items() if isinstance(value, Mapping) else enumerate(value):
            place = shape.at(key)
            if not isinstance(key, int) or (place is not None and place.setting is not None):
                yield Property((*path, key), item, place.setting if place is not None else None)
            if place is not None and place.below and isinstance(item, (Mapping, list)):
                inner.append(((*path, key), item, place))
        todo += reversed(inner)


def missing_settings(element: Element, where: Where) -> Iterator[tuple[Path, Setting]]:
    """Required properties that are absent where the object around them stands, with the path of that object."""
    todo: list[tuple[Path, Any, Shape]] = [(element.path, element.value, shape_of(element.type, where))]
    while todo:
        path, value, shape = todo.pop()
        for name, place in shape.below.items():
            if name in {"*", "[]"}:
                continue
            setting = place.setting if isinstance(value, Mapping) and name not in value else None
            if setting is not None and setting.required and applies(setting, element.value):
                yield path, setting
        for key, item in value.items() if isinstance(value, Mapping) else enumerate(value):
            place_of = shape.at(key)
            if place_of is not None and place_of.below and isinstance(item, (Mapping, list)):
                todo.append(((*path, key), item, place_of))


def applies(setting: Setting, element: Mapping[str, Any]) -> bool:
    """Whether the property is one of the element's, as far as that depends on another property."""
    return setting.only is None or element.get(setting.only[0]) == setting.only[1]


def value_at(value: Any, *path: str) -> Any:
    """The value at a path of names; None where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def elements_of(form: UiDefinition, *names: str) -> Iterator[Element]:
    """The elements of these types."""
    return (element for element, known in known_elements(form) if known.name in names)


def written_patterns(form: UiDefinition) -> Iterator[tuple[Element, Path, str]]:
    """Every pattern of the form that no expression makes, with its element and place."""
    where = where_of(form)
    for element, known in known_elements(form):
        for path, value, setting in properties_of(element, where) if known.in_document(where) else ():
            is_pattern = setting is not None and setting.format == "pattern"
            if is_pattern and isinstance(value, str) and value and not is_computed(value):
                yield element, path, value
