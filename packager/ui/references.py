"""What portal expressions refer to: `basics('x').y` and `steps('s').section.element`, and the elements they lead to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as OneOf

from packager.source.span import Span
from packager.ui.definition import Element, UiDefinition
from packager.ui.nodes import Call, Literal, Member, Node, children

Missing = OneOf["step", "element", "member"]
BASICS = "basics"
SECTION = "microsoft.common.section"


@dataclass(frozen=True, slots=True)
class Reference:
    """`step` is None for `basics('x')`, whose name is then the first of `names`; `span` is that in the string value."""

    step: str | None
    names: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Target:
    """The element that a reference leads to, and the members of its output that are read; or what is `missing`.

    `name` is the missing name, `known` the names that stand in its place.
    """

    element: Element | None = None
    members: tuple[str, ...] = ()
    missing: Missing | None = None
    name: str = ""
    known: tuple[str, ...] = ()


def references(node: Node) -> Iterator[Reference]:
    """Every reference in a tree that names its step or element with a literal."""
    stack = [node]
    while stack:
        current = stack.pop()
        names: list[str] = []
        base = current
        while isinstance(base, Member):
            names.append(base.name)
            base = base.target
        found = _reference(base, tuple(reversed(names)), current.span)
        if found is not None:
            yield found
        stack.extend(reversed(children(base)))


def _reference(base: Node, names: tuple[str, ...], span: Span) -> Reference | None:
    if not isinstance(base, Call) or len(base.arguments) != 1:
        return None
    argument = base.arguments[0]
    if not isinstance(argument, Literal) or not isinstance(argument.value, str):
        return None
    called = base.name.lower()
    if called == BASICS:
        return Reference(None, (argument.value, *names), span)
    return Reference(argument.value, names, span) if called == "steps" else None


def resolve(form: UiDefinition, reference: Reference) -> Target:
    """The element that a reference means, through sections; names match exactly. A step alone has no element."""
    step = reference.step
    if step is not None and step not in form.steps:
        if step != BASICS:
            return Target(missing="step", name=step, known=form.steps)
        # The portal takes its own Basics for a step of that name.
        step = None
    names = reference.names
    sections: tuple[str, ...] = ()
    while names:
        element = form.named.get((step, sections, names[0]))
        if element is None:
            kind: Missing = "member" if sections else "element"
            return Target(missing=kind, name=names[0], known=form.names_in(step, sections))
        if element.type.lower() != SECTION and not isinstance(element.value.get("elements"), list):
            return Target(element, names[1:])
        sections, names = (*sections, names[0]), names[1:]
        if not names:
            return Target(element)
    return Target()
