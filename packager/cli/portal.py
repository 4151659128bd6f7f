"""Lines of `simulate --evaluate -`: a portal expression with what the form around it knows, and its value."""

import json
import time
from collections.abc import Mapping
from typing import Any

from packager.cli.brackets import refuse_broken
from packager.errors import RefusedError, UsageError
from packager.expressions.errors import ExpressionError
from packager.ui.binding import ROW_VARIABLES
from packager.ui.environment import Environment
from packager.ui.evaluator import evaluate_text
from packager.ui.parser import has_brackets
from packager.ui.table import find
from packager.ui.times import read_time
from packager.ui.values import UNDEFINED, Value, json_form

# Objects of a line that may hold its other members, too: an answers file, and what a caller keeps its context in.
_AROUND = ("context", "answers", "variables")
_MARK = {"$undefined": True}
_encode = json.JSONEncoder(separators=(",", ":")).encode


def milliseconds_of(now: str | None) -> int:
    """What `--now` says, in milliseconds since 1970; the clock without it."""
    if now is None:
        return time.time_ns() // 1_000_000
    try:
        return read_time(now).instant
    except ExpressionError as error:
        raise UsageError(f"--now: {error.message}", hint=error.hint) from None


def shown(expression: str, now: int, seed: str | None) -> str:
    """The value of one expression that stands alone; a text as it is, all else as JSON. Raises ExpressionError."""
    refuse_broken(expression, has_brackets, lambda name: find(name) is not None)
    value = evaluate_text(expression, Environment(now=now, seed=seed))
    if value is UNDEFINED:
        return "undefined"
    return value if isinstance(value, str) else json.dumps(json_form(value), indent=2)


def answer(line: bytes, now: int, seed: str | None) -> str:
    """The answer to one line: `{"value": ...}`, with `"undefined": true` where there is none, or `{"error": ...}`."""
    try:
        request = json.loads(line.decode("utf-8-sig"))
        if not isinstance(request, dict) or not isinstance(request.get("expression"), str):
            return _failed("a line is a JSON object with an expression")
        value = evaluate_text(request["expression"], environment_of(request, now, seed))
        if value is UNDEFINED:
            return '{"value":null,"undefined":true}'
        return _encode({"value": json_form(value)})
    except (ExpressionError, RefusedError) as error:
        return _failed(str(error))
    except (ValueError, RecursionError) as error:
        return _failed(f"the line is no JSON: {error}")


def environment_of(request: Mapping[str, Any], now: int | None, seed: str | None) -> Environment:
    """What a line tells of the form: `basics`, `steps`, `location`, `resourceGroup`, `subscription`, `scope` ...

    The same may stand in `answers`, as in an answers file, or in `context`. Raises RefusedError for a wrong shape.
    """
    given = dict(request)
    for name in _AROUND:
        given = {**_object(request, name), **given}
    scope = _object(given, "scope")
    return Environment(
        basics=_known(_object(given, "basics")),
        steps={name: _known(_object(_object(given, "steps"), name)) for name in _object(given, "steps")},
        resource_group=_resource_group(given, scope),
        subscription=_subscription(given, scope),
        location=_location(given.get("location", scope.get("location"))),
        now=_instant(given.get("now", now)),
        seed=str(given["seed"]) if given.get("seed") is not None else seed,
        variables=_known({name: given[name] for name in ROW_VARIABLES if name in given}),
        resources=_known(given.get("resources", UNDEFINED)),
        parameters=_known(_object(given, "parameters")),
        data_sources=_known(_object(given, "dataSources")),
    )


def _object(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = values.get(name)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise RefusedError(f"'{name}' is a JSON object")
    return found


def _instant(value: Any) -> int | None:
    """A time as a text or in milliseconds since 1970."""
    if isinstance(value, str):
        return read_time(value).instant
    if value is not None and not isinstance(value, int):
        raise RefusedError("'now' is a time such as 2026-01-31T12:00:00Z")
    return value


def _location(value: Any) -> str | None:
    """A region by its name; or as the object that a region picker puts out."""
    found = value.get("name") if isinstance(value, dict) else value
    if found is not None and not isinstance(found, str):
        raise RefusedError("'location' is a text")
    return found


def _resource_group(given: Mapping[str, Any], scope: Mapping[str, Any]) -> Mapping[str, Value] | None:
    found = given.get("resourceGroup", scope.get("resourceGroup"))
    if isinstance(found, str):
        return {"name": found}
    return _known(_object({"resourceGroup": found}, "resourceGroup")) or None


def _subscription(given: Mapping[str, Any], scope: Mapping[str, Any]) -> Mapping[str, Value] | None:
    found = dict(_object(given, "subscription") or _object(scope, "subscription"))
    for name in ("subscriptionId", "tenantId"):
        if name in scope:
            found.setdefault(name, scope[name])
    if "subscriptionId" in found:
        found.setdefault("id", f"/subscriptions/{found['subscriptionId']}")
    return _known(found) or None


def _known(value: Any) -> Any:
    """The value with `{"$undefined": true}` as undefined."""
    if value == _MARK:
        return UNDEFINED
    if isinstance(value, dict):
        return {name: _known(item) for name, item in value.items()}
    return [_known(item) for item in value] if isinstance(value, list) else value


def _failed(message: str) -> str:
    return _encode({"error": message})
