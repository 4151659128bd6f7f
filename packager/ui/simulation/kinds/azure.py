"""Calls to Azure, and the Form view's own fields for the place of the deployment."""

from collections.abc import Iterator, Mapping
from typing import Any

from packager.expressions.errors import ExpressionError
from packager.ui.simulation.ask import Ask, Found, as_flag, setting
from packager.ui.simulation.validations import validation_errors
from packager.ui.transforms import transformed, transforms_of
from packager.ui.values import UNDEFINED, Value, is_true

_MOST_NAMES = 8


def call(ask: Ask) -> Found:
    """The answer of the responses file to the call; undefined until there is one."""
    method, path = ask.text("request", "method") or "GET", ask.get("request", "path")
    condition = ask.settings.get("condition", True)
    is_wanted = as_flag(condition, is_true(condition))
    if not isinstance(path, str) or not path or not is_wanted:
        return Found(is_open=is_wanted)
    found = ask.responses.find(method, path)
    if found is None:
        return Found(is_open=True)
    if not isinstance(found.body, dict):
        return Found(found.body)
    made, refusals = _transformed(ask, found.body)
    given = found.body.get("transformed")
    output: dict[str, Any] = {"done": True, **found.body} if ask.where == "view" else dict(found.body)
    if made or refusals:
        output["transformed"] = {**made, **given} if isinstance(given, dict) else made
    return Found(output, tuple(refusals))


def _transformed(ask: Ask, body: dict[str, Any]) -> tuple[dict[str, Value], list[str]]:
    """What the transforms make of an answer by their names, and why some make nothing."""
    made: dict[str, Value] = {}
    refusals = []
    given = setting(body, "transformed") or {}
    for one in transforms_of(ask.control.value.get("request")):
        if one.name in given:
            continue
        evaluated = ask.get("request", "transforms", one.name)
        query = evaluated if isinstance(evaluated, str) and one.query is not None else one.query
        if query is None:
            continue
        try:
            made[one.name] = transformed(query, body)
        except ExpressionError as error:
            refusals.append(f"the transform '{one.name}' makes nothing of the answer: {error.message}")
    return made, refusals


def request_of(settings: Mapping[str, Any]) -> tuple[str, str] | None:
    """Method and path of a call; None while the path is not known."""
    method, path = setting(settings, "request", "method"), setting(settings, "request", "path")
    return (method if isinstance(method, str) else "GET", path) if isinstance(path, str) and path else None


def check_scope(ask: Ask, output: Value) -> Iterator[str]:
    """What the parts of a ResourceScope want of the place."""
    for part in ("subscription", "resourceGroup", "resourceName"):
        text = setting(output, part)
        yield from validation_errors(ask.get(part, "constraints", "validations"), text if isinstance(text, str) else "")
    yield from _region_problems(ask, ask.get("location", "allowedValues"), setting(output, "location", "name"))


def check_region(ask: Ask, output: Value) -> Iterator[str]:
    """Whether the region is one of those that the element allows."""
    yield from _region_problems(ask, ask.get("allowedValues"), setting(output, "name"))


def _region_problems(ask: Ask, allowed: Any, region: Any) -> Iterator[str]:
    """Nothing while nobody named a region."""
    names = [one for one in (allowed if isinstance(allowed, list) else [allowed]) if isinstance(one, str) and one]
    is_named = ask.is_answered or "location" not in ask.context.assumed
    if is_named and names and isinstance(region, str) and region.lower() not in map(str.lower, names):
        yield f"'{region}' is none of the regions: {', '.join(names[:_MOST_NAMES])}"


def check_group(ask: Ask, output: Value) -> Iterator[str]:
    """Whether the resource group is new or existing as the element wants it."""
    wanted = {"createnew": "New", "useexisting": "Existing"}.get(ask.text("allowedMode").lower())
    mode = setting(output, "modeName")
    if wanted is not None and isinstance(mode, str) and mode != wanted:
        yield f"the form takes a resource group that is {wanted.lower()}"


def resource_scope(ask: Ask) -> Found:
    """Everything about the place in one."""
    context = ask.context
    output: dict[str, Value] = {
        "subscription": dict(context.subscription),
        "resourceGroup": {
            "id": context.group_id,
            "name": context.resource_group["name"],
            "location": context.resource_group["location"],
            "mode": context.resource_group["mode"],
            "modeName": context.resource_group["mode"],
        },
        "location": _region(ask),
    }
    return _answered(ask, output)


def subscription(ask: Ask) -> Found:
    """The subscription."""
    return _answered(ask, {name: one for name, one in ask.context.subscription.items() if name != "id"})


def resource_group(ask: Ask) -> Found:
    """The resource group."""
    group = ask.context.resource_group
    value = {"name": group["name"], "location": group["location"], "resourceId": ask.context.group_id}
    return _answered(ask, {"mode": group["mode"], "modeName": group["mode"], "value": value})


def location(ask: Ask) -> Found:
    """The region; its name in words is not known offline."""
    if isinstance(ask.answer, str):
        return Found({"name": ask.answer, "displayName": ask.answer})
    return _answered(ask, _region(ask))


def tenant(ask: Ask) -> Found:
    """The tenant; the name of its directory is not known."""
    return _answered(ask, {"tenantId": ask.context.subscription["tenantId"]})


def selector(ask: Ask) -> Found:
    """What was picked, or the value that the form gives it."""
    value = ask.answer if ask.is_answered else ask.settings.get("value", ask.settings.get("defaultValue", UNDEFINED))
    return Found({"changing": False, "value": value}, is_open=value is UNDEFINED)


def _region(ask: Ask) -> dict[str, Value]:
    return {"name": ask.context.location, "displayName": ask.context.location}


def _answered(ask: Ask, output: dict[str, Value]) -> Found:
    """The place of the answers, with what the element's own answer says otherwise."""
    if not ask.is_answered:
        return Found(output, is_open=bool(ask.context.assumed))
    return (
        Found({**output, **ask.answer}) if isinstance(ask.answer, dict) else Found(output, (ask.refused("an object"),))
    )
