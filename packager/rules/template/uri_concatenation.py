"""An address is joined with `concat()` or `format()`.

Whether a slash stands between base and path then depends on how the user wrote the base; `uri()` gets it right in
either case. Artifacts that are not found at deployment time are mostly such doubled or missing slashes.

Write `[uri(parameters('_artifactsLocation'), concat('scripts/install.sh', parameters('sasToken')))]`.

arm-ttk judges every property whose name ends in `uri` or `url`, also declarations of parameters, workflows and
addresses that are only scheme and host, for which `uri()` has no better answer. An empty value makes the test fail with
an internal error.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from packager.arm.template import Template, key_of, member
from packager.checks.armttk.patterns import calls
from packager.checks.armttk.powershell import get, has, text_of
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Basis, Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.lazy import lazy_pattern
from packager.source.tree import ObjectNode, Tree

if TYPE_CHECKING:
    from packager.expressions.nodes import Call, Node

# Of a pattern's `$`, a line break at the end is no hindrance.
_ENDINGS = ("uri", "url", "uri\n", "url\n")
_JOINING = ("concat", "format")
_SCHEME = lazy_pattern(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_INTERNAL = "no deployment minds; give the property a value or leave it out to avoid the error"
_PLACEHOLDER = lazy_pattern(r"\{\d+[^{}]*\}")
_FINISHED = "uri()"
# What arm-ttk's patterns take for settings of their own when an object has a member of that name.
_SETTINGS = ("pattern", "expression")
_OTHER_LANGUAGES = lazy_pattern(
    r"microsoft\.logic/workflows|microsoft\.authorization/policydefinitions|microsoft\.portal/dashboards", re.IGNORECASE
)


@arm_ttk_rule(
    "URIs-Should-Be-Properly-Constructed",
    on="template",
    needs=("object",),
    severity=Severity.WARNING,
    false_alarm="no path is joined to a base by hand, so uri() has no better answer; nothing has to be done",
    mentions=("uri", "url"),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Values with concat() or format(), unless a uri() comes before it; and values that a pattern cannot take."""
    refused = "|".join(run.settings.texts("FunctionNotAllowedInUri", _JOINING))
    for found in run.template.search.by_key_where(_is_uri):
        spot = run.template.spot_of(found)
        if _is_refused(found.value):
            message = f"arm-ttk fails on the value of '{found.key}' with an internal error"
            yield Hit(spot, message, sub="internal", basis=Basis.ARM_TTK, explanation=_INTERNAL)
        else:
            name = _joining_call(_judged(found.value), refused)
            if name is not None:
                yield Hit(spot, _message(found.key, name))


def _is_uri(name: str) -> bool:
    return name.endswith(_ENDINGS)


def _is_refused(value: Any) -> bool:
    """Whether arm-ttk's patterns cannot be handed the value: there is no text in it, or it looks like settings."""
    if isinstance(value, dict):
        empty = has(value, "value") and get(value, "value") in (None, "")
        return empty or not value or any(has(value, name) for name in _SETTINGS)
    if isinstance(value, list):
        return any(one in (None, "") for one in value)
    return value is None or value == ""


def _judged(value: Any) -> list[str]:
    """The texts that the patterns are applied to."""
    inside = get(value, "value") if isinstance(value, dict) else None
    if isinstance(inside, str):
        return [inside]
    return [text_of(one) for one in value] if isinstance(value, list) else [text_of(value)]


def _joining_call(texts: list[str], refused: str) -> str | None:
    """The name of the first refused call that no uri() precedes."""
    bad = next((call for text in texts for call in calls(text, refused)), None)
    good = next((call for text in texts for call in calls(text, "uri")), None)
    return bad.name if bad is not None and (good is None or bad.start < good.start) else None


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """Expressions that join a path to a base, outside declarations and other languages than that of templates."""
    from packager.arm.sites import Site  # profile arm-ttk does without it
    from packager.expressions.parser import is_expression  # as above

    tree = template.tree
    names = [name for name in tree.named if _is_uri(name)]
    out = _out_of_reach(tree) if names else set()
    for node, key in (one for name in names for one in tree.named[name]):
        path, value = (*node.path, key), node.value[key]
        if isinstance(value, dict):
            path, value = (*path, key_of(value, "value")), member(value, "value")
        if id(node) in out or not isinstance(value, str) or not is_expression(value):
            continue
        site = Site(template.document, template.path + path, value)
        call = joined_by_hand(site.tree) if site.tree is not None else None
        if call is not None:
            yield Hit(site.spot(call.span), _message(key, call.name))


def _out_of_reach(tree: Tree) -> set[int]:
    """Objects in declarations of parameters, and in resources that bring a language of their own."""
    out: set[int] = set()
    for node in tree.objects:
        above = node.parent
        type_ = node.value.get("type")
        declared = above is not None and _is_declarations(above, str(node.steps[0]))
        foreign = isinstance(type_, str) and _OTHER_LANGUAGES.fullmatch(type_) is not None
        if declared or foreign or (above is not None and id(above) in out):
            out.add(id(node))
    return out


def _is_declarations(above: ObjectNode, step: str) -> bool:
    at_top = above.parent is None or str(above.steps[-1]).lower() == "template"
    return step.lower() == "policyrule" or (at_top and step.lower() == "parameters")


def joined_by_hand(tree: "Node") -> "Call | None":
    """The first concat() or format() that puts a path behind a base; what stands within uri() is a path only."""
    from packager.expressions.nodes import Call, children, is_call  # profile arm-ttk does without it

    stack = [tree]
    while stack:
        node = stack.pop()
        if is_call(node, *_JOINING) and isinstance(node, Call):
            if _joins_a_path(node):
                return node
        elif not is_call(node, "uri"):
            stack.extend(reversed(children(node)))
    return None


def _joins_a_path(call: "Call") -> bool:
    parts = list(_parts(call))
    if parts and (parts[0] is _FINISHED or parts[0].startswith("/")):
        # A whole address with something behind it, or the id of a resource, which is no address.
        return False
    literals = [part for part in parts if part]
    first = _SCHEME.match(literals[0]) if literals and parts[0] else None
    if first is not None:
        return "/" in "".join([literals[0][first.end() :], *literals[1:]]).rstrip("/")
    # A name and the domain or port behind it are a host.
    return not literals or not all(part[0] in ".:" for part in literals) or "/" in "".join(literals).rstrip("/")


def _parts(call: "Call") -> Iterator[str]:
    """The texts that a call joins; "" for one that is not known, `_FINISHED` for an address that uri() made."""
    from packager.expressions.nodes import Call, StringLiteral, is_call  # profile arm-ttk does without it

    if is_call(call, "format") and call.arguments and isinstance(call.arguments[0], StringLiteral):
        yield from _PLACEHOLDER.sub("\0", call.arguments[0].value).replace("\0", "\0\0").split("\0")
        return
    for argument in call.arguments:
        if isinstance(argument, StringLiteral):
            yield argument.value
        elif isinstance(argument, Call) and is_call(argument, "concat"):
            yield from _parts(argument)
        else:
            yield _FINISHED if is_call(argument, "uri") else ""


def _message(key: str, name: str) -> str:
    return f"'{key}' is joined with {name}(); use uri() to join a path to its base"
