"""Chart archives (.tgz): written so that the bytes depend on nothing but the files, read as if they were hostile.

The archive is a plain tar in a gzip of stored blocks. Both are written here, because compressed bytes differ between
zlib versions and tar headers between writers. Charts are small; the zip around them may be compressed by whoever
stores it.
"""

import gzip
import hashlib
import io
import struct
import tarfile
import zlib
from collections.abc import Iterator

from packager.errors import RefusedError
from packager.helm.model import Chart

METADATA = "Chart.yaml"
MODIFIED = 315_532_800  # 1980-01-01, the earliest time that the zip around it can say
MOST_BYTES = 100 * 1024 * 1024  # Helm's own limit for an unpacked chart
MOST_FILES = 20_000
_BLOCK, _RECORD, _STORED = 512, 10_240, 65_535
_BROKEN = (tarfile.TarError, EOFError, OSError, zlib.error, ValueError)


def pack(chart: Chart) -> bytes:
    """The chart as an archive; equal files give equal bytes on every machine."""
    return gzip_stored(b"".join(_tar(chart)))


def digest_of(data: bytes) -> str:
    """The digest of an archive as offer.yaml and the lock write it."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def gzip_stored(data: bytes) -> bytes:
    """`data` as a gzip file whose deflate stream holds stored blocks only."""
    blocks = [data[start : start + _STORED] for start in range(0, len(data), _STORED)] or [b""]
    out = [b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"]
    for index, block in enumerate(blocks):
        final = index == len(blocks) - 1
        out += [struct.pack("<BHH", final, len(block), len(block) ^ 0xFFFF), block]
    out.append(struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF))
    return b"".join(out)


def read_metadata(data: bytes) -> bytes:
    """The text of Chart.yaml in a chart archive, which is read to its end; RefusedError when it is not a sound one."""
    return _read(data, frozenset({METADATA}))[METADATA]


def read_files(data: bytes, most: int | None = None) -> dict[str, bytes]:
    """Every file of a chart archive by its name from the chart's root.

    RefusedError when it is not a sound one, or unpacks to more than `most` bytes (Helm's own limit without it).
    """
    return _read(data, None, most)


def _read(data: bytes, wanted: frozenset[str] | None, most: int | None = None) -> dict[str, bytes]:
    """The `wanted` files of an archive, all of them when that is None."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            found = _files(stream, wanted, MOST_BYTES if most is None else most)
            _read_to_end(stream)
    except _BROKEN as error:
        raise RefusedError(
            f"it is no readable gzip tar archive: {error}", hint="pack it with 'helm package'"
        ) from error
    if METADATA not in found:
        raise RefusedError("it holds no '<chart>/Chart.yaml'", hint="pack it with 'helm package'")
    return found


def _files(stream: gzip.GzipFile, wanted: frozenset[str] | None, most: int) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    with tarfile.open(fileobj=stream, mode="r|") as tar:
        for member in _members(tar, most):
            _, slash, name = member.name.removeprefix("./").partition("/")
            chosen = slash and member.isreg() and (wanted is None or name in wanted)
            if chosen and (inner := tar.extractfile(member)) is not None:
                found[name] = inner.read()
    return found


def _read_to_end(stream: gzip.GzipFile) -> None:
    """The checksum stands at the end, and gzip compares it when it gets there."""
    while stream.read(_STORED):
        if stream.tell() > 2 * MOST_BYTES:
            raise RefusedError(f"it goes on after its last file for more than {MOST_BYTES} bytes")


def _members(tar: tarfile.TarFile, most: int) -> Iterator[tarfile.TarInfo]:
    total = 0
    for count, member in enumerate(tar, 1):
        total += member.size
        if total > most or count > MOST_FILES:
            raise RefusedError(f"it unpacks to more than {most} bytes or {MOST_FILES} files, which Helm refuses")
        if member.name.startswith("/") or ".." in member.name.split("/") or "\\" in member.name:
            raise RefusedError(f"its entry '{member.name}' points outside of it")
        if not member.isreg() and not member.isdir():
            raise RefusedError(f"its entry '{member.name}' is a link or a device")
        yield member


def _tar(chart: Chart) -> Iterator[bytes]:
    written = 0
    for file in sorted(chart.files, key=lambda file: file.name):
        padding = b"\0" * (-len(file.data) % _BLOCK)
        yield _header(f"{chart.name}/{file.name}", len(file.data))
        yield file.data + padding
        written += _BLOCK + len(file.data) + len(padding)
    yield b"\0" * (_BLOCK * 2 + -(written + _BLOCK * 2) % _RECORD)


def _header(name: str, size: int) -> bytes:
    prefix, base = _split(name)
    fields = struct.pack(
        "100s8s8s8s12s12s8s1s100s6s2s32s32s8s8s155s12x",
        base,
        b"0000644\0",
        b"0000000\0",
        b"0000000\0",
        b"%011o\0" % size,
        b"%011o\0" % MODIFIED,
        b" " * 8,
        b"0",
        b"",
        b"ustar\0",
        b"00",
        b"",
        b"",
        b"0000000\0",
        b"0000000\0",
        prefix,
    )
    return fields[:148] + b"%06o\0 " % sum(fields) + fields[156:]


def _split(name: str) -> tuple[bytes, bytes]:
    """The two parts of a name that a ustar header has room for."""
    data = name.encode()
    if len(data) <= 100:
        return b"", data
    for index, byte in enumerate(data):
        if byte == ord("/") and index <= 155 and len(data) - index - 1 <= 100:
            return data[:index], data[index + 1 :]
    raise RefusedError(f"the name '{name}' is too long for a tar archive", hint="shorten the folders or the file name")
