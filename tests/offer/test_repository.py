import os
import pathlib

import pytest

from packager.offer.repository import PathError, Repository, repository_root, root_relative


def make(root: pathlib.Path, *names: str) -> Repository:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    return Repository(root)


def test_root_is_the_folder_of_the_nearest_mark(tmp_path: pathlib.Path) -> None:
    offer = tmp_path / "a" / "b" / "offer.yaml"
    offer.parent.mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    assert repository_root(offer) == tmp_path
    (tmp_path / "a" / ".git").touch()  # a worktree has a file of that name
    assert repository_root(offer) == tmp_path / "a"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a/b.json", "a/b.json"),
        ("./b.json", "offers/acme/b.json"),
        ("./../b.json", "offers/b.json"),
        ("../../b.json", "b.json"),
        ("a/../b.json", "b.json"),
        ("a//b.json", "a/b.json"),
        ("scripts/", "scripts/"),
        ("./scripts/", "offers/acme/scripts/"),
    ],
)
def test_root_relative(written: str, expected: str) -> None:
    assert root_relative(written, "offers/acme") == expected


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("a\\b", "has a backslash"),
        ("/etc/passwd", "is absolute"),
        ("~/x", "is absolute"),
        ("C:/x", "is absolute"),
        ("a/../../b", "leaves the repository"),
        ("../../../b", "leaves the repository"),
        ("a\0b", "NUL"),
    ],
)
def test_paths_that_cannot_be_used(written: str, message: str) -> None:
    with pytest.raises(PathError, match=message):
        root_relative(written, "offers/acme")


def test_files_are_found_by_their_exact_name(tmp_path: pathlib.Path) -> None:
    repository = make(tmp_path, "scripts/install.sh")
    assert repository.file("scripts/install.sh") == tmp_path / "scripts" / "install.sh"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("scripts/Install.sh", "'scripts/Install.sh' does not exist, but 'install.sh' does: the case differs"),
        ("Scripts/install.sh", "but 'scripts' does: the case differs"),
        ("scripts/instal.sh", "'scripts/instal.sh' does not exist; did you mean 'install.sh'?"),
        ("scripts", "'scripts' is a folder, not a file"),
        ("scripts/install.sh/x", "'install.sh' is a file, not a folder"),
    ],
)
def test_names_that_are_not_there(tmp_path: pathlib.Path, name: str, message: str) -> None:
    repository = make(tmp_path, "scripts/install.sh")
    with pytest.raises(PathError) as refused:
        repository.file(name)
    assert message in refused.value.message


def test_a_wrong_case_is_told_even_where_the_file_system_forgives_it(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = make(tmp_path, "Install.sh")
    monkeypatch.setattr(os, "listdir", lambda _: ["INSTALL.sh"])
    with pytest.raises(PathError, match="the case differs"):
        repository.file("Install.sh")


def test_links_may_stay_inside_and_not_leave(tmp_path: pathlib.Path) -> None:
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    root = tmp_path / "root"
    repository = make(root, "real.txt", "folder/inner.txt")
    (root / "link.txt").symlink_to(root / "real.txt")
    (root / "out.txt").symlink_to(tmp_path / "secret")
    (root / "out").symlink_to(tmp_path)
    (root / "nowhere").symlink_to(root / "missing")
    (root / "self").symlink_to(root / "self")
    assert repository.file("link.txt").read_text(encoding="utf-8") == "real.txt"
    for name in ("out.txt", "out/secret"):
        with pytest.raises(PathError, match="leaves the repository"):
            repository.file(name)
    for name in ("nowhere", "self"):
        with pytest.raises(PathError, match="leads nowhere"):
            repository.file(name)


def test_walk_is_sorted_and_leaves_dot_files_out(tmp_path: pathlib.Path) -> None:
    repository = make(tmp_path, "s/b.sh", "s/a/z.sh", "s/.env", "s/.hidden/x", "s/B.sh")
    assert repository.walk("s") == ["s/B.sh", "s/a/z.sh", "s/b.sh"]
    assert repository.walk("s", hidden=True) == ["s/.env", "s/.hidden/x", "s/B.sh", "s/a/z.sh", "s/b.sh"]


def test_walk_refuses_loops(tmp_path: pathlib.Path) -> None:
    repository = make(tmp_path, "s/a/x")
    (tmp_path / "s" / "a" / "up").symlink_to(tmp_path / "s")
    with pytest.raises(PathError, match="'s/a/up' is a link to a folder around it"):
        repository.walk("s")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_special_files_are_refused(tmp_path: pathlib.Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(PathError, match="'pipe' is not a regular file"):
        Repository(tmp_path).file("pipe")


def test_what_the_system_refuses_is_said_of_the_file(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: pathlib.Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    repository = make(tmp_path, "a/b")
    monkeypatch.setattr(pathlib.Path, "read_bytes", refuse)
    with pytest.raises(PathError, match="'a/b' cannot be read: Permission denied"):
        repository.data("a/b")
