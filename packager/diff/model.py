"""What a comparison of two packages says, as plain values."""

import enum
from dataclasses import dataclass
from typing import Any, Literal

from packager.source.reading import ABSENT
from packager.source.span import Path

Kind = Literal["added", "removed", "changed", "reordered"]
Subject = Literal["resource", "parameter", "output", "form", "file"]


class Step(enum.IntEnum):
    """Which part of a version three numbers long has to grow."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs: `path` leads to it in the new document, of what was removed in the old one.

    `old` or `new` is ABSENT where there is none; where only an order changed, both are the names in their order.
    """

    path: Path
    old: Any
    new: Any
    reordered: bool = False

    @property
    def kind(self) -> Kind:
        """What happened to the value."""
        if self.reordered:
            return "reordered"
        return "added" if self.old is ABSENT else "removed" if self.new is ABSENT else "changed"


@dataclass(frozen=True, slots=True)
class FileDifference:
    """An entry that differs: its values where both sides are JSON or YAML, else lines or bytes (`size`: old, new).

    `compared` says which; values that are the same were written otherwise.
    """

    name: str
    kind: Kind
    size: tuple[int, int]
    changes: tuple[Change, ...] = ()
    lines: tuple[int, int] | None = None
    compared: Literal["values", "lines", "bytes"] = "bytes"


@dataclass(frozen=True, slots=True)
class Note:
    """What a change means to people: its step, where it stands, and why."""

    subject: Subject
    kind: Kind
    name: str
    step: Step
    message: str
    file: str
    path: Path = ()


@dataclass(frozen=True, slots=True)
class ResourceChange:
    """A resource that is deployed before and after, with other values."""

    type: str
    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class PackageDifference:
    """Two packages of one plan; a version is None where nothing tells it."""

    plan: str | None
    old_version: str | None
    new_version: str | None
    notes: tuple[Note, ...]
    resources: tuple[ResourceChange, ...]
    files: tuple[FileDifference, ...]

    @property
    def deserved(self) -> Step:
        """The step of the version that the changes ask for."""
        return max((note.step for note in self.notes), default=Step.PATCH if self.files else Step.NONE)

    @property
    def breaking(self) -> tuple[Note, ...]:
        """What stands in the way of customers who update."""
        return tuple(note for note in self.notes if note.step is Step.MAJOR)


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything between OLD and NEW; `added` and `removed` are plans that one side alone has."""

    old: str
    new: str
    packages: tuple[PackageDifference, ...]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
