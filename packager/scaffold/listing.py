"""A first listing for an offer: texts to be written over, and pictures of the right size."""

import struct
import zlib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path, PurePosixPath

from packager.errors import UsageError
from packager.offer.picture import SIGNATURE
from packager.scaffold.names import places
from packager.scaffold.scalars import scalar
from packager.scaffold.tree import Content, NewFiles
from packager.source.document import Document

LINE = "listing: ./listing/listing.yaml\n"
SCHEMA = PurePosixPath("marketplace/listing.schema.json")
COLOR = (0x1F, 0x6F, 0xB5)


def with_listing(new: NewFiles, name: str) -> NewFiles:
    """The files of a new offer and a listing that its offer file names."""
    at = places(name).offer / "offer.yaml"
    text = new.files[at]().decode("utf-8")
    listing = _listing_files(name, _plans(Document.from_text("offer.yaml", text)))
    whole = {**new.files, at: text.replace("\nplans:", f"\n{LINE}\nplans:", 1).encode, **listing}
    return NewFiles(new.folders, whole, {**new.shared, **_shared()})


def listing_beside(folder: Path, name: str) -> NewFiles:
    """A listing for the offer NAME that is below `folder` already. Raises UsageError when it cannot be read."""
    file = folder / places(name).offer / "offer.yaml"
    document = Document.from_bytes("offer.yaml", file.read_bytes())
    plans = _plans(document)
    if not plans:
        raise UsageError(f"'{file}' names no plans", hint=f"packager check {file} tells why")
    return NewFiles((places(name).offer / "listing",), _listing_files(name, plans), _shared())


def _plans(offer: Document) -> list[str]:
    value = offer.value if isinstance(offer.value, dict) else {}
    plans = value.get("plans")
    named = [plan.get("id") for plan in plans if isinstance(plan, dict)] if isinstance(plans, list) else []
    return [plan for plan in named if isinstance(plan, str)]


def _shared() -> dict[PurePosixPath, Content]:
    return {SCHEMA: files("packager.offer").joinpath("listing.schema.json").read_bytes}


def _listing_files(name: str, plans: Sequence[str]) -> dict[PurePosixPath, Content]:
    at = places(name).offer / "listing"
    return {
        at / "listing.yaml": _text(name, plans).encode,
        at / "description.md": _skeleton("description.md").encode,
        at / "logo.png": lambda: plain_png(256, 256),
        at / "screenshot.png": lambda: plain_png(1280, 720),
    }


def _text(name: str, plans: Iterable[str]) -> str:
    block = _skeleton("listing-plan.yaml")
    written = (block.replace("@plan@", scalar(plan)).replace("@name@", scalar(_title(plan))) for plan in plans)
    text = _skeleton("listing.yaml").replace("@title@", scalar(_title(name)))
    return text.replace("@plans@\n", "".join(written))


def _title(name: str) -> str:
    words = name.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def _skeleton(name: str) -> str:
    return files("packager.scaffold").joinpath("skeleton", name).read_text("utf-8")


def plain_png(width: int, height: int) -> bytes:
    """A PNG picture of one colour: one bit a pixel, all of them 0."""
    header = struct.pack(">IIBBBBB", width, height, 1, 3, 0, 0, 0)
    rows = bytes((width + 7) // 8 + 1) * height  # each row starts with its filter, none
    chunks = ((b"IHDR", header), (b"PLTE", bytes(COLOR)), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
