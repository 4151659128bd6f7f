"""A location is fixed in the template, or taken from the resource group instead of the parameter.

The customer chooses the region in the portal, and the form hands it over as the parameter `location`. A template that
fixes a region deploys somewhere else, or not at all where a policy or a service does not allow it.

Give resources `[parameters('location')]`, or `global`; declare the parameter as a `string` whose default is
`[resourceGroup().location]`, or without a default.

arm-ttk goes by the file's name: in a main template the default must be exactly one of the three texts that it knows. It
searches the raw text for `resourceGroup().location`, comments included, but not inside nested deployments, takes an
expression with a blank behind its bracket for literal text, and does not look at resources with symbolic names.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from packager.arm.template import DEPLOYMENT_TYPE, Resource, Template, key_of, member
from packager.checks.armttk.failures import failure
from packager.checks.armttk.patterns import find_expression
from packager.checks.armttk.powershell import get, mismatches, text_of, truthy, unequal
from packager.checks.armttk.regions import FROM_GROUP, mentions
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.lazy import lazy_pattern
from packager.source.span import Path

if TYPE_CHECKING:
    from packager.arm.sites import Site
    from packager.expressions.nodes import Index, Property

_DEFAULTS = ("[resourcegroup().location]", "[deployment().location]", "global")
_ON_RESOURCE = lazy_pattern(r"resources\[\d+\]\.location", re.IGNORECASE)
_USE = "use the parameter 'location' here; only its default value may be that of the resource group"


@arm_ttk_rule(
    "Location-Should-Not-Be-Hardcoded",
    on="template",
    needs=("object", "text"),
    severity=Severity.WARNING,
    false_alarm="no region is fixed here",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """The declaration of the parameter, the text, and the resources in lists."""
    if (run.text.inserted or run.is_inner) and run.text.json is None:
        # The test reads the text again, which may have been cut at the wrong place.
        message = "arm-ttk cuts nested templates out at the wrong place here, and this test fails for that"
        explanation = "it does not understand braces and brackets in strings; write them as \\u007b or \\u005b"
        yield failure(run.template.spot(), message, explanation)
    yield from _declaration(run)
    for span in mentions(run):
        explanation = "the text is not evaluated as an expression of this template"
        yield Hit(run.text.spot(span.start, span.end), _USE, "from-group", explanation=explanation)
    for found in run.template.search.by_key("location"):
        if _ON_RESOURCE.search(found.path) and unequal(found.value, "global") and not _has_expression(found.value):
            message = _literal(text_of(found.value))
            explanation = (
                "it does not read an expression with a blank after its bracket or its function; remove the blank"
            )
            yield Hit(run.template.spot_of(found), message, "literal", explanation=explanation)


def _declaration(run: ArmTtkRun) -> Iterator[Hit]:
    template = run.template
    declared = get(get(template.value, "parameters"), "location")
    if declared is None:
        return
    if unequal(get(declared, "type"), "string"):
        spot = template.spot(template.section_path("parameters", "location", "type"))
        yield Hit(spot, "the parameter 'location' must be of type 'string'", "type")
    default = get(declared, "defaultValue")
    spot = template.spot(template.section_path("parameters", "location", "defaultValue"))
    if run.is_main:
        if truthy(default) and text_of(default).strip().lower() not in _DEFAULTS:
            explanation = "it asks for exactly [resourceGroup().location], [deployment().location] or 'global'"
            yield Hit(spot, _default(text_of(default)), "default", explanation=explanation)
    elif _is_present(default) and mismatches(default, FROM_GROUP):
        explanation = "it wants no other default here than one with [resourceGroup().location]; leave it out"
        yield Hit(spot, _default(text_of(default)), "default", explanation=explanation)


def _is_present(default: Any) -> bool:
    return truthy([one for one in default if one is not None]) if isinstance(default, list) else default is not None


def _has_expression(value: Any) -> bool:
    values = value if isinstance(value, list) else [value]
    return any(find_expression(text_of(one)) is not None for one in values)


def _literal(text: str) -> str:
    return f"the location '{text}' is literal; use an expression such as [parameters('location')], or 'global'"


def _default(text: str) -> str:
    return f"the default location is '{text}'; write [resourceGroup().location], or leave the default out"


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """The same on what is evaluated: a type, a region as default, the group's location, regions on any resource."""
    yield from _true_declaration(template)
    deployments = {one for part in template.scope() for one in _deployments(part)}
    called = [*template.sites.calls.get("resourcegroup", ()), *template.sites.calls.get("deployment", ())]
    for site in {id(one.site): one.site for one in called}.values():
        below = site.path[len(template.path) :]
        inside = (site.path[:length] for length in range(len(site.path)))
        if str(below[0]).lower() != "parameters" and not any(one in deployments for one in inside):
            yield from _from_group(site)
    for part in template.scope():
        for resource in part.resources:
            yield from _resource(resource, part, template)


def _true_declaration(template: Template) -> Iterator[Hit]:
    from packager.expressions.parser import is_expression  # profile arm-ttk does without it

    declared = member(template.parameters, "location")
    if not isinstance(declared, dict):
        return
    written = member(declared, "type")
    if not isinstance(written, str) or written.lower() != "string":
        spot = template.spot(template.section_path("parameters", "location", "type"))
        yield Hit(spot, "the parameter 'location' must be of type 'string'", "type")
    default = member(declared, "defaultValue")
    text = default.strip() if isinstance(default, str) else ""
    if text and text.lower() != "global" and not is_expression(text):
        spot = template.spot(template.section_path("parameters", "location", "defaultValue"))
        yield Hit(spot, _default(text), "default")


def _deployments(template: Template) -> Iterator[Path]:
    """Where this template's nested deployments stand in the document."""
    for resource in template.resources:
        if resource.type.lower() == DEPLOYMENT_TYPE:
            yield template.path + resource.path


def _from_group(site: "Site") -> Iterator[Hit]:
    from packager.expressions.nodes import Index, Property, is_call  # profile arm-ttk does without it

    for node in site.nodes():
        if not isinstance(node, (Property, Index)) or _name(node) != "location":
            continue
        if is_call(node.target, "resourceGroup", "deployment"):
            yield Hit(site.spot(node.span), _USE, "from-group")


def _name(node: "Property | Index") -> str:
    from packager.expressions.nodes import Property, StringLiteral  # profile arm-ttk does without it

    if isinstance(node, Property):
        return node.name.lower()
    return node.index.value.lower() if isinstance(node.index, StringLiteral) else ""


def _resource(resource: Resource, part: Template, template: Template) -> Iterator[Hit]:
    from packager.arm.follow import followed  # profile arm-ttk does without it
    from packager.expressions.parser import is_expression  # as above

    location = member(resource.value, "location")
    if location is None:
        return
    spot = part.spot((*resource.path, key_of(resource.value, "location")))
    if not isinstance(location, str) or not is_expression(location):
        if not isinstance(location, str) or location.lower() != "global":
            yield Hit(spot, _literal(text_of(location)), "literal")
        return
    value = followed(location, template)
    if isinstance(value, str) and not is_expression(value) and value.lower() != "global":
        yield Hit(spot, f"{_literal(value)}; it comes from a variable", "literal")
