"""Rendered plans in a folder."""

import json
import os
import pathlib
import stat

import pytest

from packager.bundle.model import Bundle, Entry
from packager.errors import UsageError
from packager.render.folder import MARK, write_rendered
from packager.render.model import Rendered


def rendered(plan, files):
    entries = {name: Entry(name, len(data), lambda data=data: data) for name, data in files.items()}
    return Rendered(Bundle("offer.yaml", "offer", plan, entries), (), {})


ONE = rendered("one", {"mainTemplate.json": b"{}", "scripts/run.sh": b"echo"})
TWO = rendered("two", {"mainTemplate.json": b"[]"})


def tree(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_plan_has_a_folder(tmp_path):
    out = tmp_path / "deep/out"
    write_rendered([ONE, TWO], out)
    assert tree(out) == {MARK, "one/mainTemplate.json", "one/scripts/run.sh", "two/mainTemplate.json"}
    assert (out / "one/mainTemplate.json").read_bytes() == b"{}"
    if os.name == "posix":
        assert stat.S_IMODE((out / "one/scripts/run.sh").stat().st_mode) == 0o755
        assert stat.S_IMODE((out / "one/mainTemplate.json").stat().st_mode) == 0o644


def test_what_an_earlier_run_wrote_is_replaced_plan_by_plan(tmp_path):
    write_rendered([ONE, TWO], tmp_path)
    write_rendered([rendered("one", {"a.json": b"1"})], tmp_path)
    assert tree(tmp_path) == {MARK, "one/a.json", "two/mainTemplate.json"}
    assert json.loads((tmp_path / MARK).read_text("utf-8")) == {
        "schema": 1,
        "plans": {"one": ["a.json"], "two": ["mainTemplate.json"]},
    }
    write_rendered([ONE], tmp_path)
    assert tree(tmp_path) == {MARK, "one/mainTemplate.json", "one/scripts/run.sh", "two/mainTemplate.json"}


@pytest.mark.parametrize("mark", [None, b"", b"[]", b'{"plans": 1}', b'{"plans": {"one": 2}}', b"[" * 100_000])
def test_a_folder_of_others_is_refused(tmp_path, mark):
    (tmp_path / "note.txt").write_bytes(b"mine")
    if mark is not None:
        (tmp_path / MARK).write_bytes(mark)
    before = tree(tmp_path)
    with pytest.raises(UsageError, match="holds files that `packager render` has not written"):
        write_rendered([ONE], tmp_path)
    assert tree(tmp_path) == before


def test_a_file_that_somebody_added_is_not_lost(tmp_path):
    write_rendered([ONE], tmp_path)
    (tmp_path / "one/scripts/mine.sh").write_bytes(b"mine")
    with pytest.raises(UsageError) as caught:
        write_rendered([ONE], tmp_path)
    place = tmp_path / "one/scripts/mine.sh"
    assert caught.value.message == f"'{place}' would be lost: `packager render` has not written it"
    assert place.read_bytes() == b"mine"


@pytest.mark.parametrize("step", [1, 2])
def test_an_interrupted_run_leaves_what_was_there(tmp_path, monkeypatch, step):
    write_rendered([ONE], tmp_path)
    before, moved, rename = tree(tmp_path), [], pathlib.Path.rename

    def interrupted(self, target):
        moved.append(target)
        if len(moved) == step:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(pathlib.Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_rendered([rendered("one", {"a.json": b"1"})], tmp_path)
    assert tree(tmp_path) == before
    write_rendered([rendered("one", {"a.json": b"1"})], tmp_path)  # and the next run knows it as its own
    assert tree(tmp_path) == {MARK, "one/a.json"}


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match=r"'.*' cannot be written: "):
        write_rendered([ONE], tmp_path / "file/out")
