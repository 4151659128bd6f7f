"""A screenshot is not the picture that the store takes, or has no caption, or there are too many.

One to five PNG files of exactly 1280x720 pixels, each with a caption.

A picture of another size is refused when it is uploaded; scale it, and keep its text readable.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.offer.limits import SCREENSHOT, SCREENSHOTS
from packager.offer.picture import png_size


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks at the header of every screenshot."""
    found = page.listing.screenshots
    if len(found) > SCREENSHOTS:
        message = f"there are {len(found)} screenshots; the store takes {SCREENSHOTS}"
        yield Hit(page.spot("screenshots", SCREENSHOTS), message, "count")
    for picture in found:
        size = png_size(page.header(picture.path))
        if size is None:
            yield Hit(page.spot(*picture.at, "image"), f"the screenshot '{picture.path}' is no PNG file", "format")
        elif size != SCREENSHOT:
            message = f"the screenshot is {size}; the store takes {SCREENSHOT[0]}x{SCREENSHOT[1]}"
            yield Hit(page.spot(*picture.at, "image"), message, "size")
        if not picture.caption.strip():
            yield Hit(page.spot(*picture.at), "the screenshot has no caption: add 'caption'", "caption")
