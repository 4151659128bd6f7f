"""The entries of two packages compared: as values where both can be read as JSON or YAML, else as lines or bytes."""

from collections import Counter
from collections.abc import Iterator

from packager.bundle.model import Bundle
from packager.diff.model import FileDifference
from packager.diff.values import differences
from packager.source.document import Document


def file_differences(old: Bundle, new: Bundle) -> Iterator[FileDifference]:
    """Every entry that is not the same, in order of names."""
    for name in sorted(old.entries.keys() | new.entries.keys()):
        if name not in new.entries:
            yield FileDifference(name, "removed", (old.entries[name].size, 0))
        elif name not in old.entries:
            yield FileDifference(name, "added", (0, new.entries[name].size))
        else:
            data = [side.entries[name].read() for side in (old, new)]
            if data[0] != data[1]:
                yield _changed(name, data, old.document(name), new.document(name))


def _changed(name: str, data: list[bytes], old: Document, new: Document) -> FileDifference:
    size = (len(data[0]), len(data[1]))
    if old.kind != "text" and old.problem is None and new.problem is None:
        return FileDifference(name, "changed", size, tuple(differences(old.value, new.value)), compared="values")
    if any(b"\0" in side for side in data):
        return FileDifference(name, "changed", size)
    texts = [side.decode("utf-8", "replace") for side in data]
    return FileDifference(name, "changed", size, lines=_lines(texts[0], texts[1]), compared="lines")


def _lines(old: str, new: str) -> tuple[int, int]:
    """How many lines are gone, and how many are new; one that only moved is neither, so this takes no long time."""
    before, after = Counter(old.splitlines()), Counter(new.splitlines())
    return (before - after).total(), (after - before).total()
