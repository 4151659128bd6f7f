"""What the store takes: the numbers of Partner Center's forms. Lengths count code points, with markup."""

import re
from typing import NamedTuple

from packager.source.lazy import lazy_pattern


class Length(NamedTuple):
    """The most characters of a text, and what it is called."""

    most: int
    name: str


OFFER_TEXTS = {
    "name": Length(200, "the name"),
    "summary": Length(100, "the summary"),
    "shortDescription": Length(256, "the short description"),
    "description": Length(5_000, "the description"),
    "termsOfUse": Length(10_000, "the terms of use"),
}
PLAN_TEXTS = {
    "name": Length(100, "the plan's name"),
    "summary": Length(100, "the plan's summary"),
    "description": Length(2_000, "the plan's description"),
}
NEW_PLAN_NAME = 50
NEAR = 0.95
TAGS = frozenset({"b", "i", "em", "br", "p", "ul", "ol", "li", *(f"h{level}" for level in range(1, 7))})
KEYWORDS = 3
CATEGORIES = 2
SUBCATEGORIES = 2
LINKS = 10
LINK_TITLE = 255
LARGE_LOGO = (216, 350)
LOGOS = {"medium": (90, 90), "small": (48, 48), "wide": (255, 115), "hero": (815, 290)}
SCREENSHOT = (1280, 720)
SCREENSHOTS = 5
VIDEOS = 4
DOCUMENTS = 3
PREVIEW_AUDIENCE = 10
PRIVATE_AUDIENCE = 10_000
AUDIENCE_BY_HAND = 10
PLANS = 100
PRIVATE_PLANS = 45
MARKETS = 141
AUTHORIZATIONS = 100
POLICIES = 5
POLICY_NAME = 50
METERS = 18
METERS_OF_OFFER = 30
CERTIFICATIONS = 100
CERTIFICATION_NAME = 255
CERTIFICATION_LINK = 1_000
AMENDMENTS = 10
AMENDMENT_TENANTS = 20
ROLES = {
    "owner": "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    "contributor": "b24988ac-6180-42a0-ab88-20f7382dd24c",
}

GUID = lazy_pattern(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
EMPTY_GUID = "00000000-0000-0000-0000-000000000000"


def is_guid(text: str) -> bool:
    """Whether a text is the id of something in Azure; that of nothing is none."""
    return GUID.fullmatch(text) is not None and text != EMPTY_GUID


def https_problem(url: str) -> str | None:
    """Why a text is no address that the store takes; None when it is one."""
    from urllib.parse import urlsplit  # 3 ms that few runs pay

    if any(letter.isspace() for letter in url):
        return "has blanks in it"
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return "is no address"
    if parts.scheme.lower() != "https":
        return "does not start with https://"
    return None if host and "." in host.strip(".") else "names no host"
