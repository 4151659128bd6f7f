"""The zip: its bytes, its limits, and what is left after a failure."""

import hashlib
import zipfile

import pytest

from packager.assemble.archive import write_archive
from packager.errors import UsageError

CONTENTS = {"scripts/install.sh": b"#!/bin/sh\n", "mainTemplate.json": b"{}\n", "ä.json": "ä".encode()}


def test_the_bytes_do_not_depend_on_order_or_place(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    one = write_archive(tmp_path / "one.zip", CONTENTS)
    two = write_archive(tmp_path / "sub/two.zip", dict(reversed(CONTENTS.items())))
    assert one.path.read_bytes() == two.path.read_bytes()
    assert one.sha256 == two.sha256 == hashlib.sha256(one.path.read_bytes()).hexdigest()
    # Recorded once and held: every supported Python writes these bytes.
    assert one.sha256 == "9bc5fe9a9c7ee0ef676911c38057642c2be06743789ec0d70c84295bb6744d11"


def test_entries_are_stored_sorted_and_plain(tmp_path):
    archive = write_archive(tmp_path / "x.zip", CONTENTS)
    with zipfile.ZipFile(archive.path) as found:
        infos = found.infolist()
    assert [info.filename for info in infos] == ["mainTemplate.json", "scripts/install.sh", "ä.json"]
    assert [info.external_attr >> 16 for info in infos] == [0o100644, 0o100755, 0o100644]
    assert {(info.compress_type, info.create_system, info.extra, info.date_time[0]) for info in infos} == {
        (0, 3, b"", 1980)
    }


@pytest.mark.parametrize(("epoch", "year"), [("0", 1980), ("1700000000", 2023), ("99999999999", 2107)])
def test_source_date_epoch_is_honoured_and_clamped(tmp_path, monkeypatch, epoch, year):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with zipfile.ZipFile(write_archive(tmp_path / "x.zip", CONTENTS).path) as found:
        assert {info.date_time[0] for info in found.infolist()} == {year}


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        write_archive(tmp_path / "file/x.zip", CONTENTS)
