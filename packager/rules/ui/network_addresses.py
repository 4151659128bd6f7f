"""The sizes of a VirtualNetworkCombo do not go together.

A default that is smaller than the least size, subnets that do not fit into their network or have too few addresses
make the portal show errors that the customer cannot explain, and propose addresses outside of the network.

Sizes run from `/8` to `/29`, a smaller number is a larger network. Azure keeps five addresses of every subnet.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.span import Path
from packager.ui.definition import Element, UiDefinition
from packager.ui.settings import elements_of, value_at

LARGEST, SMALLEST = 8, 29
# The portal steps through the third octet, so it proposes subnets outside of networks that are as small as this.
SMALL = 24
KEPT_BY_AZURE = 5
LEAST: Path = ("constraints", "minAddressPrefixSize")
DEFAULT: Path = ("defaultValue", "addressPrefixSize")


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Sizes that are written out: of the network, of each subnet, and of all subnets together."""
    for element in elements_of(form, "Microsoft.Network.VirtualNetworkCombo"):
        yield from _range(form, element, (), "the network")
        subnets = element.value.get("subnets")
        names = [name for name, one in subnets.items() if isinstance(one, dict)] if isinstance(subnets, dict) else []
        for name in names:
            yield from _range(form, element, ("subnets", name), f"subnet '{name}'")
            yield from _addresses(form, element, name)
        yield from _together(form, element, [_proposed(element, ("subnets", name)) for name in names])


def _size(element: Element, *path: str) -> int | None:
    written = value_at(element.value, *path)
    digits = written[1:] if isinstance(written, str) and written[:1] == "/" else ""
    return int(digits) if digits.isdecimal() and len(digits) <= 2 else None


def _proposed(element: Element, at: tuple[str, ...]) -> int | None:
    """The size that the portal proposes: the default, else the least one."""
    default = _size(element, *at, "defaultValue", "addressPrefixSize")
    return default if default is not None else _size(element, *at, "constraints", "minAddressPrefixSize")


def _range(form: UiDefinition, element: Element, at: tuple[str, ...], what: str) -> Iterator[Hit]:
    least = _size(element, *at, "constraints", "minAddressPrefixSize")
    default = _size(element, *at, "defaultValue", "addressPrefixSize")
    for size, path in ((least, LEAST), (default, DEFAULT)):
        if size is not None and not LARGEST <= size <= SMALLEST:
            message = f"element '{element.name}': {what} is /{size}; it must lie between /{LARGEST} and /{SMALLEST}"
            yield Hit(form.spot((*element.path, *at, *path)), message, sub="range")
    if least is not None and default is not None and default > least:
        message = f"element '{element.name}': {what} begins with /{default}, smaller than the least, /{least}"
        yield Hit(form.spot((*element.path, *at, *DEFAULT)), message, sub="default")


def _addresses(form: UiDefinition, element: Element, name: str) -> Iterator[Hit]:
    size = _proposed(element, ("subnets", name))
    count = value_at(element.value, "subnets", name, "constraints", "minAddressCount")
    if size is None or size > 32 or isinstance(count, bool) or not isinstance(count, int):
        return
    usable = max(0, 2 ** (32 - size) - KEPT_BY_AZURE)
    if count > usable:
        spot = form.spot((*element.path, "subnets", name, "constraints", "minAddressCount"))
        message = f"element '{element.name}': subnet '{name}' of /{size} has {usable} usable addresses, not {count}"
        yield Hit(spot, message, sub="addresses")


def _together(form: UiDefinition, element: Element, subnets: list[int | None]) -> Iterator[Hit]:
    network = _proposed(element, ())
    known = [size for size in subnets if size is not None and size <= 32]
    if network is None or network > 32:
        return
    if sum(2 ** (32 - size) for size in known) > 2 ** (32 - network):
        message = f"element '{element.name}': the subnets do not fit into a network of /{network}"
        yield Hit(form.spot((*element.path, "subnets"), key=True), message, sub="full")
    elif network >= SMALL and len(known) > 1:
        message = (
            f"element '{element.name}': in a network of /{network} the portal may propose subnets that lie outside; "
            "begin with a larger network"
        )
        yield Hit(form.spot((*element.path, *DEFAULT)), message, sub="small", severity=Severity.WARNING)
