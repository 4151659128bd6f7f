"""Where the published types are wrong or behind the service: what is not to be believed of which type, and why.

The facts stand in `resource_exceptions.json`, each with its reason. An entry names types (one `*` stands for anything),
and versions where it does not hold for all; `off` are kinds of statements that are not made, `accept` names of
properties (with their path where they stand below dots), `optional` properties that may be missing, `values` properties
whose lists of values are behind. `patterns` are those that are replaced.
"""

import json
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from packager.errors import FactsError

FILE = Path(__file__).with_name("resource_exceptions.json")
UNKNOWN, REQUIRED, ENUM, DISCRIMINATOR, EVERYTHING = "unknown", "required", "enum", "discriminator", "everything"


class Leniency(NamedTuple):
    """What is not to be said about a type; names and dotted paths are in lower case."""

    off: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    unlisted: frozenset[str] = frozenset()

    def accepts(self, dotted: str) -> bool:
        """Whether a property is fine although the type does not have it; it is named by its path in lower case."""
        return _has(self.accepted, dotted)

    def is_unlisted(self, dotted: str) -> bool:
        """Whether the list of values that the type has for a property is not to be believed."""
        return _has(self.unlisted, dotted)


class Exceptions:
    """The exceptions in a file. Raises FactsError when it cannot be read."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @cached_property
    def data(self) -> dict[str, Any]:
        """The file as it is written."""
        try:
            data: dict[str, Any] = json.loads(self._file.read_bytes())
            _ = data["types"], data["skipped"]["names"], data["envelope"]["names"], data["patterns"]["instead"]
        except OSError as error:
            raise _damaged(self._file, error.strerror or "it cannot be read") from error
        except (ValueError, KeyError, TypeError) as error:
            raise _damaged(self._file, "it is not what was shipped") from error
        return data

    @cached_property
    def skipped(self) -> frozenset[str]:
        """What the template language has at the top of every resource, in lower case."""
        return frozenset(name.lower() for name in self.data["skipped"]["names"])

    @cached_property
    def envelope(self) -> frozenset[str]:
        """What resources of most types have at the top, in lower case."""
        return frozenset(name.lower() for name in self.data["envelope"]["names"])

    def pattern(self, written: str) -> str:
        """The pattern to use for one of the tables: some would take for ever."""
        instead: str = self.data["patterns"]["instead"].get(written, written)
        return instead

    def of(self, resource_type: str, version: str) -> Leniency:
        """What holds for a type in a version."""
        lowered = resource_type.lower()
        found = [one for one in self.data["types"] if _is_about(one, lowered, version.lower())]
        if not found:
            return _NONE
        return Leniency(*(_names(found, key) for key in ("off", "accept", "optional", "values")))


_NONE = Leniency()


def _has(names: frozenset[str], dotted: str) -> bool:
    """Whether a path is among names, some of which stand for a property anywhere."""
    return bool(names) and (dotted in names or dotted.rpartition(".")[2].partition("[")[0] in names)


def _is_about(entry: dict[str, Any], resource_type: str, version: str) -> bool:
    if version < entry.get("from", "") or ("before" in entry and version >= entry["before"]):
        return False
    start, star, end = entry["type"].partition("*")
    if not star:
        return resource_type == str(start)
    long_enough = len(resource_type) >= len(start) + len(end)
    return long_enough and resource_type.startswith(start) and resource_type.endswith(end)


def _names(entries: list[dict[str, Any]], key: str) -> frozenset[str]:
    return frozenset(name.lower() for entry in entries for name in entry.get(key, ()))


@lru_cache(maxsize=1)
def shipped_exceptions() -> Exceptions:
    """The exceptions that come with the tool."""
    return Exceptions(FILE)


def _damaged(file: Path, reason: str) -> FactsError:
    return FactsError(
        f"the facts about resource types cannot be read: {reason}", where=str(file), hint="install packager again"
    )
