"""Nested and linked deployments: which template, in which world, with which parameters, to which place."""

from collections.abc import Mapping
from typing import Any

from packager.arm.admission import loops_inside, refused, unfit, without_value
from packager.arm.deployment import Deployment
from packager.arm.expansion import LINK, Outlet, Trouble
from packager.arm.instances import Instance
from packager.arm.links import BASE, find, linked_path
from packager.arm.parameterfile import InputWorld, value_of
from packager.arm.run import MAX_DEPTH
from packager.arm.targets import level_of, target_of
from packager.arm.template import key_of, member
from packager.arm.world import TemplateWorld, is_modern
from packager.expressions.errors import ExpressionError
from packager.expressions.scope import Facts, Scope
from packager.expressions.structure import evaluate_value
from packager.expressions.values import Unknown, Value
from packager.source.document import Document
from packager.source.span import Path
from packager.source.spot import Spot


def nested_deployment(parent: Deployment, one: Instance) -> Deployment | None:
    """The deployment of a deployment resource; None when its template is not in the package."""
    properties = one.declaration.raw("properties")
    if not isinstance(properties, dict):
        return None
    if parent.depth >= MAX_DEPTH:
        message = f"deployments are nested more than {MAX_DEPTH} levels deep; do the files link to each other?"
        parent.run.add(Trouble(LINK, message, Spot(parent.document, one.declaration.path)))
        return None
    target = _target(parent, one)
    parent.run.add_all(refused(one.declaration, one.scope, target, parent.document))
    path = one.declaration.path_of("properties")
    if isinstance(member(properties, "template"), dict):
        place = (*path, key_of(properties, "template"))
        if not _is_inner(properties, one.scope, path):
            return _outer(parent, one, place, target)
        return _own(parent, one, parent.document, place, target, linked=parent.linked)
    document = _linked(parent, one, properties, path)
    return None if document is None else _own(parent, one, document, (), target, linked=True)


def _target(parent: Deployment, one: Instance) -> Facts:
    """Where the deployment goes, which must be known before anything is deployed."""
    name = one.name if isinstance(one.name, str) else None
    around, parent.world.place = parent.world.place, "name"
    try:
        return target_of(one.declaration, one.scope, parent.target)._replace(deployment_name=name)
    finally:
        parent.world.place = around


def _is_inner(properties: Mapping[str, Any], scope: Scope, path: Path) -> bool:
    options = member(properties, "expressionEvaluationOptions")
    place = (*path, key_of(properties, "expressionEvaluationOptions"))
    evaluated = evaluate_value(options, scope, place)
    return isinstance(evaluated, dict) and str(member(evaluated, "scope")).lower() == "inner"


def _outer(parent: Deployment, one: Instance, place: Path, target: Facts) -> Deployment:
    """Its expressions are the parent's: same parameters, variables and facts; only its resources go elsewhere."""
    template = parent.document.at(place)
    if _is_placed(parent, one):
        parent.run.doubts += unfit(template, target, parent.document, place)
    parent.run.add_all(loops_inside(template, parent.document, place))
    return Deployment(
        parent.run,
        parent.document,
        place,
        parent.world,
        target,
        scope=one.scope,
        id_=one.id,
        linked=parent.linked,
        shared=True,
        placed=_is_placed(parent, one),
        depth=parent.depth + 1,
    )


def _own(
    parent: Deployment, one: Instance, document: Document, base: Path, target: Facts, *, linked: bool
) -> Deployment:
    template = document.at(base)
    sections = template if isinstance(template, dict) else {}
    properties = one.declaration.raw("properties")
    given = _given(parent, one, properties, sections)
    if _is_placed(parent, one):
        parent.run.doubts += unfit(sections, target, document, base)
    else:
        # Where it goes is not known; its template says at least to what.
        target = target.at(level_of(member(sections, "$schema")) or target.level)
    # Where the values come from a file of their own, or are put together, they are not known here.
    if isinstance(member(properties, "parameters"), dict | None) and member(properties, "parametersLink") is None:
        parent.run.add_all(without_value(sections, given, parent.document, one.declaration.path))
    world = TemplateWorld(
        target,
        parent.run.budget,
        sections,
        given,
        modern=is_modern(sections),
        base=base,
        open_secrets=parent.world.open_secrets,
        link=BASE + document.name if linked and parent.world.link is not None else None,
    )
    placed = _is_placed(parent, one)
    depth = parent.depth + 1
    return Deployment(parent.run, document, base, world, target, id_=one.id, linked=linked, placed=placed, depth=depth)


def _is_placed(parent: Deployment, one: Instance) -> bool:
    """Whether it is known what the resources of a nested deployment are deployed to."""
    return parent.placed and type(one.extends) is not Unknown


def _given(parent: Deployment, one: Instance, properties: Any, sections: Mapping[str, Any]) -> dict[str, Value]:
    """The values that the deployment resource hands over; secrets of key vaults are unknown."""
    key = key_of(properties, "parameters")
    path = (*one.declaration.path_of("properties"), key)
    entries = properties.get(key)
    written = not isinstance(entries, str)
    if not written:
        entries = evaluate_value(entries, one.scope, path)
    world = InputWorld(parent.world.facts, member(properties, "externalInputs"))
    values: dict[str, Value] = {}
    for name, entry in entries.items() if isinstance(entries, dict) else ():
        if not isinstance(entry, dict):
            continue
        inner = next((key for key in entry if key.lower() in ("value", "reference", "expression")), "")
        if inner.lower() == "value":
            value = entry[inner]
            values[name.lower()] = evaluate_value(value, one.scope, (*path, name, inner)) if written else value
        elif inner:
            values[name.lower()] = value_of(name, entry, world, (*path, name))
        if name.lower() in values:
            outlet = _outlet(parent, name, values[name.lower()], (*path, name, inner), sections)
            parent.run.outlets.append(outlet)
    return values


def _outlet(parent: Deployment, name: str, value: Value, path: Path, sections: Mapping[str, Any]) -> Outlet:
    declared, definitions = _declared(sections, name), _definitions(sections)
    return Outlet("parameter", name, value, parent.document, path, declared, definitions, outer=False)


def _declared(sections: Mapping[str, Any], name: str) -> Any:
    parameters = member(sections, "parameters")
    return member(parameters, name) if isinstance(parameters, dict) else None


def _definitions(sections: Mapping[str, Any]) -> Mapping[str, Any]:
    found = member(sections, "definitions")
    return found if isinstance(found, dict) else {}


def _linked(parent: Deployment, one: Instance, properties: Mapping[str, Any], path: Path) -> Document | None:
    """The linked template when it lies in the package."""
    link = member(properties, "templateLink")
    place = (*path, key_of(properties, "templateLink"))
    if isinstance(link, str):
        try:
            link = evaluate_value(link, one.scope, place)
        except ExpressionError:
            return None
    if not isinstance(link, dict):
        return None
    found = linked_path(link, parent.world, one.scope.copies, parent.document.name, place)
    return find(parent.run.lookup, found)
