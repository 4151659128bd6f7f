"""Address ranges in CIDR notation, of both versions of IP."""

from typing import TYPE_CHECKING

from packager.expressions.errors import INVALID_CIDR, ExpressionError
from packager.expressions.function import function
from packager.expressions.kinds import INTEGER, OBJECT, STRING
from packager.expressions.values import Value

if TYPE_CHECKING:
    import ipaddress


@function(STRING, gives=OBJECT, example="parseCidr('10.144.0.0/20').lastUsable", result="10.144.15.254")
def parse_cidr(network: str) -> dict[str, Value]:
    """What belongs to a range: network, netmask, broadcast (not for IPv6), firstUsable, lastUsable, cidr."""
    found = _network(network)
    first, last = found.network_address, found.broadcast_address
    result: dict[str, Value] = {"network": str(first), "netmask": str(found.netmask)}
    if found.version == 4:
        result["broadcast"] = str(last)
        if found.prefixlen < 31:
            first, last = first + 1, last - 1
    return {**result, "firstUsable": str(first), "lastUsable": str(last), "cidr": found.prefixlen}


@function(STRING, INTEGER, INTEGER, gives=STRING, example="cidrSubnet('10.144.0.0/20', 24, 4)", result="10.144.4.0/24")
def cidr_subnet(network: str, new_cidr: int, subnet_index: int) -> str:
    """The range of that prefix length at an index within a larger one."""
    found = _network(network)
    if not found.prefixlen <= new_cidr <= found.max_prefixlen:
        message = f"a part of '{network}' has a prefix of {found.prefixlen} to {found.max_prefixlen}, not {new_cidr}"
        raise ExpressionError(INVALID_CIDR, message)
    return f"{_address(found, subnet_index << (found.max_prefixlen - new_cidr), network)}/{new_cidr}"


@function(STRING, INTEGER, gives=STRING, example="cidrHost('10.144.3.0/24', 0)", result="10.144.3.1")
def cidr_host(network: str, host_index: int) -> str:
    """The usable address at an index; 0 is the first."""
    if host_index < 0:
        raise ExpressionError(INVALID_CIDR, f"the index of an address is 0 or more, not {host_index}")
    return _address(_network(network), host_index + 1, network)


def _network(text: str) -> "ipaddress.IPv4Network | ipaddress.IPv6Network":
    # ipaddress costs milliseconds of start-up, and few templates compute with addresses.
    import ipaddress

    address, slash, prefix = text.strip().partition("/")
    try:
        if not slash or not prefix.isdigit() or not prefix.isascii():
            raise ValueError("it has no prefix length")
        return ipaddress.ip_network((address, int(prefix[:4])), strict=False)
    except ValueError as error:
        hint = "write it as 10.0.0.0/16"
        raise ExpressionError(INVALID_CIDR, f"'{text[:60]}' is no address range: {error}", None, hint) from None


def _address(found: "ipaddress.IPv4Network | ipaddress.IPv6Network", offset: int, network: str) -> str:
    number = int(found.network_address) + offset
    if offset < 0 or number >= 1 << found.max_prefixlen:
        raise ExpressionError(INVALID_CIDR, f"the index leads out of the addresses behind '{network}'")
    return str(type(found.network_address)(number))
