"""Virtual networks with their subnets, and public addresses."""

from collections.abc import Iterator, Mapping
from typing import Any

from packager.ui.simulation.ask import Ask, Found, setting, whole
from packager.ui.simulation.kinds.existing import known_address, known_network
from packager.ui.simulation.kinds.prefixes import FIRST, Network, free_block, network_of, prefix_length, smallest_for
from packager.ui.values import UNDEFINED, Value

_DEFAULT_LENGTH = 16
_SUBNET_LENGTH = 24


def virtual_network(ask: Ask) -> Found:
    """The network with its subnets; what the answer leaves out is proposed as for a new network."""
    answer = known_network(ask, ask.answer) if isinstance(ask.answer, dict) else {}
    wrong = () if not ask.is_answered or isinstance(ask.answer, dict) else (ask.refused("an object"),)
    is_new = answer.get("newOrExisting") != "existing"
    prefixes = _prefixes(ask, answer)
    network = network_of(prefixes[0]) if prefixes else None
    output = {
        "name": answer.get("name", ask.text("defaultValue", "name")),
        "resourceGroup": answer.get("resourceGroup", ask.context.resource_group["name"]),
        "newOrExisting": "new" if is_new else "existing",
        "addressPrefixes": prefixes,
        "addressPrefix": prefixes[0] if prefixes else UNDEFINED,
        "subnets": dict(_subnets(ask, answer, network, is_new=is_new)),
    }
    return Found(output, wrong, is_open=not ask.is_answered)


def _prefixes(ask: Ask, answer: Mapping[str, Any]) -> list[str]:
    given = answer.get("addressPrefixes", answer.get("addressPrefix"))
    texts = [one for one in (given if isinstance(given, list) else [given]) if isinstance(one, str)]
    if texts or answer.get("newOrExisting") == "existing":
        return texts
    wanted = prefix_length(ask.get("defaultValue", "addressPrefixSize"))
    least = prefix_length(ask.get("constraints", "minAddressPrefixSize"))
    length = next((one for one in (wanted, least) if one is not None), _DEFAULT_LENGTH)
    return [str(Network(FIRST, length).proper())]


def _subnets(
    ask: Ask, answer: Mapping[str, Any], network: Network | None, *, is_new: bool
) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """Those of the answer, and for the rest the next free blocks of the network."""
    declared, given = ask.get("subnets"), answer.get("subnets")
    declared = declared if isinstance(declared, dict) else {}
    given = given if isinstance(given, dict) else {}
    taken = [
        one for one in (network_of(setting(found, "addressPrefix")) for found in given.values()) if one is not None
    ]
    for name, wanted in declared.items():
        own = given.get(name) if isinstance(given.get(name), dict) else {}
        written = setting(own, "addressPrefix")
        block = network_of(written)
        if block is None and written is None and network is not None and is_new:
            block = free_block(network, _length(wanted), taken)
            taken += [block] if block is not None else []
        prefix = written if written is not None else str(block) if block is not None else UNDEFINED
        start = block.first_usable() if block is not None else UNDEFINED
        yield (
            name,
            {
                "name": setting(own, "name") or setting(wanted, "defaultValue", "name") or name,
                "addressPrefix": prefix,
                "startAddress": setting(own, "startAddress") or start,
            },
        )


def _length(wanted: Any) -> int:
    """The length of a subnet's prefix: as proposed, else the least that its constraints allow."""
    proposed = prefix_length(setting(wanted, "defaultValue", "addressPrefixSize"))
    least = prefix_length(setting(wanted, "constraints", "minAddressPrefixSize"))
    count = whole(setting(wanted, "constraints", "minAddressCount"))
    by_count = smallest_for(count) if count else None
    return proposed or least or by_count or _SUBNET_LENGTH


def check_network(ask: Ask, output: Value) -> Iterator[str]:
    """Names, sizes and places."""
    if not isinstance(output, Mapping):
        return
    if not output.get("name"):
        yield "the virtual network needs a name"
    if output.get("newOrExisting") == "existing" and ask.flag("options", "hideExisting"):
        yield "the form takes new virtual networks only"
    networks = [network_of(one) for one in output["addressPrefixes"]]
    for text, network in zip(output["addressPrefixes"], networks, strict=True):
        if network is None:
            yield f"'{text[:40]}' is no address space; write it as 10.0.0.0/16"
    known = [one for one in networks if one is not None]
    least = prefix_length(ask.get("constraints", "minAddressPrefixSize"))
    if known and least is not None and min(one.length for one in known) > least:
        yield f"the address space {output['addressPrefixes'][0]} is smaller than /{least}"
    yield from _subnet_problems(ask, output["subnets"], known)


def _subnet_problems(ask: Ask, subnets: Mapping[str, Any], networks: list[Network]) -> Iterator[str]:
    seen: list[tuple[str, Network]] = []
    for name, subnet in subnets.items():
        prefix = subnet["addressPrefix"]
        block = network_of(prefix)
        if block is None:
            if isinstance(prefix, str):
                yield f"'{prefix[:40]}' of subnet '{name}' is no address space; write it as 10.0.0.0/24"
            elif networks:
                yield f"the virtual network has no room for subnet '{name}'"
            continue
        yield from _size_problems(name, block, ask.get("subnets", name, "constraints"))
        if networks and not any(one.holds(block) for one in networks):
            yield f"subnet '{name}' ({block}) is not in the virtual network"
        yield from (f"subnets '{name}' and '{other}' overlap" for other, one in seen if one.meets(block))
        seen.append((name, block))


def _size_problems(name: str, block: Network, constraints: Any) -> Iterator[str]:
    least = prefix_length(setting(constraints, "minAddressPrefixSize"))
    if least is not None and block.length > least:
        yield f"subnet '{name}' ({block}) is smaller than /{least}"
    count = whole(setting(constraints, "minAddressCount")) or 0
    if block.usable() < count:
        yield f"subnet '{name}' ({block}) has {block.usable()} addresses, and {count} are needed"


def public_address(ask: Ask) -> Found:
    """The address, new unless the answer says otherwise; `none` has no other members."""
    answer = known_address(ask, ask.answer) if isinstance(ask.answer, dict) else {}
    wrong = () if not ask.is_answered or isinstance(ask.answer, dict) else (ask.refused("an object"),)
    if answer.get("newOrExistingOrNone") == "none":
        return Found({"newOrExistingOrNone": "none"}, wrong)
    output = {
        "name": answer.get("name", ask.text("defaultValue", "publicIpAddressName")),
        "resourceGroup": answer.get("resourceGroup", ask.context.resource_group["name"]),
        "domainNameLabel": answer.get("domainNameLabel", ask.text("defaultValue", "domainNameLabel")),
        "publicIPAllocationMethod": answer.get("publicIPAllocationMethod", "Dynamic"),
        "sku": answer.get("sku", ask.text("options", "sku") or "Basic"),
        "newOrExistingOrNone": "existing" if answer.get("newOrExistingOrNone") == "existing" else "new",
    }
    if ask.flag("options", "hideDomainNameLabel"):
        del output["domainNameLabel"]
    return Found(output, wrong, is_open=not ask.is_answered and not output["name"])


def check_address(ask: Ask, output: Value) -> Iterator[str]:
    """Whether there is an address where one is needed, with a name and a label."""
    if not isinstance(output, Mapping):
        return
    state = output["newOrExistingOrNone"]
    if state == "none":
        if ask.flag("options", "hideNone"):
            yield "a public IP address is needed"
        return
    if state == "existing" and ask.flag("options", "hideExisting"):
        yield "the form takes new public IP addresses only"
    if not output["name"]:
        yield "the public IP address needs a name"
    if ask.flag("constraints", "required", "domainNameLabel") and output.get("domainNameLabel") == "":
        yield "a domain name label is needed"
