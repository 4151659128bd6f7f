"""Names of offers and publishers, and where the files of an offer lie."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from packager.errors import UsageError
from packager.source.lazy import lazy_pattern

_OFFER = lazy_pattern(r"[a-z0-9][a-z0-9_-]{2,49}")
_DEVICE = lazy_pattern(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_PUBLISHER = lazy_pattern(r"[A-Za-z0-9_.-]{1,64}")
_RULE = "an offer id has 3 to 50 lower-case letters, digits, '-' or '_', the first a letter or digit"


@dataclass(frozen=True, slots=True)
class Places:
    """The three folders of an offer, relative to the folder that it is written to."""

    offer: PurePosixPath
    forms: PurePosixPath
    templates: PurePosixPath


def places(name: str) -> Places:
    """Where the files of the offer `name` lie."""
    return Places(*(PurePosixPath(base, name) for base in ("marketplace", "createUiDefinition", "mainTemplates")))


def check_name(name: str) -> None:
    """Raise UsageError for a name that could not be an offer id, with one that could."""
    if _DEVICE.fullmatch(name):
        message = f"'{name}' cannot be the name of an offer: Windows keeps it for a device, and no folder can have it"
        raise UsageError(message, hint=f"call it '{name}-app'")
    if _OFFER.fullmatch(name):
        return
    better = offer_name(name)
    raise UsageError(
        f"'{name}' cannot be the name of an offer: {_RULE}", hint=f"call it '{better}'" if better else None
    )


def check_publisher(publisher: str) -> None:
    """Raise UsageError for what YAML or Partner Center would not take as a publisher id."""
    if not _PUBLISHER.fullmatch(publisher):
        raise UsageError(f"'{publisher}' cannot be a publisher id: it has letters, digits, '-', '_' and '.'")


def offer_name(text: str) -> str | None:
    """The offer id that comes nearest to `text`, or None when nothing of it can be used."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")[:50].rstrip("-_")
    return name if _OFFER.fullmatch(name) else None
