"""JSON Schema validation as located problems in plain words, the most useful first; nothing is ever fetched."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from packager.source.nearest import did_you_mean
from packager.source.span import Path, to_pointer

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

_TYPE_WORDS = {
    "object": "an object",
    "array": "a list",
    "string": "text",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class SchemaProblem:
    """What is wrong with the value at `path`, or with its name when `on_key` is set; `keyword` is the schema's."""

    path: Path
    message: str
    keyword: str
    on_key: bool = False


def problems(value: Any, schema: Mapping[str, Any], registry: Mapping[str, Mapping[str, Any]]) -> list[SchemaProblem]:
    """What `schema` (draft 4 to 2020-12, as its `$schema` says) finds wrong with `value`.

    `registry` maps URIs to the schemas that `$ref` may name. Problems with names come first, because a mistyped name
    explains other problems; then those nearer to the root, in document order.
    """
    # jsonschema and referencing cost more start-up than a whole check of a JSON package.
    from referencing.exceptions import Unresolvable

    try:
        errors = list(_validator(schema, registry).iter_errors(value))
        found = [problem for error in errors for problem in _explained(error)]
    except Unresolvable as error:
        reference = error.ref or "a schema"
        return [SchemaProblem((), f"the schema refers to '{reference}', which is not shipped with it", "$ref")]
    except RecursionError:
        return [SchemaProblem((), "the value is nested too deeply to be compared with its schema", "$ref")]
    return sorted(dict.fromkeys(found), key=_usefulness)


def _validator(schema: Mapping[str, Any], registry: Mapping[str, Mapping[str, Any]]) -> "Validator":
    from jsonschema import Draft202012Validator  # costs start-up, see `problems`
    from jsonschema.validators import validator_for
    from referencing import Registry
    from referencing.jsonschema import specification_with

    chosen = validator_for(schema, default=Draft202012Validator)
    dialect = specification_with(chosen.META_SCHEMA["$schema" if "$schema" in chosen.META_SCHEMA else "id"])
    # A registry of its own keeps jsonschema from fetching what it does not know.
    resources = ((uri, dialect.create_resource(content)) for uri, content in registry.items())
    known: Registry[Any] = Registry().with_resources(resources)
    return chosen(schema, registry=known)


def _usefulness(problem: SchemaProblem) -> tuple[bool, bool, int]:
    return not problem.on_key, problem.keyword in {"anyOf", "oneOf", "not"}, len(problem.path)


def _explained(error: "ValidationError") -> Iterator[SchemaProblem]:
    from jsonschema.exceptions import best_match  # costs start-up, see `problems`

    # Of alternatives that all fail, the deepest disagreement is with the one that was meant.
    error = best_match([error]) or error
    path: Path = tuple(error.absolute_path)
    if error.validator in {"additionalProperties", "unevaluatedProperties"} and isinstance(error.instance, dict):
        yield from _unknown_names(error, path)
    elif error.validator == "propertyNames" or (error.parent is not None and error.parent.validator == "propertyNames"):
        yield SchemaProblem(path, f"the property name {_shown(error.instance)} is not allowed", "propertyNames")
    else:
        yield SchemaProblem(path, _message(error, path), str(error.validator))


def _unknown_names(error: "ValidationError", path: Path) -> Iterator[SchemaProblem]:
    import re  # nothing to save: jsonschema has loaded it

    schema, instance = error.schema, error.instance
    assert isinstance(schema, Mapping), "only an object schema has this keyword"
    known = set(schema.get("properties", ()))
    patterns = schema.get("patternProperties", ())
    for name in instance:
        if name not in known and not any(re.search(pattern, name) for pattern in patterns):
            message = f"unknown key '{_clipped(name)}'{did_you_mean(name, known - set(instance))}"
            yield SchemaProblem((*path, name), message, str(error.validator), on_key=True)


def _message(error: "ValidationError", path: Path) -> str:
    explain = _EXPLANATIONS.get(str(error.validator))
    message = explain(error) if explain is not None else _clipped(error.message, 3 * _LONGEST_SHOWN)
    step = path[-1] if path else None
    if step is None:
        return message
    where = f"'{_clipped(step)}'" if isinstance(step, str) else f"item {to_pointer(path)}"
    return f"{where} {message}" if explain is not None else f"{where}: {message}"


def _required(error: "ValidationError") -> str:
    missing = [name for name in error.validator_value if name not in error.instance]
    named = next((name for name in missing if error.message.startswith(repr(name))), missing[0])
    return f"has no '{named}'"


def _type(error: "ValidationError") -> str:
    wanted = [error.validator_value] if isinstance(error.validator_value, str) else error.validator_value
    return f"must be {_any_of(_TYPE_WORDS.get(word, word) for word in wanted)}, not {_kind(error.instance)}"


def _enum(error: "ValidationError") -> str:
    known = [item for item in error.validator_value if isinstance(item, str)]
    hint = did_you_mean(error.instance, known) if isinstance(error.instance, str) else ""
    return f"must be {_any_of(_shown(item) for item in error.validator_value)}, not {_shown(error.instance)}{hint}"


def _const(error: "ValidationError") -> str:
    return f"must be {_shown(error.validator_value)}, not {_shown(error.instance)}"


def _pattern(error: "ValidationError") -> str:
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    wanted = schema.get("patternDescription") or f"text that matches {error.validator_value}"
    return f"must be {wanted}, not {_shown(error.instance)}"


def _at_least(error: "ValidationError") -> str:
    return f"must be at least {error.validator_value}, not {_shown(error.instance)}"


def _at_most(error: "ValidationError") -> str:
    return f"must be at most {error.validator_value}, not {_shown(error.instance)}"


def _too_few(error: "ValidationError") -> str:
    if not error.instance and error.validator_value == 1:
        return "must not be empty"
    return f"must have at least {error.validator_value} {_unit(error.instance)}, not {len(error.instance)}"


def _too_many(error: "ValidationError") -> str:
    return f"must have at most {error.validator_value} {_unit(error.instance)}, not {len(error.instance)}"


def _unique(error: "ValidationError") -> str:
    return "must not have an item twice"


_EXPLANATIONS: dict[str, Callable[["ValidationError"], str]] = {
    "required": _required,
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "minimum": _at_least,
    "maximum": _at_most,
    "minLength": _too_few,
    "minItems": _too_few,
    "minProperties": _too_few,
    "maxLength": _too_many,
    "maxItems": _too_many,
    "maxProperties": _too_many,
    "uniqueItems": _unique,
}


def _unit(value: Any) -> str:
    return {str: "characters", list: "items"}.get(type(value), "properties")


def _kind(value: Any) -> str:
    if isinstance(value, (dict, list)) or value is None:
        return _TYPE_WORDS[{dict: "object", list: "array"}.get(type(value), "null")]
    return _shown(value)


def _any_of(words: Iterable[str]) -> str:
    *first, last = list(words) or ["nothing"]
    return f"{', '.join(first)} or {last}" if first else last


def _shown(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, (dict, list)):
        return _kind(value)
    return f"'{_clipped(value)}'" if isinstance(value, str) else _clipped(value)


def _clipped(value: Any, longest: int = _LONGEST_SHOWN) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= longest else text[: longest - 3] + "..."
