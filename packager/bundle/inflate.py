"""The bytes of one entry of a zip that nobody vouches for: block by block, never more than it declares.

`zipfile` reads the directory of the whole archive again for each entry that is opened by path; this reads the entry.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from packager.errors import RefusedError

LOCAL_HEADER = struct.Struct("<4s2xHH12x4xHH")  # signature, flags, method, lengths of name and extra field
SIGNATURE = b"PK\x03\x04"
ENCRYPTED = 0x1
UTF_8 = 0x800
BLOCK = 1 << 16


class _Damage(Exception):
    """Why an entry is not what the directory of its archive says; never leaves this module."""


def read_entry(path: str, info: zipfile.ZipInfo) -> bytes:
    """All bytes of an entry. Raises RefusedError when it is damaged or cannot be read."""
    try:
        with Path(path).open("rb") as stream:
            return b"".join(_blocks(stream, info))
    except _Damage as damage:
        raise RefusedError(f"'{info.filename}' in '{path}' is damaged: {damage}") from damage
    except OSError as error:
        raise RefusedError(f"'{info.filename}' in '{path}' cannot be read: {error.strerror}") from error


def damage_of(stream: BinaryIO, info: zipfile.ZipInfo) -> str | None:
    """Why the bytes of an entry are not those that were packed; None when they are."""
    try:
        for _ in _blocks(stream, info):
            pass
    except _Damage as damage:
        return str(damage)
    return None


def _blocks(stream: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    _enter(stream, info)
    size, checksum = 0, 0
    for block in _inflated(stream, info):
        size += len(block)
        if size > info.file_size:
            raise _Damage(f"it is larger than the {info.file_size:,} bytes that it declares")
        checksum = zlib.crc32(block, checksum)
        yield block
    if size < info.file_size:
        raise _Damage(f"it ends after {size:,} of {info.file_size:,} bytes")
    if checksum != info.CRC:
        raise _Damage("its checksum does not match its content")


def _enter(stream: BinaryIO, info: zipfile.ZipInfo) -> None:
    """Go to the first byte of the content, past a header that must agree with the directory."""
    stream.seek(info.header_offset)
    header = stream.read(LOCAL_HEADER.size)
    if len(header) < LOCAL_HEADER.size or not header.startswith(SIGNATURE):
        raise _Damage("no entry starts where the directory says")
    _, flags, method, name_length, extra_length = LOCAL_HEADER.unpack(header)
    name = stream.read(name_length).decode("utf-8" if flags & UTF_8 else "cp437", "replace")
    if name != info.orig_filename:
        raise _Damage("it has another name than the directory says")
    if method != info.compress_type or flags & ENCRYPTED:
        raise _Damage("it is packed in another way than the directory says")
    stream.seek(extra_length, 1)


def _inflated(stream: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    if info.compress_type == zipfile.ZIP_STORED:
        yield from _packed(stream, info)
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for packed in _packed(stream, info):
            while packed:
                yield inflater.decompress(packed, BLOCK)
                packed = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise _Damage("its compressed content is broken") from error


def _packed(stream: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    left = info.compress_size
    while left > 0:
        block = stream.read(min(left, BLOCK))
        if not block:
            return
        left -= len(block)
        yield block
