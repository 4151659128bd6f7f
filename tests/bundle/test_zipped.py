"""Hostile zips: each trick has its own answer."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from packager.bundle.zipped import open_zip
from packager.errors import PackagerError, RefusedError


def written(path, *entries, compress=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", compress) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return str(path)


def codes(path):
    return [(problem.name, problem.code) for problem in open_zip(path).problems]


@pytest.mark.parametrize(
    ("name", "code"),
    [("../evil.json", "traversal"), ("/etc/passwd", "absolute"), ("C:/x.json", "absolute"), ("a/../../b", "traversal")],
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


def test_a_wrapper_around_the_package_is_named(tmp_path):
    path = written(tmp_path / "artifact.zip", ("offer.zip", b"PK"))
    with pytest.raises(RefusedError, match="the package is inside this zip") as caught:
        open_zip(path)
    assert "GitHub" in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 truncated"])
def test_what_is_no_zip_is_refused(tmp_path, data):
    (tmp_path / "x.zip").write_bytes(data)
    with pytest.raises(RefusedError, match="no zip that can be read"):
        open_zip(str(tmp_path / "x.zip"))


def test_an_empty_zip_is_refused(tmp_path):
    with pytest.raises(RefusedError, match="empty zip"):
        open_zip(written(tmp_path / "x.zip"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(changes=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=8))
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
