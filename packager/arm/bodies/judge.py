"""Judges an expanded resource: its type in the version that it names, its name, its body and the scope it goes to."""

import re
from collections.abc import Iterator

from packager.arm.bodies.naming import last_segment
from packager.arm.bodies.problem import ERROR, SCOPE, STYLE, VALUE_ENUM, WARNING, Problem
from packager.arm.bodies.scalars import SCALARS, is_placeholder
from packager.arm.bodies.subject import Subject
from packager.arm.bodies.walk import walk
from packager.arm.expansion import ExpandedResource
from packager.arm.typenames import provided_type
from packager.data.resource_exceptions import EVERYTHING, Exceptions
from packager.data.resource_types import (
    EXTENSION,
    MANAGEMENT_GROUP,
    RESOURCE_GROUP,
    SUBSCRIPTION,
    TENANT,
    ResourceType,
    ResourceTypes,
)
from packager.data.shapes import TEXT
from packager.expressions.scope import Level
from packager.source.lazy import lazy_pattern

_VERSION = lazy_pattern(r"\d{4}-\d\d-\d\d(-[a-z0-9-]+)?", re.IGNORECASE | re.ASCII)
_BITS: dict[Level, int] = {
    "tenant": TENANT,
    "managementGroup": MANAGEMENT_GROUP,
    "subscription": SUBSCRIPTION,
    "resourceGroup": RESOURCE_GROUP,
}
_SCOPES = {
    TENANT: "a tenant",
    MANAGEMENT_GROUP: "a management group",
    SUBSCRIPTION: "a subscription",
    RESOURCE_GROUP: "a resource group",
    EXTENSION: "another resource",
}


def judge(
    resource: ExpandedResource, types: ResourceTypes, exceptions: Exceptions, version: str | None = None
) -> list[Problem]:
    """What is wrong with a resource; nothing where its type or version is unknown.

    With `version` the body is judged as if it were of that one.
    """
    subject = subject_of(resource, types, exceptions, version)
    if subject is None:
        return []
    _name(subject)
    walk(subject)
    subject.problems += _scope(subject.type, resource)
    return subject.problems


def subject_of(
    resource: ExpandedResource, types: ResourceTypes, exceptions: Exceptions, version: str | None = None
) -> Subject | None:
    """The resource with what is known of its type; None where that is nothing."""
    written = resource.api_version if version is None else version
    real = provided_type(resource)
    if real is None or type(written) is not str or not _VERSION.fullmatch(written):
        return None
    found = types.of(real)
    if found is None:
        return None
    leniency = exceptions.of(found.name, written)
    if EVERYTHING in leniency.off:
        return None
    segment, body = last_segment(resource.name), resource.body
    subject = Subject(found, written, found.described(written), leniency, segment, body)
    if real != found.name:
        message = f"the type '{real}' is written '{found.name}'; Azure takes both"
        subject.problems.append(Problem(VALUE_ENUM, "case", STYLE, ("type",), message))
    return subject


def _name(subject: Subject) -> None:
    """The last part of the name beside what the type says of names."""
    member = subject.shape(subject.root).members.get("name")
    if member is None or subject.segment is None or is_placeholder(subject.segment):
        return
    shape = subject.shape(member.shape)
    if shape.kind == TEXT:
        subject.problems += SCALARS[TEXT](subject, shape, subject.segment, ("name",))


def _scope(found: ResourceType, resource: ExpandedResource) -> Iterator[Problem]:
    """A type at a place that none of its versions can be written at."""
    bit, allowed = _bit(resource), found.writable
    if allowed == 0:
        message = f"{found.name} can only be read, with 'existing' or reference(); it cannot be deployed"
        yield Problem(SCOPE, "read-only", ERROR, ("type",), message)
    elif bit and not allowed & (bit | EXTENSION):
        listed = " or ".join(name for scope, name in _SCOPES.items() if allowed & scope)
        message = f"{found.name} is deployed to {listed}, not to {_SCOPES[bit]}"
        # The portal deploys offers to a resource group, whatever the schema of the main template says.
        certain = resource.level == "resourceGroup" or resource.deployment is not None or resource.scope is not None
        yield Problem(SCOPE, None, ERROR if certain else WARNING, ("type",), message)


def _bit(resource: ExpandedResource) -> int:
    """The scope that a resource goes to; 0 when it is not known."""
    if resource.scope is None:
        return _BITS[resource.level] if resource.level is not None else 0
    if type(resource.scope) is not str:
        return 0
    parts = resource.scope.strip("/").lower().split("/")
    if parts == [""]:
        return TENANT
    if parts[0] == "subscriptions" and len(parts) in (2, 4):
        return SUBSCRIPTION if len(parts) == 2 else RESOURCE_GROUP
    return MANAGEMENT_GROUP if "microsoft.management" in parts and len(parts) <= 4 else EXTENSION
