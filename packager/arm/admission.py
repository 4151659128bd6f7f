"""What Azure refuses of a nested or linked deployment before anything in it is looked at."""

from collections.abc import Iterator, Mapping
from typing import Any

from packager.arm.declared import Declaration, declarations
from packager.arm.expansion import MISPLACED_LOOP, NESTED, Trouble
from packager.arm.targets import level_of
from packager.arm.template import key_of, member
from packager.expressions.scope import Facts, Level, Scope
from packager.expressions.structure import evaluate_value
from packager.expressions.values import Value
from packager.source.document import Document
from packager.source.span import Path
from packager.source.spot import Spot

_PLACES: dict[Level, str] = {
    "resourceGroup": "a resource group",
    "subscription": "a subscription",
    "managementGroup": "a management group",
    "tenant": "a tenant",
}


def refused(declaration: Declaration, scope: Scope, target: Facts, document: Document) -> Iterator[Trouble]:
    """The mode and the place of a deployment resource that goes to `target`."""
    properties, path = declaration.raw("properties"), declaration.path_of("properties")
    key = key_of(properties, "mode")
    mode = evaluate_value(properties.get(key), scope, (*path, key))
    if isinstance(mode, str) and mode.lower() == "complete":
        message = "the mode of a nested deployment is Incremental, not Complete"
        yield Trouble(NESTED, message, Spot(document, (*path, key)))
    if target.level != "resourceGroup" and declaration.raw("location") is None:
        message = f"a deployment to {_PLACES[target.level]} needs a location"
        yield Trouble(NESTED, message, Spot(document, declaration.path), "add 'location' beside its name")


def unfit(sections: Mapping[str, Any], target: Facts, document: Document, base: Path) -> Iterator[Trouble]:
    """A template whose schema is for another place than the one it is deployed to."""
    key = key_of(sections, "$schema")
    level = level_of(sections.get(key))
    if level is not None and level != target.level:
        message = f"the template is one for {_PLACES[level]}, and it is deployed to {_PLACES[target.level]}"
        yield Trouble(NESTED, message, Spot(document, (*base, key)), "correct its $schema, or where it goes")


def without_value(
    sections: Mapping[str, Any], given: Mapping[str, Value], document: Document, place: Path
) -> Iterator[Trouble]:
    """Parameters of a nested template that need a value and get none; `place` is that of the deployment resource."""
    parameters = member(sections, "parameters")
    for name, declared in parameters.items() if isinstance(parameters, dict) else ():
        if not isinstance(declared, dict) or given.get(name.lower()) is not None:
            continue
        if member(declared, "defaultValue") is None and member(declared, "nullable") is not True:
            message = f"the nested deployment gives no value to the parameter '{name}', which has no default"
            yield Trouble(NESTED, message, Spot(document, place))


def loops_inside(template: Mapping[str, Any], document: Document, base: Path) -> Iterator[Trouble]:
    """Copy loops of resources in a template of outer scope."""
    key = key_of(template, "resources")
    for declaration in declarations(template.get(key), (*base, key), None):
        if isinstance(declaration.raw("copy"), dict):
            message = "a template of outer scope has no copy loops"
            hint = "set expressionEvaluationOptions.scope of the deployment to inner"
            yield Trouble(MISPLACED_LOOP, message, Spot(document, declaration.path_of("copy")), hint)


def loops_of_children(every: list[Declaration], document: Document) -> Iterator[Trouble]:
    """Copy loops of resources that are nested in another one."""
    stack = [child for one in every for child in one.children]
    while stack:
        child = stack.pop()
        stack += child.children
        if isinstance(child.raw("copy"), dict):
            message = "a resource inside another one has no copy loop"
            hint = "move it to the top level, with the full type and name"
            yield Trouble(MISPLACED_LOOP, message, Spot(document, child.path_of("copy")), hint)
