import contextlib
import gzip
import hashlib
import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.errors import RefusedError
from packager.helm import archive
from packager.helm.archive import gzip_stored, pack, read_metadata
from packager.helm.model import Chart, ChartFile

PINNED = "a66ca41b205846ea8e8dc22180c49a490e2fa2a16d61b751a6d848314744161f"
CHART = Chart(
    "demo",
    "1.2.3",
    (
        ChartFile("values.yaml", b"a: 1\n"),
        ChartFile("Chart.yaml", b"apiVersion: v2\nname: demo\nversion: 1.2.3\n"),
        ChartFile("templates/" + "deep/" * 20 + "service.yaml", b"x" * 600),
    ),
)


def members(data: bytes) -> list[tarfile.TarInfo]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as tar:
        return tar.getmembers()


def test_archive_is_a_tar_that_others_read() -> None:
    found = members(pack(CHART))
    assert [member.name for member in found] == [
        "demo/Chart.yaml",
        "demo/templates/" + "deep/" * 20 + "service.yaml",
        "demo/values.yaml",
    ]
    assert {(member.mode, member.mtime, member.uid, member.gid, member.uname) for member in found} == {
        (0o644, 315_532_800, 0, 0, "")
    }


def test_archive_contents_come_back() -> None:
    with tarfile.open(fileobj=io.BytesIO(pack(CHART)), mode="r:gz") as tar:
        inner = tar.extractfile("demo/values.yaml")
        assert inner is not None
        assert inner.read() == b"a: 1\n"
    assert read_metadata(pack(CHART)) == CHART.files[1].data


def test_archive_bytes_are_pinned() -> None:
    """The promise is the same bytes on every machine and Python: a change here changes every package with a chart."""
    assert hashlib.sha256(pack(CHART)).hexdigest() == PINNED


def test_order_of_files_does_not_matter() -> None:
    assert pack(CHART) == pack(Chart(CHART.name, CHART.version, tuple(reversed(CHART.files))))


@given(st.binary(max_size=200) | st.integers(65_530, 131_080).map(bytes))
def test_stored_gzip_is_gzip(data: bytes) -> None:
    assert gzip.decompress(gzip_stored(data)) == data


def test_name_too_long_is_refused() -> None:
    chart = Chart("demo", "1.0.0", (ChartFile("x" * 120, b""),))
    with pytest.raises(RefusedError, match="too long for a tar archive"):
        pack(chart)


def tgz(*members: tarfile.TarInfo) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for member in members:
            tar.addfile(member, io.BytesIO(b"\0" * member.size))
    return out.getvalue()


def member(name: str, *, kind: bytes = tarfile.REGTYPE, size: int = 0) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type = kind
    info.size = size
    return info


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no readable gzip tar archive"),
        (b"PK\x03\x04", "no readable gzip tar archive"),
        (pack(CHART)[:700], "no readable gzip tar archive"),
        (pack(CHART)[:-4] + b"abcd", "no readable gzip tar archive"),
        (tgz(member("demo/values.yaml")), "holds no '<chart>/Chart.yaml'"),
        (tgz(member("demo/../../Chart.yaml")), "points outside"),
        (tgz(member("/demo/Chart.yaml")), "points outside"),
        (tgz(member("demo/Chart.yaml", kind=tarfile.SYMTYPE)), "link or a device"),
    ],
    ids=["empty", "zip", "cut", "wrong length", "no Chart.yaml", "traversal", "absolute", "link"],  # no times in names
)
def test_unsound_archives_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(RefusedError, match=message):
        read_metadata(data)


def test_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1000)
    with pytest.raises(RefusedError, match="unpacks to more than 1000 bytes"):
        read_metadata(tgz(member("demo/a", size=600), member("demo/b", size=600)))


@given(st.binary(max_size=300), st.integers(0, 400))
def test_mutated_archives_never_crash(noise: bytes, at: int) -> None:
    data = pack(CHART)
    with contextlib.suppress(RefusedError):
        read_metadata(data[:at] + noise + data[at + len(noise) :])
