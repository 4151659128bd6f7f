"""The last that was seen and written of an offer on the service: what `publish plan --offline` compares with.

It lies beside offer.yaml and may be kept in git: no secret is in it, and no date.
"""

from pathlib import Path
from typing import Any

from packager.errors import RefusedError, UsageError
from packager.publish.ingestion import Item
from packager.publish.redact import redact
from packager.source.atomic import write_atomically
from packager.source.document import Document
from packager.source.writer import to_json

NAME = "publish.lock.json"
SCHEMA = 1
# What changes with every write and says nothing.
_PASSING = frozenset({"@odata.etag", "fileSasUri", "@odata.context"})


def read_lock(path: Path) -> Item:
    """The lock; an empty one where there is none. Raises RefusedError for what is no lock."""
    if not path.exists():
        return {"schema": SCHEMA, "plans": {}, "parts": {}}
    value = Document.from_bytes(path.name, path.read_bytes()).value
    if not isinstance(value, dict) or value.get("schema") != SCHEMA or not _has_shape(value):
        raise RefusedError(f"'{path}' is no lock of packager publish", hint="delete it: the next online run writes it")
    found: Item = value
    found.setdefault("parts", {})
    return found


def _has_shape(value: Item) -> bool:
    return isinstance(value.get("plans"), dict) and isinstance(value.get("parts", {}), dict)


def refuse_absent(path: Path) -> None:
    """Raise UsageError where there is no lock to compare with."""
    if not path.exists():
        raise UsageError(f"there is no lock yet: '{path}'", hint="run packager publish plan without --offline once")


def refuse_empty(lock: Item, plan: str, path: Path) -> Item:
    """What the lock has of a plan. Raises UsageError when it was never seen."""
    entry = lock["plans"].get(plan)
    if not isinstance(entry, dict) or not isinstance(entry.get("configuration"), dict):
        hint = "run packager publish plan without --offline once"
        raise UsageError(f"'{path}' knows nothing of plan '{plan}'", hint=hint)
    found: Item = entry
    return found


def write_lock(path: Path, lock: Item) -> None:
    """Write the lock."""
    write_atomically(path, redact(to_json(lock)).encode("utf-8"))


def lasting(value: Any) -> Any:
    """A value without what changes with every write."""
    if isinstance(value, dict):
        return {name: lasting(inner) for name, inner in value.items() if name not in _PASSING}
    return [lasting(one) for one in value] if isinstance(value, list) else value
