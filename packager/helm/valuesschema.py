"""values.schema.json as far as it can be compared without fetching anything and without running for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_REMOTE = ("http://", "https://")


@dataclass(slots=True)
class Comparable:
    """A schema without what it takes from other hosts (`elsewhere` are the addresses) and without unusable patterns."""

    schema: dict[str, Any] = field(default_factory=dict)
    elsewhere: list[str] = field(default_factory=list)


def comparable(schema: dict[str, Any], is_usable: Callable[[str], bool]) -> Comparable:
    """What of a schema can be compared; `is_usable` tells whether a pattern is one that may be tried."""
    found = Comparable()
    cleaned = _cleaned(schema, own_address(schema), is_usable, found.elsewhere)
    found.schema = cleaned if isinstance(cleaned, dict) else {}
    return found


def own_address(schema: Mapping[str, Any]) -> str:
    """The address that a schema gives itself, with which its references may begin; "" when it gives none."""
    return next((schema[key] for key in ("$id", "id") if isinstance(schema.get(key), str)), "")


def _cleaned(schema: Any, own: str, is_usable: Callable[[str], bool], elsewhere: list[str]) -> Any:
    """The schema that allows anything where it cannot be compared. Its depth is limited where it was read."""
    if isinstance(schema, list):
        return [_cleaned(one, own, is_usable, elsewhere) for one in schema]
    if not isinstance(schema, dict):
        return schema
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference.startswith(_REMOTE) and not (own and reference.startswith(own)):
        elsewhere.append(reference)
        return {}
    result = {}
    for key, below in schema.items():
        if key == "pattern" and isinstance(below, str) and not is_usable(below):
            continue
        if key == "patternProperties" and isinstance(below, dict):
            below = {pattern: one for pattern, one in below.items() if is_usable(pattern)}
        result[key] = _cleaned(below, own, is_usable, elsewhere)
    return result
