"""What Azure's platforms outside its clouds have: resource types with their api-versions, and what to use instead.

The facts stand in `platforms.json`. A name there is that of a type, which stands for its children as well, or of a
whole namespace.
"""

import json
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from packager.errors import FactsError

FILE = Path(__file__).with_name("platforms.json")
_Value = TypeVar("_Value")


class Served(NamedTuple):
    """The versions of a type: those that the platform's profile names, and `older` ones that it is known to take."""

    versions: tuple[str, ...]
    older: tuple[str, ...] = ()

    def has(self, version: str) -> bool:
        """Whether the platform is known to take a version, in any case."""
        return version.lower() in (*self.versions, *self.older)

    def is_newer(self, version: str) -> bool:
        """Whether a version came out after all that the platform has."""
        return version[:10] > max(self.versions)[:10]


class Platform:
    """One platform. Names of types are looked up in any case."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data

    @property
    def title(self) -> str:
        """Its name for people."""
        name: str = self._data["title"]
        return name

    @property
    def profile(self) -> str | None:
        """The profile of api-versions that it follows; None where it takes those of the public cloud."""
        name: str | None = self._data["profile"]
        return name

    @property
    def has_own_cloud(self) -> bool:
        """Whether it answers at addresses of its own, so that nothing that `environment()` says is known."""
        own: bool = self._data["ownCloud"]
        return own

    @property
    def is_closed(self) -> bool:
        """Whether it has nothing of the namespaces that no list names."""
        closed: bool = self._data["closed"]
        return closed

    @property
    def hosts(self) -> dict[str, str]:
        """Hosts of the public cloud that it does not have, and where the address comes from instead."""
        found: dict[str, str] = self._data["hosts"]
        return found

    def served(self, name: str) -> Served | None:
        """The versions of a type, which may be none that are judged; None when the platform is not known to have it."""
        return _nearest(self._types, name)

    def instead(self, name: str) -> str | None:
        """What to use instead of a type that the platform does not have; None where that is not known of it."""
        return _nearest(self._absent, name)

    def is_beside(self, name: str) -> bool:
        """Whether a type stays in the public cloud, beside what runs on the platform."""
        return _nearest(self._beside, name) is not None

    def has_some_of(self, namespace: str) -> bool:
        """Whether the platform has types of a namespace."""
        start = namespace.lower()
        return any(name.partition("/")[0] == start for name in self._types)

    @cached_property
    def _types(self) -> dict[str, Served]:
        return {
            name.lower(): Served(tuple(row["versions"]), tuple(row["older"]))
            for row in self._data["types"]
            for name in row["names"]
        }

    @cached_property
    def _absent(self) -> dict[str, str]:
        return {name.lower(): row["instead"] for row in self._data["absent"] for name in row["names"]}

    @cached_property
    def _beside(self) -> dict[str, bool]:
        return {name.lower(): True for name in self._data.get("beside", ())}


def _nearest(table: dict[str, _Value], name: str) -> _Value | None:
    parts = name.lower().split("/")
    above = ("/".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((table[one] for one in above if one in table), None)


@lru_cache(maxsize=1)
def shipped_platforms() -> dict[str, Any]:
    """The file as it is written. Raises FactsError when it cannot be read."""
    try:
        data: dict[str, Any] = json.loads(FILE.read_bytes())
        _ = data["origin"], data["platforms"]
    except OSError as error:
        raise _damaged(error.strerror or "it cannot be read") from error
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged("it is not what was shipped") from error
    return data


def _damaged(reason: str) -> FactsError:
    return FactsError(
        f"the facts about platforms cannot be read: {reason}", where=str(FILE), hint="install packager again"
    )


@lru_cache(maxsize=4)
def platform(name: str) -> Platform | None:
    """The platform that a profile of the checks is for; None when it is for the public cloud."""
    if name not in {"azure-stack-hub", "azure-local"}:
        return None
    return Platform(shipped_platforms()["platforms"][name])
