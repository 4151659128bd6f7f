"""A variable is declared and never used.

Certification asks for templates without dead variables: whoever reviews the template takes them for settings that
have an effect. A declared variable that no expression reads is usually a typing error in a reference.

Remove the variable, or refer to it: `[variables('name')]`.

arm-ttk searches the raw text. It takes a mention outside an expression for an error, does not see names that an
expression puts together, and fails where a variable with a `copy` of its own is referred to more than once.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from packager.arm.template import Template, key_of, member
from packager.checks.armttk.patterns import BadPatternError, inside_expression
from packager.checks.armttk.powershell import get, text_of
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Basis, Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.edits import RemoveMember
from packager.source.span import Path, Span
from packager.source.spot import Spot

if TYPE_CHECKING:
    from packager.arm.sites import CallSite

_NAME = "Azure takes the name as it is; rename the variable to avoid the error"
_TWICE = "a variable with a copy may be used as often as wanted; move the copy out of the variable to avoid the error"


@arm_ttk_rule(
    "Variables-Must-Be-Referenced",
    on="template",
    needs=("object", "text"),
    severity=Severity.WARNING,
    fixable=True,
    false_alarm="an expression reads it under a name that is put together or in a place that arm-ttk does not see",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """No reference in the raw text to the variable or to what a copy makes, or one outside an expression."""
    section = run.template.section_path("variables")
    for name, value in run.template.section("variables"):
        is_copy = name.lower() == "copy"
        entries = value if is_copy else get(value, "copy")
        if entries is None and not is_copy:
            yield from _referenced(run, name, (*section, name))
            continue
        for position, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            path = _entry_path(name, value, position, is_list=isinstance(entries, list))
            place = run.template.spot((*section, *path))
            yield from _entry_referenced(run, name, text_of(get(entry, "name")), place, is_copy=is_copy)


def _entry_path(name: str, value: Any, position: int, *, is_list: bool) -> Path:
    inside = (key_of(value, "copy"),) if isinstance(value, dict) and name.lower() != "copy" else ()
    return (name, *inside, position) if is_list else (name, *inside)


def _referenced(run: ArmTtkRun, name: str, path: Path) -> Iterator[Hit]:
    found = _references(run, name)
    if not found:
        yield _unused(name, run.template.spot(path, key=True), None if found is not None else _NAME)
    yield from _outside(run, name, found or [])


def _entry_referenced(run: ArmTtkRun, variable: str, name: str, spot: Spot, *, is_copy: bool) -> Iterator[Hit]:
    """The same for what a copy makes; that of a variable's own copy may be a member of the variable, if used once."""
    found = _references(run, name)
    if found:
        yield from _outside(run, name, found)
        return
    around = (_references(run, variable) or []) if not is_copy else []
    if len(around) > 1:
        message = f"arm-ttk fails with an internal error, for variable '{variable}' is used more than once"
        yield Hit(spot, message, sub="internal", basis=Basis.ARM_TTK, explanation=_TWICE)
    elif not around or not _follows(run.text.value, around[0].end, f".{name}"):
        yield _unused(name, spot)


def _follows(text: str, position: int, wanted: str) -> bool:
    return text[position : position + len(wanted)].lower() == wanted.lower()


def _references(run: ArmTtkRun, name: str) -> list[Span] | None:
    """The places in the text; None where the name is no valid pattern."""
    try:
        return run.text.references_to_variable(name)
    except BadPatternError:
        return None


def _outside(run: ArmTtkRun, name: str, found: list[Span]) -> Iterator[Hit]:
    for span in found:
        if not inside_expression(run.text.value, span.start):
            message = f"variable '{name}' is mentioned outside an expression"
            yield Hit(run.text.spot(span.start, span.end), message, sub="in-text")


def _unused(name: str, spot: Spot, explanation: str | None = None) -> Hit:
    return Hit(spot, f"variable '{name}' is never used; remove it or refer to it", explanation=explanation)


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """No expression reads the variable, not even under a name that is put together."""
    section = template.section_path("variables")
    for name, value in template.variables.items():
        if name.lower() == "copy":
            for path, made in _copies(name, value):
                if not template.sites.is_read("variables", made):
                    yield _unused(made, template.spot((*section, *path)))
            continue
        if not template.sites.is_read("variables", name):
            spot = template.spot((*section, name), key=True)
            yield _unused(name, spot)._replace(edits=(RemoveMember(spot.path),))
        elif isinstance(value, dict):
            used = _used_members(template.sites.references("variables").get(name.lower(), ()))
            for path, made in _copies(key_of(value, "copy"), member(value, "copy")):
                if used is not None and made.lower() not in used:
                    yield _unused(f"{name}.{made}", template.spot((*section, name, *path)))


def _copies(key: str, entries: Any) -> Iterator[tuple[Path, str]]:
    """The entries of a `copy`, by path from the object that has it, with the name of what they make."""
    for position, entry in enumerate(entries if isinstance(entries, list) else []):
        made = member(entry, "name") if isinstance(entry, dict) else None
        if isinstance(made, str):
            yield (key, position), made


def _used_members(references: "Iterable[CallSite]") -> frozenset[str] | None:
    """The members that follow the references, in lower case; None where one may read them all."""
    used = set()
    for one in references:
        name = _following_member(one)
        if name is None:
            return None
        used.add(name.lower())
    return frozenset(used) if used else None


def _following_member(one: "CallSite") -> str | None:
    from packager.expressions.nodes import Index, Property, StringLiteral  # profile arm-ttk does without it

    for node in one.site.nodes():
        match node:
            case Property(target=target, name=name) if target is one.call:
                return name
            case Index(target=target, index=StringLiteral(value=name)) if target is one.call:
                return name
    return None
