"""Hostile zips: each trick has its own answer."""

import io
import pathlib
import struct
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from packager.bundle.zipped import open_zip
from packager.errors import PackagerError


def written(path, *entries, compress=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", compress) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return str(path)


def codes(path):
    return [(problem.name, problem.code) for problem in open_zip(path).problems]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../evil.json", "traversal"),
        ("/etc/passwd", "absolute"),
        ("C:/x.json", "drive-letter"),
        ("a/../../b", "traversal"),
    ],
)
def test_names_that_lead_out_are_refused(tmp_path, name, code):
    path = written(tmp_path / "x.zip", (name, "{}"), ("ok.json", "{}"))
    assert codes(path) == [(name, code)]
    assert list(open_zip(path).entries) == ["ok.json"]


def test_links_are_refused(tmp_path):
    info = zipfile.ZipInfo("link")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, "/etc/passwd")
        archive.writestr("ok.json", "{}")
    assert codes(str(path)) == [("link", "link")]


def test_names_that_differ_only_by_case_are_reported(tmp_path):
    assert codes(written(tmp_path / "x.zip", ("a.json", "1"), ("A.json", "2"))) == [("A.json", "case-duplicate")]


def test_a_bomb_is_not_read(tmp_path):
    path = written(tmp_path / "x.zip", ("b.json", b"\0" * 4_000_000), ("a", ""), compress=zipfile.ZIP_DEFLATED)
    assert codes(path) == [("b.json", "bomb")]


@pytest.mark.parametrize("names", [["offer.zip"], ["dist/", "dist/offer.zip", "dist/offer.record.json"]])
def test_a_wrapper_around_the_package_is_named(tmp_path, names):
    (problem,) = open_zip(written(tmp_path / "artifact.zip", *((name, b"PK") for name in names))).problems
    assert (problem.name, problem.code) == ("", "wrapper")
    assert f"the package is inside this zip ('{names[-1].replace('.record.json', '.zip')}')" in problem.message


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 truncated"])
def test_what_is_no_zip_is_a_problem_of_the_whole(tmp_path, data):
    (tmp_path / "x.zip").write_bytes(data)
    assert codes(str(tmp_path / "x.zip")) == [("", "no-zip")]


def test_a_truncated_zip_is_a_problem_of_the_whole(tmp_path):
    data = (tmp_path / written(tmp_path / "x.zip", ("a.json", "{}"))).read_bytes()
    (tmp_path / "x.zip").write_bytes(data[:-10])
    assert codes(str(tmp_path / "x.zip")) == [("", "no-zip")]


def test_an_empty_zip_holds_nothing(tmp_path):
    bundle = open_zip(written(tmp_path / "x.zip"))
    assert (bundle.entries, bundle.problems) == ({}, ())


def test_names_that_are_there_twice_are_reported_and_the_first_stays(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = written(tmp_path / "x.zip", ("a.json", "1"), ("a.json", "2"))
    assert codes(path) == [("a.json", "duplicate")]
    assert open_zip(path).entries["a.json"].read() == b"1"


def test_names_of_folders_are_looked_at_too(tmp_path):
    assert codes(written(tmp_path / "x.zip", ("../evil/", ""), ("good/", ""))) == [("../evil/", "traversal")]


def test_a_name_with_a_nul_is_shown_whole(tmp_path):
    path = written(tmp_path / "x.zip", ("aXb.json", "{}"))
    changed(path, lambda data: data.replace(b"aXb.json", b"a\0b.json"))
    assert codes(path) == [("a\\x00b.json", "unprintable")]


def changed(path, change):
    file = pathlib.Path(path)
    file.write_bytes(change(file.read_bytes()))


def in_directory(offset, value):
    """A change of the first entry in the central directory: 16-bit `value` at `offset`."""

    def change(data):
        place = data.index(b"PK\x01\x02") + offset
        return data[:place] + struct.pack("<H", value) + data[place + 2 :]

    return change


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (in_directory(8, 1), "encrypted", "is encrypted"),
        (in_directory(10, 14), "compression", "a compression other than deflate"),
        (in_directory(10, 8), "damaged", "packed in another way than the directory says"),
        (in_directory(16, 0), "damaged", "checksum does not match"),
        (in_directory(24, 9), "damaged", "ends after 2 of 9 bytes"),
        (in_directory(24, 1), "damaged", "larger than the 1 bytes that it declares"),
        (in_directory(26, 0x7FFF), "too-large", "1 GB is the limit"),
        (lambda data: data.replace(b"a.json", b"x.json", 1), "damaged", "another name than the directory says"),
        (lambda data: data.replace(b"PK\x03\x04", b"PK\x03\x05", 1), "damaged", "no entry starts where"),
        (lambda data: data.replace(b"{}", b"[]", 1), "damaged", "checksum does not match"),
    ],
)
def test_an_entry_that_is_not_what_it_says_is_reported(tmp_path, change, code, words):
    path = written(tmp_path / "x.zip", ("a.json", "{}"), ("b.json", "{}"))
    changed(path, change)
    bundle = open_zip(path)
    assert [(problem.name, problem.code) for problem in bundle.problems] == [("a.json", code)]
    assert words in bundle.problems[0].message
    assert list(bundle.entries) == ["b.json"]


def test_entries_that_overlap_are_reported(tmp_path):
    path = written(tmp_path / "x.zip", ("a.json", "{}" * 50), ("b.json", "{}" * 50))
    changed(path, in_directory(42, 10))
    assert [code for _, code in codes(path)] == ["damaged", "overlap"]


def test_too_many_entries_are_not_looked_at(tmp_path):
    path = written(tmp_path / "x.zip", *((f"{number}.txt", "") for number in range(20_001)))
    assert codes(path) == [("", "too-many")]


def test_deflated_entries_are_read_whole(tmp_path):
    text = "".join(f'"{number}": {number},' for number in range(60_000))
    path = written(tmp_path / "x.zip", ("a.json", text), compress=zipfile.ZIP_DEFLATED)
    bundle = open_zip(path)
    assert bundle.problems == ()
    assert bundle.entries["a.json"].read().decode() == text


# A name of no length at all: zipfile cuts names at a NUL, and asks an empty one for its last character.
NAMELESS = [(157, 0)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(changes=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=8))
@example(changes=NAMELESS)
def test_damaged_zips_never_crash_the_reader(tmp_path, changes):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mainTemplate.json", "{}" * 30)
        archive.writestr("createUiDefinition.json", "{}")
    data = bytearray(buffer.getvalue())
    for offset, value in changes:
        data[offset % len(data)] = value
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    try:
        bundle = open_zip(str(path))
        for entry in bundle.entries.values():
            entry.read()
    except PackagerError:
        pass
