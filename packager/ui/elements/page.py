"""The reference page of the elements, made from the catalogue."""

import json
from collections.abc import Iterator

from packager.ui.catalogue import ELEMENTS, EVERYWHERE
from packager.ui.elements.model import SOURCES, ElementType, Member, Output, Setting, Where

_DOCUMENTS: dict[Where, str] = {
    "form": "CreateUIDefinition",
    "view": "Form view",
    "both": "CreateUIDefinition, Form view",
}
_SHORT: dict[Where, str] = {"form": "CUID only", "view": "Form view only", "both": ""}
_INTRODUCTION = """\
# Elements of a portal form

Every type of element that the portal has: its properties, what it checks by itself, and what it puts out. This page is
made from the catalogue that `packager simulate`, `packager preview` and the rules work with.

A property is required where the object around it stands. `[]` in its path is each item of a list, `*` each name. Where
it says *expression*, an expression may stand for the value. What of this is unknown, and what is taken instead, says
[How true the simulation is](../explanation/portal-fidelity.md). A fact comes from
"""


def page() -> str:
    """The whole page."""
    lines = [_INTRODUCTION]
    lines += [f"- **{letter}**: {text}" for letter, text in SOURCES.items()]
    lines += ["", *_overview(), "## Properties of every element", "", *_properties(EVERYWHERE)]
    for element in ELEMENTS.values():
        lines += _entry(element)
    return "\n".join(lines)


def _overview() -> Iterator[str]:
    yield from ("| element | what it is | in | puts out |", "|---|---|---|---|")
    for element in ELEMENTS.values():
        anchor = element.name.lower().replace(".", "")
        link = f"[{element.name}](#{anchor})"
        yield f"| {link} | {element.about} | {_DOCUMENTS[element.where]} | {_kind(element.output)} |"
    yield ""


def _kind(output: Output | None) -> str:
    if output is None:
        return "nothing"
    return output.kind or output.by_settings or "anything"


def _entry(element: ElementType) -> Iterator[str]:
    yield from (f"## {element.name}", "", f"{element.about}. In {_DOCUMENTS[element.where]} ({element.source}).", "")
    yield from _properties(element.settings)
    for group in element.exclusive:
        yield from (f"At most one of {' and '.join(f'`{path}`' for path in group)} may stand.", "")
    yield from _output(element)
    if element.rules:
        yield from ("What the portal checks by itself:", "")
        yield from (f"- {rule.about} ({rule.source})" for rule in element.rules)
        yield ""
    if element.notes:
        yield from ("Worth knowing:", "")
        yield from (f"- {note}" for note in element.notes)
        yield ""


def _properties(settings: tuple[Setting, ...]) -> Iterator[str]:
    yield from ("| property | value | default | what it does | from |", "|---|---|---|---|---|")
    for one in settings:
        yield f"| `{one.path}`{_needed(one)} | {_value(one)} | {_default(one)} | {_about(one)} | {one.source} |"
    yield ""


def _needed(one: Setting) -> str:
    if not one.required:
        return ""
    return f" (required for {one.only[1]})" if one.only is not None else " (required)"


def _value(one: Setting) -> str:
    parts = [" or ".join(one.kinds) or "anything"]
    if one.allowed:
        parts = [", ".join(f"`{value}`" for value in one.allowed)]
    if one.format and one.format != "expression":
        parts.append(one.format)
    if one.least is not None or one.most is not None:
        parts.append(_bounds(one))
    if one.dynamic:
        parts.append("expression")
    return "; ".join(parts)


def _bounds(one: Setting) -> str:
    """The bounds in words; of a list they are those of its length."""
    many = " items" if set(one.kinds) & {"array", "object"} else ""
    if one.most is None:
        return f"at least {one.least}{many}"
    return f"{one.least} to {one.most}{many}"


def _default(one: Setting) -> str:
    return f"`{json.dumps(one.default)}`" if one.default is not None else ""


def _about(one: Setting) -> str:
    only = f"with `{one.only[0]}` {one.only[1]}" if one.only is not None and not one.required else ""
    return "; ".join(part for part in (one.about, only, _SHORT[one.where]) if part).replace("|", "\\|")


def _output(element: ElementType) -> Iterator[str]:
    output = element.output
    if output is None:
        yield from (f"Puts out {element.initial}.", "")
        return
    about = f": {output.about[0].lower()}{output.about[1:]}" if output.about else ""
    untouched = f" Untouched: {element.initial}." if element.initial else ""
    yield from (f"Puts out {_kind(output)}{about} ({output.source}).{untouched}", "")
    if output.members:
        yield from ("| member | kind | what it is | from |", "|---|---|---|---|")
        yield from map(_member, output.members)
        yield ""


def _member(one: Member) -> str:
    sometimes = "" if one.always else "not always there"
    about = "; ".join(part for part in (one.about, sometimes) if part)
    return f"| `{one.path}` | {one.kind or 'anything'} | {about} | {one.source} |"
