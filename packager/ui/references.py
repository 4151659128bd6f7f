"""What portal expressions refer to: `basics('x').y` and `steps('s').section.element`, and the elements they lead to."""

from collections.abc import Iterator
from typing import Literal as OneOf
from typing import NamedTuple

from packager.source.span import Span
from packager.ui.definition import Element, UiDefinition
from packager.ui.nodes import Call, Lambda, ListLiteral, Literal, Member, Node, ObjectLiteral, children

Missing = OneOf["step", "element", "member"]
BASICS = "basics"
SECTION = "microsoft.common.section"
_FUNCTIONS = """
    coalesce concat createarray decodebase64 decodeuricomponent encodebase64 encodeuricomponent filter first format if
    last map parse replace skip split string substring take tolower toupper trim
"""
# What comes out of these functions holds what goes in; `if` hands on its second and third argument.
_HANDING_ON = frozenset(_FUNCTIONS.split())


class Reference(NamedTuple):
    """`step` is None for `basics('x')`, whose name is then the first of `names`; `span` is that in the string value."""

    step: str | None
    names: tuple[str, ...]
    span: Span


class Target(NamedTuple):
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
        base = _base(current)
        found = _reference(base, _names(current), current.span)
        if found is not None:
            yield found
        stack.extend(reversed(children(base)))


def carried(node: Node) -> Iterator[Reference]:
    """References whose values can come out of the expression: `concat(x)` hands on what `empty(x)` does not."""
    if isinstance(node, (ListLiteral, ObjectLiteral, Lambda)):
        for child in children(node):
            yield from carried(child)
        return
    base, direct = _base(node), reference_of(node)
    if direct is not None:
        yield direct
    elif isinstance(base, Call) and base.name.lower() in _HANDING_ON:
        for argument in base.arguments[base.name.lower() == "if" :]:
            yield from carried(argument)


def reference_of(node: Node) -> Reference | None:
    """The reference that a node is, its members included; None for anything else."""
    return _reference(_base(node), _names(node), node.span)


def _base(node: Node) -> Node:
    while isinstance(node, Member):
        node = node.target
    return node


def _names(node: Node) -> tuple[str, ...]:
    names: list[str] = []
    while isinstance(node, Member):
        names.append(node.name)
        node = node.target
    return tuple(reversed(names))


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
    if step is None and form.is_form_view:
        return Target()  # it has no basics(), and that is said of the call
    if step is not None and step not in form.step_names:
        if step != BASICS or form.is_form_view:
            return Target(missing="step", name=step, known=form.steps)
        # The portal takes its own Basics for a step of that name.
        step = None
    names = reference.names
    sections: tuple[str, ...] = ()
    while names:
        element = form.named.get((step, sections, names[0]))
        if element is None:
            kind: Missing = "member" if sections else "element"
            return Target(missing=kind, name=names[0], known=tuple(form.names.get((step, sections), ())))
        if element.type.lower() != SECTION and not isinstance(element.value.get("elements"), list):
            return Target(element, names[1:])
        sections, names = (*sections, names[0]), names[1:]
        if not names:
            return Target(element)
    return Target()
