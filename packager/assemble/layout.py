"""What a zip says besides names and contents: order, times, modes, compression, extra fields."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packager.assemble.archive import FILE_MODE, SCRIPT_MODE, UNIX
from packager.errors import RefusedError

UTF8_NAME = 0x800
METHODS = {zipfile.ZIP_STORED: "stored", zipfile.ZIP_DEFLATED: "deflated", zipfile.ZIP_BZIP2: "bzip2", 14: "lzma"}


@dataclass(frozen=True, slots=True)
class Layout:
    """The entries in the order of the archive's directory, folders included, and what stands around them."""

    entries: tuple[zipfile.ZipInfo, ...]
    comment: bytes

    @property
    def times(self) -> tuple[tuple[int, ...], ...]:
        """The distinct times of the files."""
        return tuple(sorted({info.date_time for info in self.entries if not info.is_dir()}))


def read_layout(path: Path) -> Layout:
    """The layout of the zip at `path`. Raises RefusedError when it is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            return Layout(tuple(archive.infolist()), archive.comment)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
        raise RefusedError(f"'{path}' is no zip that can be read: {error}") from error


def layout_differences(found: Layout, wanted: Layout | None, other: str) -> list[str]:
    """What is not as `packager build` writes it; with `wanted`, which is called `other`, its times are compared too."""
    files = [info for info in found.entries if not info.is_dir()]
    said = [*_folders(found), *_order(files), *_times(found, wanted, other)]
    for name, say, expected in _PROPERTIES:
        said += _property(files, name, say, expected)
    if found.comment:
        said.append(f"archive: it has a comment of {len(found.comment)} bytes; a build writes none")
    return said


def _folders(found: Layout) -> Iterator[str]:
    folders = [info.filename for info in found.entries if info.is_dir()]
    if folders:
        yield f"archive: {_counted(folders, 'folder entry', 'folder entries')}; a build writes none"


def _order(files: Sequence[zipfile.ZipInfo]) -> Iterator[str]:
    names = [info.filename for info in files]
    wrong = next((pair for pair in zip(names, sorted(names), strict=True) if pair[0] != pair[1]), None)
    if wrong is not None:
        yield f"archive: entries are not in the order of their names: '{wrong[0]}' stands where '{wrong[1]}' belongs"


def _times(found: Layout, wanted: Layout | None, other: str) -> Iterator[str]:
    expected = wanted.times if wanted is not None else found.times[:1]
    if found.times == expected or not found.times:
        return
    if len(found.times) > 1:
        first, last = _date(found.times[0]), _date(found.times[-1])
        yield f"archive: the entries have times from {first} to {last}; a build writes one"
    elif expected:
        yield (
            f"archive: the entries have the time {_date(found.times[0])} instead of {_date(expected[0])} of {other}; "
            "SOURCE_DATE_EPOCH was another"
        )


def _property(
    files: Sequence[zipfile.ZipInfo], name: str, say: Callable[[Any], str], expected: Callable[[str], Any]
) -> Iterator[str]:
    wrong = [info for info in files if _value(info, name) != expected(info.filename)]
    if wrong:
        first = wrong[0]
        said, meant = say(_value(first, name)), say(expected(first.filename))
        yield f"archive: {_counted([info.filename for info in wrong], 'entry', 'entries')}: {said} instead of {meant}"


def _value(info: zipfile.ZipInfo, name: str) -> Any:
    return info.external_attr >> 16 if name == "mode" else getattr(info, name)


def _counted(names: list[str], one: str, many: str) -> str:
    return f"{one} '{names[0]}'" if len(names) == 1 else f"{len(names)} {many}, '{names[0]}' first"


def _date(moment: Sequence[int]) -> str:
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}".format(*moment)


def _mode(name: str) -> int:
    return SCRIPT_MODE if name.endswith(".sh") else FILE_MODE


def _method(value: int) -> str:
    return METHODS.get(value, f"compression {value}")


def _size(what: str) -> Callable[[bytes], str]:
    return lambda value: f"{what} of {len(value)} bytes" if value else f"no {what}"


_PROPERTIES: tuple[tuple[str, Callable[[Any], str], Callable[[str], Any]], ...] = (
    ("compress_type", _method, lambda _: zipfile.ZIP_STORED),
    ("mode", lambda value: f"mode {value:06o}", _mode),
    ("create_system", lambda value: f"made on system {value}", lambda _: UNIX),
    ("flag_bits", lambda value: f"flags {value:#06x}", lambda name: 0 if name.isascii() else UTF8_NAME),
    ("extra", _size("extra field"), lambda _: b""),
    ("comment", _size("comment"), lambda _: b""),
)
