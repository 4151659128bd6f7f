"""Which kind of JSON value an output of the form is: known for most elements and functions, else left open."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from packager.ui.catalogue import element_type, member_at
from packager.ui.definition import Element, UiDefinition
from packager.ui.elements.model import Kind
from packager.ui.nodes import Call, ListLiteral, Literal, Node, ObjectLiteral
from packager.ui.references import reference_of, resolve

_TEXT_FUNCTIONS = """
concat string replace substring tolower toupper guid encodebase64 decodebase64 encodeuricomponent decodeuricomponent
location utcnow addhours addminutes addseconds
"""
_BOOLEAN_FUNCTIONS = """
and or not equals less lessorequals greater greaterorequals contains empty bool startswith endswith
"""
_FUNCTIONS: dict[str, Kind] = {
    **dict.fromkeys(_TEXT_FUNCTIONS.split(), "string"),
    **dict.fromkeys(_BOOLEAN_FUNCTIONS.split(), "boolean"),
    **dict.fromkeys(("int", "length", "div", "mod", "rand", "indexof", "lastindexof", "floor", "ceil"), "integer"),
    **dict.fromkeys(("split", "map", "filter", "range"), "array"),
    **dict.fromkeys(("resourcegroup", "subscription"), "object"),
}

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
            return _FUNCTIONS.get(node.name.lower())
        case ListLiteral():
            return "array"
        case ObjectLiteral():
            return "object"
    return None


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
