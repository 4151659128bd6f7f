"""All new files or none."""

import os
import pathlib
from pathlib import PurePosixPath

import pytest

from packager.errors import UsageError
from packager.scaffold.tree import NewFiles, write_new

A, B, SHARED = PurePosixPath("a/x"), PurePosixPath("b/x"), PurePosixPath("shared/file")
NEW = NewFiles((A, B), {A / "offer.yaml": lambda: b"a", B / "deep/run.sh": lambda: b"b"}, {SHARED: lambda: b"s"})


def tree(root):
    return {path.relative_to(root).as_posix() for path in root.rglob("*")}


def test_everything_is_written(tmp_path):
    written = write_new(tmp_path / "new", NEW)
    assert list(map(str, written)) == ["a/x/offer.yaml", "b/x/deep/run.sh", "shared/file"]
    assert {name: (tmp_path / "new" / name).read_bytes() for name in map(str, written)} == {
        "a/x/offer.yaml": b"a",
        "b/x/deep/run.sh": b"b",
        "shared/file": b"s",
    }
    assert tree(tmp_path / "new") == {"a", "a/x", "b", "b/x", "b/x/deep", "shared", *map(str, written)}
    if os.name == "posix":
        assert (tmp_path / "new/b/x/deep/run.sh").stat().st_mode & 0o100


def test_a_shared_file_stays(tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/file").write_bytes(b"mine")
    assert list(map(str, write_new(tmp_path, NEW))) == ["a/x/offer.yaml", "b/x/deep/run.sh"]
    assert (tmp_path / "shared/file").read_bytes() == b"mine"


def test_what_exists_is_named_and_nothing_is_written(tmp_path):
    (tmp_path / "b/x").mkdir(parents=True)
    with pytest.raises(UsageError) as caught:
        write_new(tmp_path, NEW)
    assert caught.value.message == "'b/x' exists already, and nothing is overwritten"
    assert tree(tmp_path) == {"b", "b/x"}


@pytest.mark.parametrize("step", [1, 2, 3])
def test_an_interrupted_run_takes_everything_back(tmp_path, monkeypatch, step):
    (tmp_path / "a").mkdir()
    before = tree(tmp_path)
    moved = []
    rename = pathlib.Path.rename

    def interrupted(self, target):
        moved.append(self)
        if len(moved) == step:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(pathlib.Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_new(tmp_path, NEW)
    assert tree(tmp_path) == before


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "a").write_text("a file")
    with pytest.raises(UsageError, match=r"'.*' cannot be written: "):
        write_new(tmp_path, NEW)
    assert tree(tmp_path) == {"a"}


def test_a_folder_that_takes_no_files_is_named_itself(tmp_path, monkeypatch):
    def refuse(self, *_, **__):
        raise PermissionError(13, "Permission denied", str(self))

    (tmp_path / "new").mkdir()
    monkeypatch.setattr(pathlib.Path, "write_bytes", refuse)
    monkeypatch.setattr(pathlib.Path, "mkdir", refuse)
    with pytest.raises(UsageError) as refused:
        write_new(tmp_path / "new", NEW)
    assert refused.value.message == f"'{tmp_path / 'new'}' cannot be written: Permission denied"
