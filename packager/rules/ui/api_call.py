"""A call to Azure Resource Manager cannot succeed, or is not meant so.

The portal adds the path to the endpoint of the cloud and wants an `api-version`; without an answer whatever depends
on the call stays empty. The answer to a list has the items in `value`.

Write a path such as `[concat(subscription().id, '/resourceGroups?api-version=2021-04-01')]`, give a POST a `body` and
a GET none. A resource group that is new does not exist while the form is filled in, so a path with its name is
answered with an error. `request.transforms` are JMESPath: `value[].{label: name, value: id}`.
"""

import re
from collections.abc import Iterator
from typing import Any

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.errors import ExpressionError
from packager.source.lazy import lazy_pattern
from packager.source.spot import within
from packager.ui.definition import Element, UiDefinition
from packager.ui.flow import read
from packager.ui.references import reference_of, references, resolve
from packager.ui.settings import elements_of
from packager.ui.transforms import refuse_unreadable, transforms_of

ABSOLUTE = lazy_pattern(r"^\s*(?:\[\s*concat\(\s*')?\s*https?://", re.IGNORECASE)
OVER_ITEMS = frozenset({"map", "filter", "first", "last", "length", "take", "skip"})


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Path, version and body of every call, and how its answer is read."""
    for element in elements_of(form, "Microsoft.Solutions.ArmApiControl"):
        request = element.value.get("request")
        if not isinstance(request, dict):
            continue
        path = request.get("path")
        if isinstance(path, str) and path:
            yield from _path(form, element, path)
        yield from _body(form, element, request)
    for element in elements_of(form, "Microsoft.Solutions.ArmApiControl", "Microsoft.Solutions.GraphApiControl"):
        yield from _transforms(form, element)
    if not form.is_form_view:
        yield from _lists(form)


def _path(form: UiDefinition, element: Element, path: str) -> Iterator[Hit]:
    spot = form.spot((*element.path, "request", "path"))
    if ABSOLUTE.search(path):
        message = "calls an absolute address; the path begins behind the endpoint of Azure Resource Manager"
        yield Hit(spot, f"element '{element.name}' {message}", sub="absolute")
    # Another element or an expression may bring the version.
    tree = read(path)
    is_whole = tree is None or not any(True for _ in references(tree))
    if is_whole and "api-version" not in path.lower():
        yield Hit(spot, f"the call of element '{element.name}' has no api-version", sub="version")
    if "resourcegroup().name" in path.lower() and "condition" not in element.value:
        message = f"element '{element.name}' asks about the resource group, which does not exist yet when it is new"
        yield Hit(spot, message, sub="group", severity=Severity.INFO)


def _body(form: UiDefinition, element: Element, request: dict[str, Any]) -> Iterator[Hit]:
    method, has_body = request.get("method"), request.get("body") is not None
    if method == "GET" and has_body:
        spot = form.spot((*element.path, "request", "body"), key=True)
        message = f"element '{element.name}' sends a body with GET"
        yield Hit(spot, message, sub="body", severity=Severity.WARNING)
    elif method == "POST" and not has_body:
        spot = form.spot((*element.path, "request"), key=True)
        message = f"element '{element.name}' sends a POST without a body"
        yield Hit(spot, message, sub="body", severity=Severity.INFO)


def _transforms(form: UiDefinition, element: Element) -> Iterator[Hit]:
    for one in transforms_of(element.value.get("request")):
        if one.query is None or read(one.query) is not None:
            continue  # an expression may make the query
        try:
            refuse_unreadable(one.query)
        except ExpressionError as error:
            spot = form.spot((*element.path, "request", "transforms", one.name))
            yield Hit(spot, f"the transform '{one.name}' of element '{element.name}': {error.message}", sub="transform")


def _lists(form: UiDefinition) -> Iterator[Hit]:
    for path, call in form.flow.calls:
        reference = reference_of(call.arguments[0]) if call.arguments and call.name in OVER_ITEMS else None
        target = resolve(form, reference) if reference is not None else None
        if reference is None or target is None or target.element is None or target.members:
            continue
        if target.element.type == "Microsoft.Solutions.ArmApiControl":
            message = (
                f"{call.name}() goes through an answer of '{target.element.name}'; a list has its items in 'value'"
            )
            spot = within(form.document, path, reference.span)
            yield Hit(spot, message, sub="list", severity=Severity.WARNING)
