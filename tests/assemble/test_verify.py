"""A zip against its record."""

import json

import pytest

from packager.assemble.archive import write_archive
from packager.assemble.record import build_record
from packager.assemble.verify import read_record, record_differences, record_of
from packager.errors import RefusedError, UsageError

CONTENTS = {"mainTemplate.json": b"{}\n", "a.sh": b"echo\n", "gone.txt": b""}


def written(path, contents):
    return write_archive(path, {name: (lambda data=data: data) for name, data in contents.items()})


def built(folder, contents):
    archive = written(folder / "x.zip", contents)
    record = build_record("o", "p", "1.0.0", archive, {"a.sh": ("src/a.sh",)}, {"error": 0})
    record_of(archive.path).write_text(json.dumps(record), encoding="utf-8")
    return archive.path


def test_a_zip_as_it_was_built_has_no_differences(tmp_path):
    path = built(tmp_path, CONTENTS)
    assert list(record_differences(path, read_record(record_of(path)))) == []


def test_each_difference_is_named(tmp_path):
    path = built(tmp_path, CONTENTS)
    record = read_record(record_of(path))
    changed = written(path, {"mainTemplate.json": b"{ }\n", "a.sh": b"echo\n", "new.txt": b""})
    assert list(record_differences(path, record)) == [
        "'gone.txt' is missing",
        "'new.txt' is not in the record",
        "'mainTemplate.json' has other content than the record says",
        f"archive: its sha256 is {changed.sha256}; the record says {record['archive']['sha256']}",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda record: record["entries"][0].update(sha256="0" * 64), "'a.sh' has other content than the record says"),
        (lambda record: record["entries"][0].update(bytes=4), "'a.sh' has other content than the record says"),
        (lambda record: record["entries"].pop(), "'mainTemplate.json' is not in the record"),
        (lambda record: record["archive"].update(bytes=4), "archive: it has 316 bytes; the record says 4"),
    ],
)
def test_a_record_that_was_changed_does_not_fit_an_old_zip(tmp_path, change, expected):
    path = built(tmp_path, CONTENTS)
    record = read_record(record_of(path))
    change(record)
    assert list(record_differences(path, record)) == [expected]


def test_no_record_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        read_record(tmp_path / "x.record.json")


VALID = {"schema": 1, "offer": "o", "plan": "p", "version": "1", "archive": {"sha256": "0"}, "entries": []}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is no build record: the file is empty"),
        ("[]", "is no build record: it has no 'schema'"),
        ("{bad", r"is no build record: .* \(line 1\)"),
        ("[" * 100_000, "is no build record: "),
        ("\0", "is no build record: "),
        (json.dumps(VALID | {"schema": 2}), "has schema 2; this packager reads build records of schema 1"),
        (json.dumps(VALID | {"plan": None}), "does not name its offer, plan and version"),
        (json.dumps(VALID | {"archive": {}}), "has no 'archive' with a sha256"),
        (json.dumps(VALID | {"entries": [1]}), "no list of names with their sha256"),
        (json.dumps(VALID | {"entries": {}}), "no list of names with their sha256"),
    ],
)
def test_something_else_is_refused(tmp_path, text, message):
    (tmp_path / "x.record.json").write_text(text)
    with pytest.raises(RefusedError, match=message):
        read_record(tmp_path / "x.record.json")
