"""Files that a run writes are none that it reads: what a run wrote before is replaced, what somebody wrote is not."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from packager.errors import UsageError

Name = str | os.PathLike[str] | None

# What a folder is taken for a package or an offer by.
_MAIN = ("createUiDefinition.json", "uiFormDefinition.json", "mainTemplate.json", "azuredeploy.json", "offer.yaml")


def refuse_inputs(written: Mapping[str, Name], read: Iterable[Name]) -> None:
    """Raise UsageError when an option of `written` names a file that the run reads, or that another option names.

    Of a folder that is read, its main files count.
    """
    named = {option: os.path.realpath(name) for option, name in written.items() if name}
    if not named:
        return
    inputs = {os.path.realpath(file) for name in read if name for file in _files(Path(name))}
    seen: dict[str, str] = {}
    for option, place in named.items():
        if place in inputs:
            raise UsageError(f"{option}: '{written[option]}' is read by this run", hint="name another file to write")
        if place in seen:
            raise UsageError(f"{option} and {seen[place]} name the same file", hint="name two files")
        seen[place] = option


def _files(place: Path) -> Iterator[Path]:
    yield place
    if place.is_dir():
        yield from (place / name for name in _MAIN)
