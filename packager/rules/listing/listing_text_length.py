"""A text of the listing is longer than the store takes.

Partner Center counts characters, markup and blanks included, and refuses what is longer when the listing is saved. A
long text that fills more than 95 % of its room is told as a warning: with the next change it may not fit any more.

The room: name 200, summary 100, short description 256, description 5,000, terms of use 10,000 characters; of a plan the
name 100 (50 when it is created), summary 100, description 2,000. A Markdown file counts as the HTML that it becomes.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.offer.limits import NEAR, NEW_PLAN_NAME, OFFER_TEXTS, PLAN_TEXTS, Length


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks at the length of every text."""
    listing = page.listing
    texts = [*page.texts(), *([(("termsOfUse",), listing.terms)] if listing.terms is not None else [])]
    for path, text in texts:
        limits = PLAN_TEXTS if path[0] == "plans" else OFFER_TEXTS
        limit = limits.get(str(path[-1]))
        if limit is None:
            continue
        problem = _problem(text, limit)
        if problem is not None:
            yield Hit(
                page.spot(*path), problem[1], problem[0] or None, severity=Severity.WARNING if problem[0] else None
            )
        elif limit is PLAN_TEXTS["name"] and len(text) > NEW_PLAN_NAME:
            message = f"the plan's name has {len(text)} characters; a new plan takes {NEW_PLAN_NAME}"
            yield Hit(page.spot(*path), message, "new-plan", severity=Severity.WARNING)


def _problem(text: str, limit: Length) -> tuple[str, str] | None:
    """A sub-id ("" for what the store refuses) and a message."""
    count = len(text)
    if count > limit.most:
        return "", f"{limit.name} has {count:,} characters; the store takes {limit.most:,}: cut {count - limit.most:,}"
    if count > limit.most * NEAR and limit.most >= 1_000:
        return "near", f"{limit.name} has {count:,} of {limit.most:,} characters"
    return None
