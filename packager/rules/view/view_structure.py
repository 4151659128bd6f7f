"""The view definition is not one that the portal can read.

The portal shows nothing, or the default page, where the definition does not follow its schema. The sub-id tells what is
wrong:

- `[missing]`: a member that has to be there is not;
- `[type]`: a member is a text where a list is expected, for example;
- `[value]`: a member has none of its few values: `version` is `1.0.0`, a `chartType` is `Bar`, `Line`, `Area` or
  `Scatter`, an `aggregationType` is `none`, `sum`, `min`, `max`, `avg`, `unique`, `percentile` or `count`;
- `[kind]`: a view is none of `Overview`, `Metrics`, `CustomResources` and `Associations`;
- `[unknown]`: a member that is not read, beside the three of the definition, or misspelt elsewhere (a warning; note the
  capitals of `createUIDefinition`);
- `[expression]`: the `path` of a command is an expression; only fixed text works;
- `[version]` (information): the schema wants a `version` that the documentation leaves out.

A definition has at least:

    {
      "$schema": "https://schema.management.azure.com/schemas/viewdefinition/0.0.1-preview/ViewDefinition.json#",
      "contentVersion": "1.0.0.0",
      "views": [{"kind": "Overview", "properties": {"header": "Welcome"}}]
    }
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.document import Document
from packager.source.lazy import lazy_pattern
from packager.source.nearest import did_you_mean, nearest
from packager.source.span import Path
from packager.source.spot import Spot
from packager.ui.views import FULL, KINDS, PARTS, Member, Part, fits, parts

_CONTENT_VERSION = lazy_pattern(r"[0-9]+(?:\.[0-9]+){3}")
_WORDS = {"text": "a text", "flag": "true or false", "list": "a list", "object": "an object", "form": "an object"}


@rule(on="view", severity=Severity.ERROR)
def check(document: Document, _: Package) -> Iterator[Hit]:
    """Compare every part with what it may hold."""
    for part in parts(document.value):
        yield from _missing(document, part)
        for name, value in part.value.items():
            yield from _member(document, part, name, value)
        if part.name == "view":
            yield from _view(document, part)


def _missing(document: Document, part: Part) -> Iterator[Hit]:
    for name, member in PARTS[part.name].items():
        if not member.required or name in part.value:
            continue
        spot = Spot(document, part.path)
        if member.by_schema:
            message = f'the schema of views wants \'{name}\' here; add "{name}": "{member.values[0]}"'
            yield Hit(spot, message, "version", severity=Severity.INFO)
        else:
            yield Hit(spot, f"'{name}' is missing in the {_called(part)}", "missing")


def _member(document: Document, part: Part, name: str, value: Any) -> Iterator[Hit]:
    member, path = PARTS[part.name].get(name), (*part.path, name)
    if member is None:
        yield from _unknown(document, part, name)
    elif not fits(value, member.shape):
        yield Hit(Spot(document, path), f"'{name}' must be {_WORDS[member.shape]}", "type")
    elif member.items:
        for number, item in enumerate(value):
            if not isinstance(item, dict):
                yield Hit(Spot(document, (*path, number)), f"each of the '{name}' must be an object", "type")
    else:
        yield from _value(Spot(document, path), part, name, value, member)


def _value(spot: Spot, part: Part, name: str, value: Any, member: Member) -> Iterator[Hit]:
    if member.values and value not in member.values:
        allowed = f"'{member.values[0]}'" if len(member.values) == 1 else f"one of {', '.join(member.values)}"
        yield Hit(spot, f"'{name}' must be {allowed}, not '{value}'", "value")
    elif name == "contentVersion" and not _CONTENT_VERSION.fullmatch(value):
        yield Hit(spot, f"'contentVersion' must be four numbers such as '1.0.0.0', not '{value}'", "value")
    elif part.name == "command" and name == "path" and value.startswith("[") and value.endswith("]"):
        yield Hit(
            spot, "the 'path' of a command is fixed text: the name of an action; expressions are not read", "expression"
        )


def _unknown(document: Document, part: Part, name: str) -> Iterator[Hit]:
    """Of parts that are not closed, only what looks like a misspelt member."""
    known = PARTS[part.name]
    spot = Spot(document, (*part.path, name), key=True)
    if part.name == "definition":
        yield Hit(spot, f"a view definition has no member '{name}'{did_you_mean(name, known)}", "unknown")
    elif (meant := nearest(name, known)) is not None and meant not in part.value:
        message = f"'{name}' is not read in the {_called(part)}; did you mean '{meant}'?"
        yield Hit(spot, message, "unknown", severity=Severity.WARNING)


def _view(document: Document, part: Part) -> Iterator[Hit]:
    kind = part.value.get("kind")
    if isinstance(kind, str) and kind not in KINDS:
        message = f"there is no kind of view '{kind}'{did_you_mean(kind, KINDS)}"
        yield Hit(Spot(document, _at(part, "kind")), message, "kind")
    elif kind in FULL and "properties" not in part.value:
        yield Hit(Spot(document, part.path), f"'properties' is missing in the view of kind {kind}", "missing")


def _at(part: Part, name: str) -> Path:
    return (*part.path, name)


def _called(part: Part) -> str:
    """What a part is called in a message."""
    words = {"definition": "view definition"}
    return f"properties of a view of kind {part.name}" if part.name in KINDS else words.get(part.name, part.name)
