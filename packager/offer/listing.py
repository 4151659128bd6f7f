"""listing.yaml -> Listing. Only its shape and its paths are checked here; the store's limits are rules."""

from collections.abc import Mapping, Sequence
from typing import Any

from packager.errors import RefusedError
from packager.offer.markdown import to_store_html
from packager.offer.model import Contact, Link, Listing, Picture, Plan, PlanListing, Video
from packager.offer.reading import Reading
from packager.offer.selling import read_amendments, read_audiences, read_metering, read_selling
from packager.source.document import Document
from packager.source.nearest import did_you_mean
from packager.source.span import Path

MARKDOWN = (".md", ".markdown")
MOST_MARKDOWN = 20_000  # brackets without an end take a time that grows with the square of their number


def read_listing(
    offer: Reading, document: Document, schema: Mapping[str, Any], plans: tuple[Plan, ...]
) -> Listing | None:
    """The listing in `document`; its problems join those of the offer."""
    reading = Reading(document, offer.repository)
    listing = _listing(reading, plans) if reading.accepts(schema) else None
    offer.problems.extend(reading.problems)
    return listing


def _listing(reading: Reading, plans: tuple[Plan, ...]) -> Listing:
    value: dict[str, Any] = reading.document.value
    return Listing(
        file=reading.repository.root / reading.document.name,
        document=reading.document,
        name=value.get("name"),
        summary=value.get("summary"),
        short_description=value.get("shortDescription"),
        description=_text(reading, value.get("description"), ("description",)),
        language=value.get("language"),
        keywords=tuple(value.get("keywords", ())),
        categories=_categories(value.get("categories", ())),
        privacy_policy=value.get("privacyPolicy"),
        terms=_text(reading, value.get("termsOfUse"), ("termsOfUse",)),
        links=tuple(Link(link["title"], link["url"]) for link in value.get("links", ())),
        support=_contact(value.get("support")),
        engineering=_contact(value.get("engineering")),
        channel=_contact(value.get("channel")),
        amendment=_text(reading, value.get("amendment"), ("amendment",)),
        amendments=read_amendments(value.get("amendments", []), ("amendments",)),
        preview_audience=read_audiences(value.get("previewAudience"), ("previewAudience",)),
        metering=read_metering(value.get("metering")),
        logos={name: reading.file(path, ("logos", name)) for name, path in value.get("logos", {}).items()},
        screenshots=_pictures(reading, "screenshots", "image", "caption"),
        videos=_videos(reading),
        documents=_pictures(reading, "documents", "file", "name"),
        plans=_plans(reading, plans),
    )


def _text(reading: Reading, value: str | dict[str, str] | None, at: Path) -> str | None:
    """A text that stands in the listing itself or in a file of its own; a Markdown file gives HTML."""
    if value is None or isinstance(value, str):
        return value
    name = reading.file(value["from"], (*at, "from"))

    def read() -> str:
        try:
            text = reading.repository.data(name).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise RefusedError(f"'{name}' is not UTF-8 (byte {error.start})", hint="save it as UTF-8") from error
        if not name.lower().endswith(MARKDOWN):
            return text
        if len(text) > MOST_MARKDOWN:
            message = f"'{name}' has {len(text):,} characters; {MOST_MARKDOWN:,} are converted"
            raise RefusedError(message, hint="the store takes 5,000 of a description")
        return to_store_html(text)

    return reading.attempt((*at, "from"), read, "") if not reading.failed else ""


def _categories(value: Sequence[str] | Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(value[name]) if isinstance(value, Mapping) else () for name in value}


def _contact(value: dict[str, str] | None) -> Contact | None:
    return Contact(value["name"], value["email"], value["phone"], value.get("url")) if value else None


def _pictures(reading: Reading, key: str, file: str, words: str) -> tuple[Picture, ...]:
    return tuple(
        Picture(reading.file(value[file], (key, index, file)), value.get(words, ""), (key, index))
        for index, value in enumerate(reading.document.value.get(key, ()))
    )


def _videos(reading: Reading) -> tuple[Video, ...]:
    return tuple(
        _video(reading, value, ("videos", index))
        for index, value in enumerate(reading.document.value.get("videos", ()))
    )


def _video(reading: Reading, value: dict[str, str], at: Path) -> Video:
    thumbnail = reading.file(value["thumbnail"], (*at, "thumbnail")) if "thumbnail" in value else None
    return Video(value["name"], value["url"], thumbnail, at)


def _report_norway(reading: Reading, plan: Mapping[str, Any], at: Path) -> None:
    for index, market in enumerate(plan.get("markets", ())):
        if market is False:
            message = 'YAML reads NO as false; write "NO" in quotes for Norway'
            reading.report((*at, "markets", index), message, "offer-schema")


def _plans(reading: Reading, plans: tuple[Plan, ...]) -> tuple[PlanListing, ...]:
    known = [plan.id for plan in plans]
    found = []
    for name, value in reading.document.value.get("plans", {}).items():
        at: Path = ("plans", name)
        if name not in known:
            reading.report(at, f"the offer has no plan '{name}'{did_you_mean(name, known)}", "offer-name")
        description = _text(reading, value.get("description"), (*at, "description"))
        _report_norway(reading, value, at)
        selling = read_selling(value, at)
        found.append(PlanListing(name, value.get("name"), value.get("summary"), description, at, selling))
    return tuple(found)
