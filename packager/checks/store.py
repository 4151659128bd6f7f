"""What rules on a listing look at: the listing of an offer, and the files that it names."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from packager.bundle.model import Bundle
from packager.checks.package import Package
from packager.checks.rule import Kind
from packager.offer.model import Listing, Offer, PlanListing
from packager.source.span import Path
from packager.source.spot import Spot

HEADER = 64  # bytes of a file that tell what it is


@dataclass(frozen=True, slots=True)
class StorePage:
    """The listing of an offer."""

    offer: Offer
    listing: Listing

    def spot(self, *path: str | int, key: bool = False) -> Spot:
        """A place in the listing file."""
        return Spot(self.listing.document, path, key)

    def header(self, name: str) -> bytes:
        """The first bytes of a file of the repository; none when it has gone since the listing was read."""
        try:
            with FilePath(self.offer.root, name).open("rb") as stream:
                return stream.read(HEADER)
        except OSError:
            return b""

    def texts(self) -> Iterator[tuple[Path, str]]:
        """Every text that customers read, and where it stands in the listing."""
        one = self.listing
        named = {"name": one.name, "summary": one.summary, "shortDescription": one.short_description}
        named |= {"description": one.description}
        yield from (((key,), text) for key, text in named.items() if text is not None)
        yield from ((("keywords", index), word) for index, word in enumerate(one.keywords))
        yield from (((*picture.at, "caption"), picture.caption) for picture in one.screenshots)
        for plan in one.plans:
            yield from self.plan_texts(plan)

    def plan_texts(self, plan: PlanListing) -> Iterator[tuple[Path, str]]:
        """The texts of one plan."""
        named = {"name": plan.name, "summary": plan.summary, "description": plan.description}
        yield from (((*plan.at, key), text) for key, text in named.items() if text is not None)


@dataclass(eq=False, repr=False)
class StoreRun(Package):
    """A run of the rules on listings alone: nothing of a package is in it."""

    page: StorePage | None = field(default=None)

    def has(self, kind: Kind) -> bool:
        """Whether there is a listing."""
        return kind == "listing" and self.page is not None

    def subjects(self, kind: Kind) -> Iterator[Any]:
        """The listing."""
        if kind == "listing" and self.page is not None:
            yield self.page


def store_run(offer: Offer, listing: Listing, path: str, today: datetime.date) -> StoreRun:
    """The run for an offer that is checked as PATH."""
    return StoreRun(Bundle(path, "offer", None, {}), today, page=StorePage(offer, listing))
