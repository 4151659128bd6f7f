"""A zip against its record."""

import json

import pytest

from packager.assemble.archive import write_archive
from packager.assemble.record import build_record
from packager.assemble.verify import differences, read_record, record_of
from packager.errors import RefusedError, UsageError

CONTENTS = {"mainTemplate.json": b"{}\n", "a.sh": b"echo\n", "gone.txt": b""}


def built(folder, contents):
    archive = write_archive(folder / "x.zip", contents)
    record = build_record("o", "p", "1.0.0", archive, {"a.sh": ("src/a.sh",)}, {"error": 0})
    record_of(archive.path).write_text(json.dumps(record), encoding="utf-8")
    return archive.path


def test_a_zip_as_it_was_built_has_no_differences(tmp_path):
    path = built(tmp_path, CONTENTS)
    assert list(differences(path, read_record(record_of(path)))) == []


def test_each_difference_is_named(tmp_path):
    path = built(tmp_path, CONTENTS)
    record = read_record(record_of(path))
    changed = write_archive(path, {"mainTemplate.json": b"{ }\n", "a.sh": b"echo\n", "new.txt": b""})
    assert list(differences(path, record)) == [
        "'gone.txt' is missing",
        "'new.txt' is not in the record",
        "'mainTemplate.json' has other content",
        f"the archive has sha256 {changed.sha256}, the record says {record['archive']['sha256']}",
    ]


def test_no_record_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        read_record(tmp_path / "x.record.json")


@pytest.mark.parametrize("text", ["", "[]", '{"schema": 2}', '{"schema": 1, "entries": [1]}', "{bad"])
def test_something_else_is_refused(tmp_path, text):
    (tmp_path / "x.record.json").write_text(text)
    with pytest.raises(RefusedError, match="is no build record"):
        read_record(tmp_path / "x.record.json")
