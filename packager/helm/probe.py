"""Which values a text of a rendered object comes from: values that may, and how to find out which do.

A value may be to blame when its text occurs in that of the object. Whether it is, helm tells: rendered with another
value in its place, the object shows it.
"""

import copy
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from packager.source.span import Path

MOST_CANDIDATES = 40  # for one text
MOST_ALIKE = 4  # of them, with equal texts
_NUMBER = 731_000_001
_WORD = "packager-probe-"


class Candidate(NamedTuple):
    """A value that a text may come from."""

    path: Path
    value: str | int | float | bool

    @property
    def text(self) -> str:
        """The value as templates print it."""
        return ("false", "true")[self.value] if isinstance(self.value, bool) else str(self.value)


class Probe(NamedTuple):
    """A value to put in the place of a candidate's, and how it shows in what is rendered."""

    candidate: Candidate
    value: str | int | bool
    shows_as: str


def leaves(values: Any, path: Path = ()) -> Iterator[Candidate]:
    """Every text, number and truth value, wherever it is."""
    if isinstance(values, dict):
        for key, below in values.items():
            yield from leaves(below, (*path, key))
    elif isinstance(values, list):
        for index, below in enumerate(values):
            yield from leaves(below, (*path, index))
    elif isinstance(values, str | int | float) and str(values):
        yield Candidate(path, values)


def candidates(text: str, every: Iterable[Candidate], key: str = "") -> list[Candidate]:
    """The values whose text occurs in `text`: first those that are called as it is, then the longest.

    Of equal texts the first few count, in the order of `every`.
    """
    alike: dict[str, int] = {}
    found = []
    for one in every:
        # A truth value, or a short number, stands in many texts by chance: it has to be all of one.
        likely = one.text == text or len(one.text) > 2 or isinstance(one.value, str)
        if likely and one.text in text:
            alike[one.text] = alike.get(one.text, 0) + 1
            found += [one] if alike[one.text] <= MOST_ALIKE or one.path[-1] == key else []
    return sorted(found, key=lambda one: (one.path[-1] != key, -len(one.text)))[:MOST_CANDIDATES]


def probes(found: Iterable[Candidate]) -> list[Probe]:
    """Another value for each candidate, each of its own; a truth value has only one other."""
    made = []
    for number, one in enumerate(dict.fromkeys(found)):
        if isinstance(one.value, bool):
            made.append(Probe(one, not one.value, ("true", "false")[one.value]))
        elif isinstance(one.value, str):
            made.append(Probe(one, f"{_WORD}{number}x", f"{_WORD}{number}x"))
        else:
            made.append(Probe(one, _NUMBER + number, str(_NUMBER + number)))
    return made


def overlay(values: Mapping[str, Any], chosen: Iterable[Probe]) -> str:
    """Values to lie over `values`, as JSON: the probes at their places.

    A list that a probe is in is there as a whole, because helm replaces lists.
    """
    chosen = list(chosen)
    changed = copy.deepcopy(dict(values))
    for probe in chosen:
        holder: Any = changed
        for step in probe.candidate.path[:-1]:
            holder = holder[step]
        holder[probe.candidate.path[-1]] = probe.value
    result: dict[str, Any] = {}
    for probe in chosen:
        _put(result, changed, probe.candidate.path)
    return json.dumps(result)


def _put(result: dict[str, Any], changed: dict[str, Any], path: Path) -> None:
    """Copy what is at `path`, or the first list on the way to it."""
    source: Any = changed
    for step in path:
        below = source[step]
        if isinstance(below, dict):
            result, source = result.setdefault(str(step), {}), below
        else:
            result[str(step)] = below
            return
