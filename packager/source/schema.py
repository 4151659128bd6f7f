"""JSON Schema validation as located problems in plain words, the most useful first; nothing is ever fetched."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from packager.source.nearest import did_you_mean
from packager.source.schemawords import clipped, complaint, shown
from packager.source.span import Path, to_pointer

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator


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


def schema_problem(schema: Mapping[str, Any]) -> str | None:
    """Why a schema of others is none; None when it is one."""
    from jsonschema import Draft202012Validator  # costs start-up, see `problems`
    from jsonschema.exceptions import SchemaError
    from jsonschema.validators import validator_for

    try:
        validator_for(schema, default=Draft202012Validator).check_schema(dict(schema))
    except SchemaError as error:
        return f"{to_pointer(tuple(error.absolute_path)) or 'the schema'}: {clipped(error.message)}"
    except RecursionError:
        return "it is nested too deeply"
    return None


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
    path: Path = tuple(error.absolute_path)
    keyword, wanted, instance = str(error.validator), error.validator_value, error.instance
    if keyword in {"anyOf", "oneOf"} and error.context:
        yield from _alternatives(error, path)
    elif keyword in {"additionalProperties", "unevaluatedProperties"} and isinstance(instance, dict):
        yield from _unknown_names(error, instance, path)
    elif "propertyNames" in error.absolute_schema_path:
        words = _described(error) or complaint(keyword, wanted, instance) or "is not allowed"
        yield SchemaProblem((*path, str(instance)), f"the key {shown(instance)} {words}", "propertyNames", on_key=True)
    elif keyword == "required" and isinstance(instance, dict) and isinstance(wanted, list):
        missing = (name for name in wanted if name not in instance)
        yield from (SchemaProblem(path, f"{_subject(path)}has no '{name}'", keyword) for name in missing)
    else:
        words = _described(error) or complaint(keyword, wanted, instance) or f"is refused: {clipped(error.message)}"
        yield SchemaProblem(path, _subject(path) + words, keyword)


def _described(error: "ValidationError") -> str | None:
    """What a text that fits no pattern must be, where the schema says it in words (`patternDescription`)."""
    words = error.schema.get("patternDescription") if isinstance(error.schema, dict) else None
    return f"must be {words}, not {shown(error.instance)}" if error.validator == "pattern" and words else None


def _alternatives(error: "ValidationError", path: Path) -> Iterator[SchemaProblem]:
    """The problems with the alternative that was most probably meant; all their types when the type fits none."""
    branches: dict[str | int, list[ValidationError]] = {}
    for found in error.context or ():
        branches.setdefault(found.relative_schema_path[0], []).append(found)
    if all(_wrong_type(branch) for branch in branches.values()):
        wanted = list(dict.fromkeys(kind for branch in branches.values() for kind in _types(branch)))
        yield SchemaProblem(path, _subject(path) + str(complaint("type", wanted, error.instance)), "type")
        return
    meant = min(branches.items(), key=lambda item: _distance(error, item[0], item[1]))[1]
    for found in meant:
        yield from _explained(found)


def _wrong_type(branch: "list[ValidationError]") -> bool:
    return any(found.validator == "type" and not found.relative_path for found in branch)


def _types(branch: "list[ValidationError]") -> Iterator[str]:
    for found in branch:
        if found.validator == "type" and not found.relative_path:
            wanted: Any = found.validator_value
            yield from [wanted] if isinstance(wanted, str) else wanted


def _distance(error: "ValidationError", number: str | int, branch: "list[ValidationError]") -> tuple[bool, int, int]:
    wanted: Any = error.validator_value
    schema = wanted[number] if isinstance(wanted, list) and isinstance(number, int) else {}
    names = schema.get("properties", ()) if isinstance(schema, Mapping) else ()
    known = sum(name in names for name in error.instance) if isinstance(error.instance, dict) else 0
    return _wrong_type(branch), -known, len(branch)


def _unknown_names(error: "ValidationError", instance: dict[str, Any], path: Path) -> Iterator[SchemaProblem]:
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    known, patterns = set(schema.get("properties", ())), tuple(schema.get("patternProperties", ()))
    for name in instance:
        if name not in known and not any(re.search(pattern, name) for pattern in patterns):
            message = f"unknown key {shown(name)}{did_you_mean(name, known - set(instance))}"
            yield SchemaProblem((*path, name), message, str(error.validator), on_key=True)


def _subject(path: Path) -> str:
    if not path:
        return "the document "
    last = path[-1]
    return f"{shown(last)} " if isinstance(last, str) else f"item {to_pointer(path)} "
