"""A video of the listing is not one that the store takes.

At most four videos on YouTube or Vimeo, each with a name and a thumbnail: a PNG file of exactly 1280x720 pixels.

Partner Center names four in one place and five in another; the smaller number is safe.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.offer.limits import SCREENSHOT, VIDEOS, https_problem
from packager.offer.model import Video
from packager.offer.picture import png_size

HOSTS = ("youtube.com", "youtu.be", "vimeo.com")


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks at the videos."""
    videos = page.listing.videos
    if len(videos) > VIDEOS:
        yield Hit(page.spot("videos", VIDEOS), f"there are {len(videos)} videos; the store takes {VIDEOS}", "count")
    for video in videos:
        if not video.name.strip():
            yield Hit(page.spot(*video.at, "name"), "the video has no name", "name")
        problem = https_problem(video.url)
        if problem is None and not _is_hosted(video.url):
            problem = "is none of YouTube or Vimeo"
        if problem is not None:
            yield Hit(page.spot(*video.at, "url"), f"the address of the video {problem}", "url")
        yield from _thumbnail(page, video)


def _is_hosted(url: str) -> bool:
    host = (urlsplit(url).hostname or "").lower()
    return any(host == name or host.endswith(f".{name}") for name in HOSTS)


def _thumbnail(page: StorePage, video: Video) -> Iterator[Hit]:
    if video.thumbnail is None:
        yield Hit(page.spot(*video.at), "the video has no thumbnail: add 'thumbnail' (PNG, 1280x720)", "thumbnail")
        return
    size = png_size(page.header(video.thumbnail))
    if size != SCREENSHOT:
        is_ = "no PNG file" if size is None else str(size)
        message = f"the thumbnail is {is_}; the store takes a PNG of {SCREENSHOT[0]}x{SCREENSHOT[1]}"
        yield Hit(page.spot(*video.at, "thumbnail"), message, "thumbnail")
