"""Folders and single files as bundles."""

import os

from packager.bundle.folder import open_folder
from packager.bundle.single import open_file


def test_a_folder_is_read_in_order_without_what_tools_leave_behind(tmp_path):
    for name in ("b.json", "a/x.json", ".git/config", "node_modules/y.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    bundle = open_folder(str(tmp_path))
    assert list(bundle.entries) == ["a/x.json", "b.json"]
    assert bundle.document("a/x.json").value == {}


def test_links_that_loop_or_leave_are_reported_and_not_followed(tmp_path):
    inside = tmp_path / "package"
    (inside / "sub").mkdir(parents=True)
    (inside / "sub/loop").symlink_to(inside, target_is_directory=True)
    (inside / "out").symlink_to(tmp_path, target_is_directory=True)
    bundle = open_folder(str(inside))
    assert not bundle.entries
    assert sorted((problem.name, problem.code) for problem in bundle.problems) == [
        ("out", "link"),
        ("sub/loop", "link"),
    ]


def test_a_link_to_a_file_outside_is_not_read(tmp_path):
    inside = tmp_path / "package"
    inside.mkdir()
    (tmp_path / "secret.json").write_text("{}")
    (inside / "a.json").write_text("{}")
    (inside / "b.json").symlink_to("a.json")
    (inside / "c.json").symlink_to(tmp_path / "secret.json")
    bundle = open_folder(str(inside))
    assert list(bundle.entries) == ["a.json", "b.json"]
    assert [(problem.name, problem.code) for problem in bundle.problems] == [("c.json", "link")]


def test_a_link_that_the_user_named_is_read(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.json").write_text("[1]")
    (tmp_path / "here").mkdir()
    (tmp_path / "here/b.json").symlink_to(tmp_path / "real/a.json")
    bundle = open_file(str(tmp_path / "here/b.json"))
    assert (bundle.problems, bundle.document("b.json").value) == ((), [1])


def test_special_files_are_reported(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert [(one.name, one.code) for one in open_folder(str(tmp_path)).problems] == [("pipe", "special-file")]


def test_a_single_file_is_reported_alone_and_sees_its_siblings(tmp_path):
    (tmp_path / "mainTemplate.json").write_text("{}")
    (tmp_path / "createUiDefinition.json").write_text("{}")
    bundle = open_file(str(tmp_path / "mainTemplate.json"))
    assert list(bundle.entries) == ["createUiDefinition.json", "mainTemplate.json"]
    assert bundle.is_reported("mainTemplate.json")
    assert not bundle.is_reported("createUiDefinition.json")


def test_a_link_to_itself_is_reported(tmp_path):
    (tmp_path / "self").symlink_to(tmp_path / "self")
    assert [one.name for one in open_folder(str(tmp_path)).problems] == ["self"]


def test_a_file_among_very_many_stands_alone(tmp_path):
    for number in range(2_100):
        (tmp_path / f"{number:04}.txt").touch()
    (tmp_path / "x.json").write_text("{}")
    assert list(open_file(str(tmp_path / "x.json")).entries) == ["x.json"]
