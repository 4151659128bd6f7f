"""What was done already: a file beside the records, written before and after every effect on the service.

It holds ids and states, never an address with a signature and never a token. One process at a time works with it.
"""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from packager.errors import RefusedError, UsageError
from packager.publish.redact import redact
from packager.source.atomic import write_atomically
from packager.source.document import Document
from packager.source.writer import to_json

SCHEMA = 1


class State:
    """The state of one offer on one service. `kept` is False where nothing is to be written: a dry run."""

    def __init__(self, path: Path, value: dict[str, Any], *, kept: bool = True) -> None:
        self.path = path
        self.value = value
        self._kept = kept

    def section(self, *names: str) -> dict[str, Any]:
        """A part of the state, which is made when it is not there."""
        found = self.value
        for name in names:
            found = found.setdefault(name, {})
        return found

    def record(self, section: dict[str, Any], **facts: Any) -> None:
        """Note facts in a section and write the file: nothing happens on the service before that is on disk."""
        section.update(facts)
        self.save()

    def save(self) -> None:
        """Write the file. What the redaction would change is not written at all, but redacted first."""
        if self._kept:
            write_atomically(self.path, redact(to_json(self.value)).encode("utf-8"))


def state_path(folder: Path, offer: str, kind: str = "publish") -> Path:
    """Where the state of an offer lies: beside the build records."""
    return folder / f"{offer}.{kind}.json"


@contextlib.contextmanager
def opened_state(
    folder: Path, offer: str, service: str, *, kept: bool = True, kind: str = "publish"
) -> Iterator[State]:
    """The state of an offer, kept from other processes meanwhile.

    Raises UsageError when another process works with it, or when it is that of another service.
    """
    path = state_path(folder, offer, kind)
    if kept:
        folder.mkdir(parents=True, exist_ok=True)
    with _alone(path) if kept else contextlib.nullcontext():
        value = _read(path)
        if value.setdefault("service", service) != service:
            message = f"'{path}' is the state of {value['service']}, not of {service}"
            raise UsageError(message, hint="move it away, or publish from another folder")
        value.setdefault("schema", SCHEMA)
        value.setdefault("offer", offer)
        yield State(path, value, kept=kept)


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    document = Document.from_bytes(path.name, path.read_bytes())
    value = document.value
    if not isinstance(value, dict) or value.get("schema", SCHEMA) != SCHEMA or not _has_shape(value):
        hint = "restore it, or move it away: what is on the service is found again by reading"
        raise RefusedError(f"'{path}' is no state of packager publish", hint=hint)
    found: dict[str, Any] = value
    return found


def _has_shape(value: Mapping[str, Any]) -> bool:
    """Whether the parts that steps go into are objects."""
    plans = value.get("plans", {})
    parts = [plans, *(value.get(name, {}) for name in ("submission", "resources"))]
    if not all(isinstance(part, dict) for part in parts):
        return False
    inner = [*plans.values(), *value.get("resources", {}).values()]
    if not all(isinstance(one, dict) for one in inner):
        return False
    return all(isinstance(one.get(name, {}), dict) for one in inner for name in ("package", "configuration"))


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock that ends with the process, however it ends."""
    try:
        import fcntl  # not on Windows, where two runs at once are not noticed
    except ImportError:
        yield
        return
    lock = path.with_suffix(".lock")
    with lock.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            message = f"another packager publish works on this offer in '{path.parent}'"
            raise UsageError(message, hint="wait until it has ended") from error
        yield
