"""What the responses say of a resource that exists already: the parts of an answer that only name it leaves out."""

from collections.abc import Mapping
from typing import Any

from packager.ui.simulation.ask import Ask, setting

_NOTHING: Mapping[str, Any] = {}


def known_network(ask: Ask, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer with the address spaces of the network and of the subnets that it names."""
    found = _named(ask, "Microsoft.Network/virtualNetworks", answer)
    if not found:
        return answer
    subnets, given = setting(found, "properties", "subnets"), answer.get("subnets")
    completed = {
        key: {"addressPrefix": _prefix(subnets, own), **own} if isinstance(own, dict) else own
        for key, own in (given.items() if isinstance(given, dict) else ())
    }
    prefixes = setting(found, "properties", "addressSpace", "addressPrefixes")
    known = {"addressPrefixes": prefixes} if isinstance(prefixes, list) and "addressPrefix" not in answer else {}
    return {**known, **answer, "subnets": completed}


def _prefix(subnets: Any, own: Mapping[str, Any]) -> Any:
    """The address space of the subnet that an answer names."""
    named = (one for one in (subnets if isinstance(subnets, list) else ()) if setting(one, "name") == own.get("name"))
    return setting(next(named, None), "properties", "addressPrefix")


def known_address(ask: Ask, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer with the label, the way of allocation and the SKU of the address that it names."""
    found = _named(ask, "Microsoft.Network/publicIPAddresses", answer)
    known = {
        "domainNameLabel": setting(found, "properties", "dnsSettings", "domainNameLabel"),
        "publicIPAllocationMethod": setting(found, "properties", "publicIPAllocationMethod"),
        "sku": setting(found, "sku", "name"),
    }
    return {**{name: one for name, one in known.items() if one is not None}, **answer}


def known_account(ask: Ask, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer with the type and kind of the storage account that it names."""
    found = _named(ask, "Microsoft.Storage/storageAccounts", answer)
    known = {"type": setting(found, "sku", "name"), "kind": setting(found, "kind")}
    return {**{name: one for name, one in known.items() if one is not None}, **answer}


def known_resource(ask: Ask, kind: str, resource_id: str) -> Mapping[str, Any]:
    """What the responses say of the resource with an id."""
    wanted = resource_id.lower()
    return next((one for one in ask.responses.resources(kind) if str(one.get("id")).lower() == wanted), _NOTHING)


def _named(ask: Ask, kind: str, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The resource of a type that an answer names, in the resource group that it names, if any."""
    name, group = answer.get("name"), answer.get("resourceGroup")
    if answer.get("newOrExisting", answer.get("newOrExistingOrNone")) != "existing" or not isinstance(name, str):
        return _NOTHING
    inside = f"/resourcegroups/{group}/".lower() if isinstance(group, str) else "/"
    for one in ask.responses.resources(kind):
        if str(one.get("name")).lower() == name.lower() and inside in str(one.get("id")).lower():
            return one
    return _NOTHING
