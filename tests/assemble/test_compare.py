"""Two zips compared: every kind of difference has its sentence."""

import zipfile

import pytest

from packager.assemble.archive import write_archive
from packager.assemble.compare import differences
from packager.errors import RefusedError, UsageError

CONTENTS = {"a.json": b'{\n  "a": 1,\n  "b": 2\n}\n', "run.sh": b"echo\n", "ü.bin": b"\xff\xfe"}


@pytest.fixture
def wanted(tmp_path):
    return written(tmp_path / "wanted.zip", CONTENTS)


def written(path, contents, seconds=0):
    return write_archive(path, {name: (lambda data=data: data) for name, data in contents.items()}, seconds).path


def foreign(path, change):
    """A zip as `packager build` writes it, but for what `change` does to its entries or to the archive."""
    with zipfile.ZipFile(path, "w") as archive:
        infos = []
        for name in CONTENTS:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = (0o100755 if name.endswith(".sh") else 0o100644) << 16
            infos.append(info)
        infos = change(archive, infos) or infos
        for info in infos:
            archive.writestr(info, CONTENTS[info.filename], info.compress_type)
    return path


def said(archive, wanted):
    return list(differences(archive, wanted, "a fresh build"))


def test_the_same_bytes_do_not_differ(tmp_path, wanted):
    assert said(written(tmp_path / "x.zip", CONTENTS), wanted) == []
    assert said(foreign(tmp_path / "y.zip", lambda archive, infos: None), wanted) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"a.json": b'{\n  "a": 1,\n  "b": 3\n}\n'}, "line 3 is '\"b\": 3' instead of '\"b\": 2'"),
        ({"a.json": b'{\n  "a": 1,\n  "b": 2\n}'}, "line 5 is missing instead of ''"),
        ({"a.json": b'{\n  "a": 1,\n  "b": 2\n}\n\n'}, "line 6 is '' instead of missing"),
        ({"a.json": b'{\r\n  "a": 1,\n  "b": 2\n}\n'}, "line 1 ends in other blanks"),
        (
            {"a.json": b'{"long": "' + b"x" * 200 + b'"}'},
            "line 1 is '{\"long\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...' instead of '{'",
        ),
        ({"a.json": b"\xff"}, "1 byte instead of 23 bytes"),
    ],
)
def test_the_first_line_that_differs_is_shown(tmp_path, wanted, change, expected):
    archive = written(tmp_path / "x.zip", CONTENTS | change)
    assert said(archive, wanted) == [f"'a.json' differs from a fresh build: {expected}"]


def test_bytes_of_the_same_number_are_other_bytes(tmp_path, wanted):
    archive = written(tmp_path / "x.zip", CONTENTS | {"ü.bin": b"\xff\xff"})
    assert said(archive, wanted) == ["'ü.bin' differs from a fresh build: byte 2 is the first other one"]


def test_names_are_missing_or_new(tmp_path, wanted):
    archive = written(tmp_path / "x.zip", {"a.json": CONTENTS["a.json"], "A.json": b"", "ü.bin": b"\xff\xfe"})
    assert said(archive, wanted) == [
        "'run.sh' is missing",
        "'A.json' is not in a fresh build",
        "'a.json' differs from 'A.json' only in case; rename one of them",
    ]


def test_another_time_is_named(tmp_path, wanted):
    times = "2023-11-14T22:13:20 instead of 1980-01-01T00:00:00"
    assert said(written(tmp_path / "x.zip", CONTENTS, 1_700_000_000), wanted) == [
        f"archive: the entries have the time {times} of a fresh build; SOURCE_DATE_EPOCH was another"
    ]


def reverse(archive, infos):
    return infos[::-1]


def deflate(archive, infos):
    infos[0].compress_type = zipfile.ZIP_DEFLATED


def later(archive, infos):
    infos[1].date_time = (2020, 2, 29, 1, 2, 4)


def private(archive, infos):
    infos[1].external_attr = 0o100600 << 16
    infos[2].external_attr = 0o100600 << 16


def windows(archive, infos):
    infos[0].create_system = 0


def extra(archive, infos):
    infos[0].extra = b"\x55\x54\x05\x00\x01abcd"


def comment(archive, infos):
    infos[0].comment = b"hello"
    archive.comment = b"hello!"


def folder(archive, infos):
    archive.writestr("scripts/", b"")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (reverse, ["entries are not in the order of their names: 'ü.bin' stands where 'a.json' belongs"]),
        (deflate, ["entry 'a.json': deflated instead of stored"]),
        (later, ["the entries have times from 1980-01-01T00:00:00 to 2020-02-29T01:02:04; a build writes one"]),
        (
            private,
            ["2 entries, 'run.sh' first: mode 100600 instead of mode 100755"],
        ),
        (windows, ["entry 'a.json': made on system 0 instead of made on system 3"]),
        (extra, ["entry 'a.json': extra field of 9 bytes instead of no extra field"]),
        (
            comment,
            [
                "entry 'a.json': comment of 5 bytes instead of no comment",
                "it has a comment of 6 bytes; a build writes none",
            ],
        ),
        (folder, ["folder entry 'scripts/'; a build writes none"]),
    ],
)
def test_what_is_about_the_archive_is_named(tmp_path, wanted, change, expected):
    assert said(foreign(tmp_path / "x.zip", change), wanted) == [f"archive: {text}" for text in expected]


def test_bytes_in_front_are_not_overlooked(tmp_path, wanted):
    (tmp_path / "x.zip").write_bytes(b"MZ stub" + wanted.read_bytes())
    assert said(tmp_path / "x.zip", wanted) == ["the bytes between the entries are not those of a fresh build"]


def test_what_is_no_zip_is_refused(tmp_path, wanted):
    (tmp_path / "x.zip").write_bytes(b"text")
    with pytest.raises(RefusedError, match="is no zip that can be read"):
        said(tmp_path / "x.zip", wanted)
    with pytest.raises(UsageError, match="cannot be read"):
        said(tmp_path / "absent.zip", wanted)
