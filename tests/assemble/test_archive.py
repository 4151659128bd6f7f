"""The zip: its bytes, its limits, and what is left after a failure."""

import errno
import hashlib
import os
import pathlib
import struct
import subprocess
import sys
import zipfile
import zlib

import pytest

from packager.assemble.archive import LATEST, source_date_epoch, write_archive
from packager.errors import PackagerError, RefusedError, UsageError

CONTENTS = {"scripts/install.sh": b"#!/bin/sh\n", "mainTemplate.json": b"{}\n", "ä.json": "ä".encode()}


def reading(contents):
    return {name: (lambda data=data: data) for name, data in contents.items()}


def expected_zip(contents, date=0x0021, time=0):
    """The whole file by the ZIP specification (APPNOTE 4.3): local headers and data, directory, end."""
    local, directory = b"", b""
    for name, data in sorted(contents.items()):
        flags = 0 if name.isascii() else 0x800
        mode = 0o100755 if name.endswith(".sh") else 0o100644
        crc, size, length = zlib.crc32(data), len(data), len(name.encode())
        common = struct.pack("<HHHHHIIIHH", 20, flags, 0, time, date, crc, size, size, length, 0)
        offset = len(local)
        local += b"PK\x03\x04" + common + name.encode() + data
        made_by = struct.pack("<BB", 20, 3)
        tail = struct.pack("<HHHII", 0, 0, 0, mode << 16, offset)
        directory += b"PK\x01\x02" + made_by + common + tail + name.encode()
    count = len(contents)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(local), 0)
    return local + directory + b"PK\x05\x06" + end


def test_every_byte_is_as_the_specification_says(tmp_path):
    archive = write_archive(tmp_path / "x.zip", reading(CONTENTS))
    assert archive.path.read_bytes() == expected_zip(CONTENTS)


def test_every_byte_is_dated_by_the_seconds_given(tmp_path):
    archive = write_archive(tmp_path / "x.zip", reading(CONTENTS), 1_700_000_001)
    date, time = (2023 - 1980) << 9 | 11 << 5 | 14, 22 << 11 | 13 << 5 | 21 // 2
    assert archive.path.read_bytes() == expected_zip(CONTENTS, date, time)


def test_the_bytes_do_not_depend_on_order_or_place(tmp_path):
    one = write_archive(tmp_path / "one.zip", reading(CONTENTS))
    two = write_archive(tmp_path / "sub/two.zip", reading(dict(reversed(CONTENTS.items()))))
    assert one.path.read_bytes() == two.path.read_bytes()
    assert one.sha256 == two.sha256 == hashlib.sha256(one.path.read_bytes()).hexdigest()
    assert one.bytes == one.path.stat().st_size
    # Recorded once and held: every supported Python writes these bytes.
    assert one.sha256 == "9bc5fe9a9c7ee0ef676911c38057642c2be06743789ec0d70c84295bb6744d11"


def test_a_reader_of_zips_reads_it(tmp_path):
    archive = write_archive(tmp_path / "x.zip", reading(CONTENTS))
    with zipfile.ZipFile(archive.path) as found:
        assert {name: found.read(name) for name in found.namelist()} == CONTENTS


def test_an_empty_package_is_an_empty_zip(tmp_path):
    assert write_archive(tmp_path / "x.zip", {}).path.read_bytes() == expected_zip({})


@pytest.mark.parametrize(
    ("value", "year"),
    [(None, 1980), ("", 1980), ("0", 1980), ("-5", 1980), ("1700000000", 2023), ("99999999999", 2107)],
)
def test_source_date_epoch_is_honoured_and_clamped(tmp_path, value, year):
    seconds = source_date_epoch(value)
    with zipfile.ZipFile(write_archive(tmp_path / "x.zip", reading(CONTENTS), seconds).path) as found:
        assert {info.date_time[0] for info in found.infolist()} == {year}


@pytest.mark.parametrize("value", ["soon", "1.5", "0x10", "²", "１", " 1", "9" * 5000, "1\n"])
def test_source_date_epoch_that_is_no_number_is_refused(value):
    with pytest.raises(UsageError, match="it must be a whole number of seconds since 1970") as caught:
        source_date_epoch(value)
    assert len(caught.value.message) < 200


def test_the_last_moment_is_the_last_that_a_zip_can_name(tmp_path):
    with zipfile.ZipFile(write_archive(tmp_path / "x.zip", reading(CONTENTS), LATEST).path) as found:
        assert {info.date_time for info in found.infolist()} == {(2107, 12, 31, 23, 59, 58)}


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be made: "):
        write_archive(tmp_path / "file/x.zip", reading(CONTENTS))


def test_an_entry_that_cannot_be_read_leaves_the_old_zip(tmp_path):
    def refuse():
        raise RefusedError("gone")

    (tmp_path / "x.zip").write_bytes(b"old")
    with pytest.raises(RefusedError):
        write_archive(tmp_path / "x.zip", {**reading(CONTENTS), "z": refuse})
    assert (tmp_path / "x.zip").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["x.zip"]


FULL = """
import pathlib, resource, sys
from packager.assemble.archive import write_archive
from packager.errors import PackagerError
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write_archive(pathlib.Path(sys.argv[1]), {"a": lambda: b"x" * 1_000_000})
except PackagerError as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="limits of processes are those of POSIX")
def test_a_disk_that_takes_no_more_is_said_and_leaves_nothing(tmp_path):
    target = tmp_path / "out" / "x.zip"
    said = subprocess.run([sys.executable, "-c", FULL, str(target)], capture_output=True, text=True, check=True)
    expected = f"cannot write '{target}': File too large\n  hint: free some space, or choose another place\n"
    assert (said.stdout, said.stderr) == (expected, "")
    assert list(target.parent.iterdir()) == []


def test_a_read_only_folder_is_named(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(pathlib.Path, "open", refuse)
    with pytest.raises(PackagerError, match="Read-only file system") as caught:
        write_archive(tmp_path / "x.zip", reading(CONTENTS))
    assert caught.value.exit_code == 2
