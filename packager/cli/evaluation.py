"""What the verbs that evaluate expressions share: reading their files, and writing values."""

import codecs
import json
import re
from collections.abc import Mapping
from json.encoder import encode_basestring_ascii
from typing import Any

import click

from packager.arm.targets import level_of
from packager.arm.template import key_of, member
from packager.arm.world import TemplateWorld, is_modern
from packager.cli.inputs import read_input
from packager.errors import PackagerError, RefusedError, UsageError
from packager.expressions.binding import evaluate
from packager.expressions.dotnet.dates import read_date
from packager.expressions.errors import ExpressionError
from packager.expressions.output import plain
from packager.expressions.scope import Facts, Scope
from packager.expressions.values import Value
from packager.source.nearest import did_you_mean

_FACTS = {
    "subscriptionId": "subscription_id",
    "tenantId": "tenant_id",
    "resourceGroup": "resource_group",
    "location": "location",
    "deploymentLocation": "deployment_location",
    "managementGroup": "management_group",
    "cloud": "cloud",
}
_SECTIONS = ("variables", "functions")
_encode = json.JSONEncoder(separators=(",", ":")).encode


def read_object(path: str, what: str, refusal: type[PackagerError] = UsageError) -> dict[str, Any]:
    """The object in a JSON or YAML file. Raises UsageError when the file is absent and `refusal` when it holds none."""
    value = read_input(path, what, refusal).value
    if not isinstance(value, dict):
        raise refusal(f"the {what} file holds no object", where=path)
    return value


def facts_of(scope: Mapping[str, Any], now: int | None = None, seed: int | None = None) -> Facts:
    """The facts of a scope object; what is unknown to it is warned about. Raises UsageError for what is no text."""
    known: dict[str, Any] = {"now": now, "seed": seed}
    for key, value in scope.items():
        if key not in _FACTS:
            click.echo(f"packager: the scope has an unknown key '{key}'{did_you_mean(key, _FACTS)}", err=True)
        elif value is not None and not isinstance(value, str) and not (key == "cloud" and isinstance(value, dict)):
            raise UsageError(f"'{key}' of the scope must be a text")
        elif value is not None:
            known[_FACTS[key]] = value
    return Facts(**known)


def ticks_of(now: str | None) -> int | None:
    """What `--now` says, as utcNow() counts."""
    if now is None:
        return None
    try:
        return read_date(now)
    except ExpressionError as error:
        raise UsageError(f"--now: {error.message}", hint=error.hint) from None


def parameter_values(path: str | None, facts: Facts) -> dict[str, Value]:
    """The values of a parameter file by name in lower case."""
    if path is None:
        return {}
    from packager.arm.parameterfile import given  # only those who have one

    content = read_object(path, "parameter")
    try:
        return given(content, facts)
    except ExpressionError as error:
        where = f"{path}#/{'/'.join(map(str, error.path or ()))}"
        raise RefusedError(error.message, where=where, hint=error.hint) from None


def parameter_place(path: str, name: str) -> str | None:
    """`file:line` of the value that a parameter file gives under a name in any case; None when it gives none."""
    document = read_input(path, "parameter")
    inner = member(document.value, "parameters")
    around: tuple[str, ...] = (key_of(document.value, "parameters"),) if isinstance(inner, dict) else ()
    names = inner if isinstance(inner, dict) else document.value
    if name.lower() not in {one.lower() for one in names}:
        return None
    return f"{path}:{document.place_of(document.span((*around, key_of(names, name)), key=True)).line}"


def world_of(template: str | None, parameters: str | None, facts: Facts) -> TemplateWorld:
    """The world of a template file with the values of a parameter file."""
    sections = read_object(template, "template", RefusedError) if template else {}
    level = level_of(member(sections, "$schema"))
    facts = facts if level is None else facts.at(level)
    modern = not template or is_modern(sections)
    given = parameter_values(parameters, facts)
    return TemplateWorld(facts=facts, sections=sections, given=given, modern=modern, strict=False)


def answer(line: bytes, facts: Facts) -> str:
    """The answer to one line of `evaluate -`: a JSON object with a value or an error."""
    try:
        request = json.loads(line.removeprefix(codecs.BOM_UTF8).decode())
        if not isinstance(request, dict) or not isinstance(request.get("expression"), str):
            return failed("a line is a JSON object with an expression")
        if "scope" in request:
            facts = facts_of(_section(request, "scope"), facts.now, facts.seed)
        given = {name.lower(): value for name, value in _section(request, "parameters").items()}
        sections = {name: request[name] for name in _SECTIONS if name in request}
        world = TemplateWorld(facts=facts, sections=sections, given=given, strict=False)
        value = plain(evaluate(request["expression"], Scope(world)))
        return f'{{"value":{encode_basestring_ascii(value) if type(value) is str else _encode(value)}}}'
    except ExpressionError as error:
        return failed(str(error))
    except (RefusedError, UsageError) as error:
        return failed(error.message)
    except (ValueError, RecursionError) as error:
        return failed(f"the line is no JSON: {error}")


def _section(request: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = request.get(name) or {}
    if not isinstance(found, dict):
        raise RefusedError(f"'{name}' is a JSON object")
    return found


def failed(message: str) -> str:
    """The JSON that says why there is no value."""
    return _encode({"error": message})


def printed(value: Value, form: str) -> str:
    """A value for people (texts as they are) or as JSON."""
    shown = plain(value)
    if form == "text" and isinstance(shown, str):
        return printable(shown)
    return json.dumps(shown, indent=2)


def printable(text: str) -> str:
    """A text without half characters, which no encoding can write."""
    return text if text.isascii() else re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def listing(form: str) -> str:
    """All functions, for people or as JSON."""
    # The table of functions is described only here; evaluating looks up single ones.
    from packager.expressions.describe import as_json, signature
    from packager.expressions.table import described

    found = described()
    if form == "json":
        return json.dumps([as_json(one) for one in found], indent=2)
    width = max(len(signature(one)) for one in found)
    return "\n".join(f"{signature(one):{min(width, 60)}}  {one.summary}" for one in found)
