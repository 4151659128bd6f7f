"""A logo is not the picture that the store takes.

Logos are PNG files. The large one is a square of 216 to 350 pixels; the store makes the medium (90x90) and the small
one (48x48) of it when they are absent. Wide (255x115) and hero (815x290) are of older offers.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.offer.limits import LARGE_LOGO, LOGOS
from packager.offer.picture import png_size


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks at the header of every logo."""
    for name, path in page.listing.logos.items():
        size = png_size(page.header(path))
        if size is None:
            yield Hit(page.spot("logos", name), f"the {name} logo '{path}' is no PNG file", "format")
            continue
        least, most = LARGE_LOGO
        if name == "large" and not (size.width == size.height and least <= size.width <= most):
            message = f"the large logo is {size}; the store takes a square of {least}x{least} to {most}x{most}"
            yield Hit(page.spot("logos", name), message, "size")
        elif name in LOGOS and size != LOGOS[name]:
            message = f"the {name} logo is {size}; the store takes {LOGOS[name][0]}x{LOGOS[name][1]}"
            yield Hit(page.spot("logos", name), message, "size")
