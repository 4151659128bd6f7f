"""IPv4 address spaces: what they hold, and where in them there is room."""

from typing import Any, NamedTuple

# Where the first network of a subscription is proposed.
FIRST = 10 << 24
# Azure keeps the first four addresses of a subnet and the last.
_KEPT_AT_START = 4
_KEPT = 5
_BITS = 32


class Network(NamedTuple):
    """An address space: its first address as a number, and the length of its prefix."""

    first: int
    length: int

    @property
    def size(self) -> int:
        """How many addresses it has."""
        return 1 << (_BITS - self.length)

    def proper(self) -> "Network":
        """The space of that length that the address is in."""
        return Network(self.first & ~(self.size - 1), self.length)

    def holds(self, other: "Network") -> bool:
        """Whether all of another space lies in it."""
        return self.first <= other.first and other.first + other.size <= self.first + self.size

    def meets(self, other: "Network") -> bool:
        """Whether they have an address in common."""
        return self.first < other.first + other.size and other.first < self.first + self.size

    def usable(self) -> int:
        """How many addresses a subnet leaves to its machines."""
        return max(self.size - _KEPT, 0)

    def first_usable(self) -> str:
        """The first of them."""
        return dotted(self.first + _KEPT_AT_START)

    def __str__(self) -> str:
        return f"{dotted(self.first)}/{self.length}"


def dotted(address: int) -> str:
    """An address as people write it."""
    return ".".join(str(address >> shift & 255) for shift in (24, 16, 8, 0))


def network_of(text: Any) -> Network | None:
    """The space that a text such as `10.0.0.0/16` names; None for what names none."""
    if not isinstance(text, str) or len(text) > 18:
        return None
    address, _, length = text.partition("/")
    parts = address.split(".")
    if len(parts) != 4 or not all(_is_number(one, 255) for one in parts) or not _is_number(length, _BITS):
        return None
    first = sum(int(one) << shift for one, shift in zip(parts, (24, 16, 8, 0), strict=True))
    found = Network(first, int(length))
    return found if found == found.proper() else None


def _is_number(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= most


def prefix_length(text: Any) -> int | None:
    """The length that `/16` names; None for what names none."""
    if not isinstance(text, str) or not text.startswith("/"):
        return None
    return int(text[1:]) if _is_number(text[1:], _BITS) else None


def smallest_for(count: int) -> int:
    """The length of the smallest subnet that leaves that many addresses to machines."""
    return max(_BITS - (count + _KEPT - 1).bit_length(), 0)


def free_block(network: Network, length: int, taken: list[Network]) -> Network | None:
    """The first space of that length inside the network that meets none of the others; None when there is no room."""
    if length < network.length:
        return None
    block = Network(network.first, length)
    while network.holds(block):
        blocking = next((one for one in taken if one.meets(block)), None)
        if blocking is None:
            return block
        after = blocking.first + blocking.size
        block = Network(-(-after // block.size) * block.size, length)
    return None
