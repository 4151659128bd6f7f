"""Values of parameters, outputs and function arguments against what a template declares for them."""

from collections.abc import Iterator, Mapping
from typing import Any

from packager.arm.template import member
from packager.expressions.equality import same
from packager.expressions.kinds import ANY, ARRAY, BOOLEAN, FLOAT, INTEGER, OBJECT, STRING, names_of
from packager.expressions.values import KINDS, Undecided, Unknown, Value
from packager.source.folding import folded

KINDS_OF_TYPES = {
    "string": STRING,
    "securestring": STRING,
    "int": INTEGER,
    "bool": BOOLEAN,
    "object": OBJECT,
    "secureobject": OBJECT,
    "array": ARRAY,
}
_MAX_REFERENCES = 64
_SHOWN = 8

Schema = Mapping[str, Any]


def kinds_of(schema: Any, definitions: Schema) -> int:
    """The types that a declaration allows."""
    resolved = resolve(schema, definitions)
    return KINDS_OF_TYPES.get(str(member(resolved, "type")).lower(), ANY)


def resolve(schema: Any, definitions: Schema) -> Schema:
    """The declaration behind `$ref`, with what stands beside it; an empty one when it leads nowhere."""
    for _ in range(_MAX_REFERENCES):
        if not isinstance(schema, dict):
            return {}
        reference = member(schema, "$ref")
        if not isinstance(reference, str):
            return schema
        found = _definition(reference, definitions)
        beside = {key: value for key, value in schema.items() if key.lower() != "$ref"}
        schema = {**found, **beside} if isinstance(found, dict) else {}
    return {}


def _definition(reference: str, definitions: Schema) -> Any:
    steps = reference.removeprefix("#/definitions/").split("/") if reference.startswith("#/definitions/") else [""]
    found: Any = definitions
    for step in steps:
        found = member(found, step) if isinstance(found, dict) else None
    return found


def problems(value: Value, schema: Any, definitions: Schema, name: str) -> Iterator[str]:
    """What keeps a value from being what a declaration allows; unknown parts are left alone."""
    declared = resolve(schema, definitions)
    if value is None and member(declared, "nullable") is True:
        return
    kinds = KINDS_OF_TYPES.get(str(member(declared, "type")).lower(), ANY)
    have = value.kinds if type(value) is Unknown else KINDS[type(value)]
    if not have & kinds and not (have == FLOAT and kinds == INTEGER and float(value).is_integer()):
        yield f"{name} is {names_of(have)}, and {names_of(kinds)} is declared"
        return
    if type(value) is Unknown:
        return
    yield from _allowed(value, member(declared, "allowedValues"), name)
    yield from _bounds(value, declared, name)
    if type(value) is dict:
        yield from _properties(value, declared, definitions, name)
    elif type(value) is list:
        yield from _items(value, declared, definitions, name)


def _allowed(value: Value, allowed: Any, name: str) -> Iterator[str]:
    if not isinstance(allowed, list) or not allowed or _is_among(value, allowed):
        return
    if isinstance(value, list) and all(_is_among(item, allowed) for item in value):
        return
    shown = ", ".join(str(item)[:40] for item in allowed[:_SHOWN]) + (", ..." if len(allowed) > _SHOWN else "")
    given = f" '{value[:40]}'" if isinstance(value, str) else f" {value}" if isinstance(value, int) else ""
    yield f"{name}{given} is none of the allowed values: {shown}"


def _is_among(value: Value, allowed: list[Any]) -> bool:
    """Texts are compared without regard to case; an unknown could be any of them."""
    if type(value) is Unknown:
        return True
    if isinstance(value, str):
        return any(isinstance(one, str) and folded(one) == folded(value) for one in allowed)
    try:
        return any(same(value, one) for one in allowed)
    except Undecided:
        return True


def _bounds(value: Value, schema: Schema, name: str) -> Iterator[str]:
    if isinstance(value, int) and not isinstance(value, bool):
        least, most, size, what = member(schema, "minValue"), member(schema, "maxValue"), value, str(value)
    elif isinstance(value, (str, list)):
        least, most, size = member(schema, "minLength"), member(schema, "maxLength"), len(value)
        what = f"{size} {'characters' if isinstance(value, str) else 'items'} long"
    else:
        return
    if isinstance(least, int) and size < least:
        yield f"{name} is {what}, less than the {least} that are declared"
    if isinstance(most, int) and size > most:
        yield f"{name} is {what}, more than the {most} that are declared"


def _properties(value: dict[str, Value], schema: Schema, definitions: Schema, name: str) -> Iterator[str]:
    schema = _variant(value, schema, definitions)
    declared = member(schema, "properties")
    known = {folded(key): (key, one) for key, one in declared.items()} if isinstance(declared, dict) else {}
    given = {folded(key): item for key, item in value.items()}
    for key, (written, one) in known.items():
        if key in given:
            yield from problems(given[key], one, definitions, f"{name}.{written}")
        elif member(resolve(one, definitions), "nullable") is not True:
            yield f"{name} lacks the property '{written}'"
    others = member(schema, "additionalProperties")
    for key, item in value.items():
        if folded(key) in known or others is None or others is True:
            continue
        if others is False:
            yield f"{name} has the property '{key}', which is not declared"
        else:
            yield from problems(item, others, definitions, f"{name}.{key}")


def _variant(value: dict[str, Value], schema: Schema, definitions: Schema) -> Schema:
    """The declaration that the discriminator of an object picks; the one given without a discriminator."""
    choice = member(schema, "discriminator")
    mapping = member(choice, "mapping") if isinstance(choice, dict) else None
    if not isinstance(mapping, dict):
        return schema
    key = str(member(choice, "propertyName"))
    found = resolve(member(mapping, str(member(value, key))), definitions)
    properties = member(found, "properties")
    return {**found, "properties": {**(properties if isinstance(properties, dict) else {}), key: {"type": "string"}}}


def _items(value: list[Value], schema: Schema, definitions: Schema, name: str) -> Iterator[str]:
    first = member(schema, "prefixItems")
    leading = first if isinstance(first, list) else []
    if len(value) < len(leading):
        yield f"{name} has {len(value)} items, and {len(leading)} are declared"
    rest = member(schema, "items")
    for index, item in enumerate(value):
        one = leading[index] if index < len(leading) else rest
        if one is False:
            yield f"{name} has more items than the {len(leading)} that are declared"
            return
        if isinstance(one, dict):
            yield from problems(item, one, definitions, f"{name}[{index}]")
