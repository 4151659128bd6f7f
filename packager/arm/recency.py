"""How recent an api-version is among the known ones of its type."""

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from packager.data.api_versions import VersionTable
from packager.source.lazy import lazy_pattern

DAYS = 730
# From 540 days on people are told that a version will be too old: half a year before, time enough for a release.
NOTICE = datetime.timedelta(days=DAYS - 540)
LITERAL = lazy_pattern(r"\d{4}-\d\d-\d\d(-[a-z]+)?", re.IGNORECASE | re.ASCII)
_DATE = lazy_pattern(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)


def known_versions(table: VersionTable, resource_type: str) -> tuple[str, ...]:
    """The versions of a type, or of the nearest type above it that the table knows."""
    segments = resource_type.split("/")
    for count in range(len(segments), 1, -1):
        known = table.of("/".join(segments[:count]))
        if known:
            return known
    return ()


@lru_cache(maxsize=4096)
def _date_in(version: str) -> datetime.date | None:
    # The same few versions stand on all resources of a template.
    found = _DATE.search(version)
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _flagged_from(version: str, days: int) -> datetime.date | None:
    date = _date_in(version)
    try:
        return date + datetime.timedelta(days=days) if date else None
    except OverflowError:
        return None


class Recency(NamedTuple):
    """A version among the `known` ones of its type (newest first, a preview before the stable one of its day)."""

    version: str
    known: tuple[str, ...]
    today: datetime.date
    days: int = DAYS

    @property
    def position(self) -> int:
        """Where the version stands, 0 being the newest; -1 when it is not among them."""
        lowered = self.version.lower()
        return self.known.index(lowered) if lowered in self.known else -1

    @property
    def date(self) -> datetime.date | None:
        """The first date in the version; None when it holds none, or one that the calendar does not have."""
        return _date_in(self.version)

    @property
    def flagged_from(self) -> datetime.date | None:
        """The day on which the version turns `days` days old: certification compares with the time of day."""
        return _flagged_from(self.version, self.days)

    @property
    def is_old(self) -> bool:
        """Whether that day has come."""
        return self.flagged_from is not None and self.today >= self.flagged_from

    @property
    def age(self) -> int:
        """Its age in days."""
        return (self.today - self.date).days if self.date else 0

    @property
    def is_preview(self) -> bool:
        """Whether anything follows the date: preview, privatepreview, beta, alpha, rc."""
        return is_preview(self.version)

    @property
    def newest_stable(self) -> str | None:
        """The newest version that is a date alone."""
        return next((one for one in self.known if not is_preview(one)), None)

    @property
    def advice(self) -> str:
        """The version to write: the newest stable one, else the newest of all; "" when none is known."""
        return self.newest_stable or (self.known[0] if self.known else "")


def is_preview(version: str) -> bool:
    """Whether a third hyphen says that the version is more than a date."""
    return version.count("-") >= 3


def has_date(version: str) -> bool:
    """Whether the text holds what looks like a date."""
    return _DATE.search(version) is not None


def true_problem(recency: Recency) -> str | None:
    """What is wrong with a version: `preview`, `age`, `unlisted`; `soon` when it will soon be too old."""
    version = recency.version.lower()
    if recency.position < 0:
        return "unlisted" if recency.known and recency.is_old else None
    stable = recency.newest_stable
    if recency.is_preview and stable is not None and stable[:10] >= version[:10]:
        return "preview"
    if recency.position == 0 or version == stable or recency.flagged_from is None:
        return None
    if recency.is_old:
        return "age"
    return "soon" if recency.flagged_from - recency.today <= NOTICE else None


def described(problem: str, name: str, recency: Recency) -> str:
    """The message about one of the problems; `name` is the type, or what else the version is of."""
    used, advice, day = f"{name} {recency.version}", recency.advice, recency.flagged_from
    messages = {
        "preview": f"{used} is a preview; use the stable {advice}",
        "twin": f"{used} is a preview of a version that is stable now; use {advice}",
        "age": f"{used} is {recency.age} days old and has been flagged since {day}; use {advice}",
        "soon": f"{used} will be flagged from {day}, when it turns {recency.days} days old; use {advice}",
        "unlisted": f"{used} is {recency.age} days old and none of the known versions; use {advice}",
    }
    return messages[problem]
