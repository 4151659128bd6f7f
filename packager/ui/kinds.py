"""Which kind of JSON value an output of the form is: known for most elements and functions, else left open."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from packager.ui.catalogue import element_type, member_at
from packager.ui.definition import Element, UiDefinition
from packager.ui.elements.model import Kind
from packager.ui.function import ARRAY, BOOLEAN, OBJECT, STRING
from packager.ui.nodes import Call, ListLiteral, Literal, Node, ObjectLiteral
from packager.ui.references import reference_of, resolve
from packager.ui.table import find

# Functions of whole numbers; what others give may have a fraction, which no parameter takes.
_WHOLE = frozenset({"int", "length", "div", "rand", "indexOf", "lastIndexOf", "floor", "ceil"})
_GIVEN: dict[int, Kind] = {STRING: "string", BOOLEAN: "boolean", ARRAY: "array", OBJECT: "object"}

# What each type of parameter takes.
KINDS_OF_PARAMETERS: dict[str, Kind] = {
    "string": "string",
    "securestring": "string",
    "int": "integer",
    "bool": "boolean",
    "array": "array",
    "object": "object",
    "secureobject": "object",
}


def kinds_of(form: UiDefinition, node: Node) -> Iterator[Kind]:
    """The known kinds that an expression's value can have, of each branch of `if` and `coalesce`."""
    if isinstance(node, Call) and node.name.lower() in {"if", "coalesce"}:
        for argument in node.arguments[node.name.lower() == "if" :]:
            yield from kinds_of(form, argument)
        return
    kind = _kind_of(form, node)
    if kind is not None:
        yield kind


def _kind_of(form: UiDefinition, node: Node) -> Kind | None:
    reference = reference_of(node)
    if reference is not None:
        target = resolve(form, reference)
        return element_kind(target.element, target.members) if target.element is not None else None
    match node:
        case Literal():
            return value_kind(node.value)
        case Call():
            return _given(node)
        case ListLiteral():
            return "array"
        case ObjectLiteral():
            return "object"
    return None


def _given(call: Call) -> Kind | None:
    """What the table of functions says; concat joins texts wherever an argument is none but a list."""
    function = find(call.name)
    if function is None:
        return None
    if function.name == "concat":
        return None if all(isinstance(one, (Call, ListLiteral)) for one in call.arguments) else "string"
    return "integer" if function.name in _WHOLE else _GIVEN.get(function.gives)


def value_kind(value: Any) -> Kind | None:
    """The kind of a JSON value; None for null and for numbers with a fraction, which no parameter takes as they are."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, int):
        return "integer"
    return "array" if isinstance(value, list) else "object" if isinstance(value, dict) else None


def element_kind(element: Element, members: tuple[str, ...]) -> Kind | None:
    """The kind of an element's output, or of a member of it."""
    known = element_type(element.type)
    if known is None or known.output is None:
        return None
    if members:
        found = member_at(known, members)
        return found.kind if found is not None else None
    special = _BY_SETTINGS.get(known.name)
    return special(element.value) if special is not None else known.output.kind


def _choice(value: Mapping[str, Any]) -> Kind | None:
    """That of its values, when they are all of one kind; a list of them with `multiselect`."""
    several = value.get("multiselect")
    if several not in (None, False):
        return "array" if several is True else None
    constraints = value.get("constraints")
    entries = constraints.get("allowedValues") if isinstance(constraints, dict) else None
    if not isinstance(entries, list):
        return None
    written = [entry.get("value") if isinstance(entry, dict) else entry for entry in entries]
    if any(isinstance(one, str) and one[:1] == "[" for one in written):
        return None
    kinds = {value_kind(one) for one in written}
    return kinds.pop() if len(kinds) == 1 else None


def _upload(value: Mapping[str, Any]) -> Kind | None:
    options = value.get("options")
    several = options.get("multiple") if isinstance(options, dict) else None
    return "array" if several is True else "string" if several in (None, False) else None


_BY_SETTINGS: dict[str, Callable[[Mapping[str, Any]], Kind | None]] = {
    "Microsoft.Common.DropDown": _choice,
    "Microsoft.Common.OptionsGroup": _choice,
    "Microsoft.Common.FileUpload": _upload,
}
