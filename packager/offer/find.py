"""Where the offer lies that a finished package was made from."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from packager.errors import PackagerError
from packager.offer.load import load_offer
from packager.offer.repository import repository_root

PATTERNS = ("offer.yaml", "marketplace/*/offer.yaml")


def find_offers(folders: Iterable[Path], offer: str, plan: str) -> list[Path]:
    """The offer files with that offer id and plan, in `folders` and the roots of their repositories."""
    roots = dict.fromkeys(place for folder in folders for place in (folder.resolve(), _root(folder)))
    found = dict.fromkeys(file for root in roots for file in _offers(root))
    return [file for file in found if _is(file, offer, plan)]


def _root(folder: Path) -> Path:
    return repository_root(folder / "offer.yaml")


def _offers(root: Path) -> Iterator[Path]:
    for pattern in PATTERNS:
        yield from sorted(file for file in root.glob(pattern) if file.is_file())


def _is(file: Path, offer: str, plan: str) -> bool:
    try:
        # Most offers are others; looking for the id spares reading them.
        if offer.encode() not in file.read_bytes():
            return False
        loaded = load_offer(file)
    except (OSError, PackagerError):
        return False
    value = loaded.document.value
    if loaded.offer is None:  # it is the one all the same, and what is wrong with it is worth being told
        return isinstance(value, dict) and value.get("id") == offer
    return loaded.offer.id == offer and any(one.id == plan for one in loaded.offer.plans)
