"""Two JSON values compared by what they mean: the order of names does not count, items of lists find their partners."""

import difflib
import json
from collections.abc import Iterator
from typing import Any

from packager.diff.model import Change
from packager.source.reading import ABSENT
from packager.source.span import Path

# Beyond this, finding the best partners of list items takes too long, and they are compared one by one.
ALIGNED = 1_000


def differences(old: Any, new: Any, path: Path = (), was: Path | None = None) -> Iterator[Change]:
    """Every place in which two JSON values differ; documents nest only as deep as their reader allows.

    `path` is that of the new value, `was` that of the old one where items of lists have moved: what is gone is told by
    where it was.
    """
    was = path if was is None else was
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _members(old, new, path, was)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _items(old, new, path, was)
    elif not same(old, new):
        yield Change(path, old, new)


def same(old: Any, new: Any) -> bool:
    """Whether two JSON values are equal; `true` is no number, 1 and 1.0 are the same one."""
    if isinstance(old, bool) is not isinstance(new, bool):
        return False
    if isinstance(old, dict | list) or isinstance(new, dict | list):
        return next(differences(old, new), None) is None if type(old) is type(new) else False
    return bool(old == new)


def _members(old: dict[str, Any], new: dict[str, Any], path: Path, was: Path) -> Iterator[Change]:
    for key, value in old.items():
        if key not in new:
            yield Change((*was, key), value, ABSENT)
    for key, value in new.items():
        if key in old:
            yield from differences(old[key], value, (*path, key), (*was, key))
        else:
            yield Change((*path, key), ABSENT, value)


def _items(old: list[Any], new: list[Any], path: Path, was: Path) -> Iterator[Change]:
    before, after = _named(old), _named(new)
    if before is None or after is None:
        yield from _aligned(old, new, path, was)
        return
    for name, index in before.items():
        if name not in after:
            yield Change((*was, index), old[index], ABSENT)
    for name, index in after.items():
        if name in before:
            yield from differences(old[before[name]], new[index], (*path, index), (*was, before[name]))
        else:
            yield Change((*path, index), ABSENT, new[index])
    then, now = ([name for name in one if name in other] for one, other in ((before, after), (after, before)))
    if then != now:
        yield Change(path, list(map(_shown, then)), list(map(_shown, now)), reordered=True)


def _named(items: list[Any]) -> dict[tuple[str, str], int] | None:
    """Where each item stands, by type and name; None when they have none of their own."""
    found: dict[tuple[str, str], int] = {}
    for index, item in enumerate(items):
        name = item.get("name") if isinstance(item, dict) else None
        if not isinstance(name, str):
            return None
        kind = item.get("type")
        found[kind.lower() if isinstance(kind, str) else "", name.lower()] = index
    return found if len(found) == len(items) else None


def _shown(name: tuple[str, str]) -> str:
    return " ".join(part for part in name if part)


def _aligned(old: list[Any], new: list[Any], path: Path, was: Path) -> Iterator[Change]:
    """Items without names: the same ones are found, those in between compared one by one."""
    for old_start, old_end, new_start, new_end in _blocks(old, new):
        pairs = min(old_end - old_start, new_end - new_start)
        for step in range(pairs):
            before, after = old_start + step, new_start + step
            yield from differences(old[before], new[after], (*path, after), (*was, before))
        for index in range(old_start + pairs, old_end):
            yield Change((*was, index), old[index], ABSENT)
        for index in range(new_start + pairs, new_end):
            yield Change((*path, index), ABSENT, new[index])


def _blocks(old: list[Any], new: list[Any]) -> Iterator[tuple[int, int, int, int]]:
    """Ranges of both lists that are not the same."""
    if max(len(old), len(new)) > ALIGNED:
        yield 0, len(old), 0, len(new)
        return
    texts = [[json.dumps(item, sort_keys=True) for item in items] for items in (old, new)]
    matcher = difflib.SequenceMatcher(None, texts[0], texts[1], autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield old_start, old_end, new_start, new_end
