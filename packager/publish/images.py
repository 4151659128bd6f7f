"""Logos and screenshots of a listing: uploaded where they differ, under names that say what is in them."""

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from packager.offer.model import Listing
from packager.publish.failure import LostAnswerError, ServiceError
from packager.publish.ingestion import Ingestion, Item, etag_of
from packager.publish.run import Run
from packager.publish.upload import blob_at, persistently

# The last two by analogy with the newer interface; the older one does not document them.
TYPES = {
    "large": "AzureLogoLarge",
    "medium": "AzureLogoMedium",
    "small": "AzureLogoSmall",
    "wide": "AzureLogoWide",
    "hero": "AzureLogoHero",
}
SCREENSHOT = "AzureLogoScreenshot"
PENDING = "PendingUpload"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the listing; `name` holds the start of its digest, so the same name is the same picture."""

    type: str
    name: str
    order: int
    data: bytes


def images_of(listing: Listing, root: Path) -> list[Image]:
    """The pictures that the listing names."""
    logos = [(TYPES[name], path, 0) for name, path in listing.logos.items()]
    shots = [(SCREENSHOT, one.path, index) for index, one in enumerate(listing.screenshots)]
    return [_image(kind, path, order, (root / path).read_bytes()) for kind, path, order in (*logos, *shots)]


def _image(kind: str, path: str, order: int, data: bytes) -> Image:
    file = PurePosixPath(path)
    return Image(kind, f"{file.stem}-{hashlib.sha256(data).hexdigest()[:12]}{file.suffix}", order, data)


def differing(wanted: list[Image], there: list[Item]) -> tuple[list[Image], list[Item]]:
    """Pictures to be uploaded, and those on the service that they replace."""
    complete = {(one.get("type"), one.get("fileName")) for one in there if one.get("state") != PENDING}
    new = [one for one in wanted if (one.type, one.name) not in complete]
    kept = {(one.type, one.name) for one in wanted}
    types = {one.type for one in wanted}
    old = [one for one in there if one.get("type") in types and (one.get("type"), one.get("fileName")) not in kept]
    return new, old


def images_there(api: Ingestion, listing: str) -> list[Item]:
    """The pictures that a listing has on the service."""
    return list(api.service.pages(f"{api.root}/listings/{listing}/images"))


def synchronise_images(run: Run, listing: str, wanted: list[Image]) -> int:
    """Upload what differs and take away what it replaces; how many pictures were new."""
    there = images_there(run.api, listing)
    new, old = differing(wanted, there)
    base = f"{run.api.root}/listings/{listing}/images"
    for image in new:
        item = _announced(run, base, image, there)
        run.tell(f"image {image.name}: uploading {len(image.data):,} bytes")
        if not run.dry:
            _upload(run, str(item.get("fileSasUri")), image)
        _say_uploaded(run, f"{base}/{item['id']}", item)
    for item in old:
        run.api.service.delete(f"{base}/{item['id']}")
    return len(new)


def _say_uploaded(run: Run, path: str, item: Item) -> None:
    """Tell the service that the picture is there; a try whose answer was lost may have done it."""
    try:
        run.api.service.put(path, {**item, "state": "Uploaded"}, etag_of(item))
    except ServiceError as error:
        there = run.api.service.find(path) if error.status in {409, 412} else None
        if not isinstance(there, dict) or there.get("state") == PENDING:
            raise


def _announced(run: Run, base: str, image: Image, there: list[Item]) -> Item:
    """A place for a picture; one that was made before and never filled is used."""
    waiting = _waiting(run, base, image, there)
    if waiting is not None:
        return waiting
    body: Item = {"resourceType": "ListingImage", "fileName": image.name, "type": image.type}
    body |= {"state": PENDING, "order": image.order}
    for _ in range(run.pace.attempts):
        try:
            made: Any = run.api.service.post(base, body)
        except LostAnswerError as error:
            waiting = _waiting(run, base, image, list(run.api.service.pages(base)))
            if waiting is not None:
                return waiting
            lost = error
        else:
            return dict(made)
    raise lost


def _waiting(run: Run, base: str, image: Image, there: list[Item]) -> Item | None:
    for one in there:
        if (one.get("type"), one.get("fileName")) == (image.type, image.name) and one.get("state") == PENDING:
            found = run.api.service.find(f"{base}/{one['id']}?$expand=FileSasUri")
            if isinstance(found, dict) and found.get("fileSasUri"):
                return found
    return None


def _upload(run: Run, address: str, image: Image) -> None:
    from azure.storage.blob import ContentSettings  # 240 ms, only where something is uploaded

    settings = ContentSettings(content_type="image/png")
    with blob_at(address, run.pace) as client:
        persistently(
            lambda: client.upload_blob(image.data, overwrite=True, content_settings=settings), image.name, run.pace
        )
