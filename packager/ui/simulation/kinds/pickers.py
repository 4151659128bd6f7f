"""Identities, applications, certificates and resources that somebody picks in the portal."""

from collections.abc import Iterator, Mapping
from typing import Any

from packager.ui.simulation.ask import Ask, Found
from packager.ui.simulation.kinds.existing import known_resource
from packager.ui.simulation.responses import resource_type
from packager.ui.values import UNDEFINED, Value

_SYSTEM, _USER, _NONE = "SystemAssigned", "UserAssigned", "None"


def identity(ask: Ask) -> Found:
    """The `identity` of a resource; identities of the customer also as a list of ids."""
    start = ask.text("defaultValue", "systemAssignedIdentity") in {"On", "OnOnly"}
    if not ask.is_answered:
        return Found(_identity(start, {}))
    if not isinstance(ask.answer, dict):
        return Found(_identity(start, {}), (ask.refused("an object with type and userAssignedIdentities"),))
    assigned = ask.answer.get("userAssignedIdentities") or {}
    assigned = {one: {} for one in assigned if isinstance(one, str)} if isinstance(assigned, list) else assigned
    if not isinstance(assigned, dict):
        return Found(_identity(start, {}), ("'userAssignedIdentities' is an object or a list of ids",))
    written = ask.answer.get("type")
    has_system = _SYSTEM.lower() in written.lower() if isinstance(written, str) else start
    return Found(_identity(has_system, assigned))


def _identity(has_system: bool, assigned: Mapping[str, Any]) -> dict[str, Value]:
    kinds = [*([_SYSTEM] if has_system else ()), *([_USER] if assigned else ())]
    kind = ", ".join(kinds) or _NONE
    return {"type": kind, "userAssignedIdentities": dict(assigned)} if assigned else {"type": kind}


def check_identity(ask: Ask, output: Value) -> Iterator[str]:
    """Whether what the form fixes is kept."""
    if not isinstance(output, Mapping):
        return
    fixed, has_system = ask.text("defaultValue", "systemAssignedIdentity"), _SYSTEM in output["type"]
    if (fixed == "OnOnly" and not has_system) or (fixed == "OffOnly" and has_system):
        yield f"the identity of the system is fixed: {fixed}"
    if output.get("userAssignedIdentities") and ask.flag("options", "hideUserAssignedIdentity"):
        yield "the form takes no user-assigned identities"
    wrong = [one for one in output.get("userAssignedIdentities", ()) if not _is_identity(one)]
    yield from (f"'{one[:60]}' is no id of a user-assigned identity" for one in wrong)


def _is_identity(resource_id: str) -> bool:
    return resource_type(resource_id) == "microsoft.managedidentity/userassignedidentities"


def service_principal(ask: Ask) -> Found:
    """An application with its password or certificate; the default one counts as new."""
    default = ask.text("defaultValue", "principalId")
    if not ask.is_answered and not default:
        return Found(is_open=True)
    if ask.is_answered and not isinstance(ask.answer, dict):
        return Found(UNDEFINED, (ask.refused("an object with appId and password"),))
    answer = ask.answer if ask.is_answered else {}
    app = answer.get("appId", default)
    output = {
        "appId": app,
        "objectId": answer.get("objectId", []),
        "password": answer.get("password", ""),
        "certificateThumbprint": answer.get("certificateThumbprint", ""),
        "newOrExisting": answer.get("newOrExisting", "new" if app == default else "existing"),
        "authenticationType": answer.get("authenticationType", "password"),
    }
    return Found(output, is_open=not ask.is_answered)


def check_service_principal(ask: Ask, output: Value) -> Iterator[str]:
    """Whether there is a password where one is needed."""
    given = isinstance(output, Mapping) and (output["password"] or output["certificateThumbprint"])
    if not given and ask.flag("constraints", "required"):
        yield "a password or a certificate is needed"


def resource(ask: Ask) -> Found:
    """An existing resource: an object with its id, or the id alone."""
    if not ask.is_answered:
        return Found(is_open=True)
    answer = {"id": ask.answer} if isinstance(ask.answer, str) else ask.answer
    if not isinstance(answer, dict) or not isinstance(answer.get("id"), str):
        return Found(UNDEFINED, (ask.refused("an object with the id of a resource"),))
    known = known_resource(ask, ask.text("resourceType"), answer["id"])
    found = {"name": answer["id"].rstrip("/").rpartition("/")[2], **known, **answer}
    return Found({name: found[name] for name in ("id", "name", "location", "subscriptionName") if name in found})


def check_resource(ask: Ask, output: Value) -> Iterator[str]:
    """Whether one is picked where it must be, and is of the type that is asked for."""
    if not isinstance(output, Mapping):
        if ask.flag("constraints", "required"):
            yield "a resource is needed"
        return
    wanted = ask.text("resourceType")
    if wanted and resource_type(output["id"]) != wanted.lower():
        yield f"'{output['id'][:80]}' is no id of a {wanted}"


def picked(ask: Ask) -> Found:
    """Whatever was picked: the answer as it is."""
    return Found(ask.answer) if ask.is_answered else Found(is_open=True)


def picked_object(ask: Ask) -> Found:
    """An object that was picked."""
    if not ask.is_answered:
        return Found(is_open=True)
    return Found(ask.answer) if isinstance(ask.answer, dict) else Found(refusals=(ask.refused("an object"),))
