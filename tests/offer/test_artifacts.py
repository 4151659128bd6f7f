import pathlib

import pytest

from packager.offer.artifacts import clash_of, expand
from packager.offer.repository import PathError, Repository
from packager.source.filenames import FileNames

FILES = (
    "nested/db.json.j2",
    "nested/_part.json.j2",
    "nested/deep/net.json.j2",
    "nested/notes.md",
    "scripts/install.sh",
    "scripts/.env",
    "scripts/lib/__init__.py",
    "view.jsonc",
)


@pytest.fixture
def repository(tmp_path: pathlib.Path) -> Repository:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return Repository(tmp_path)


@pytest.mark.parametrize(
    ("source", "to", "expected"),
    [
        ("nested/*.json.j2", "nested/", ["nested/db.json"]),
        ("nested/**/*.json.j2", "n/", ["n/db.json", "n/deep/net.json"]),
        ("nested/", "./", ["db.json", "deep/net.json", "notes.md"]),
        ("nested/", "x/", ["x/db.json", "x/deep/net.json", "x/notes.md"]),
        ("scripts/", "scripts/", ["scripts/install.sh", "scripts/lib/__init__.py"]),
        ("scripts/.env", "scripts/", ["scripts/.env"]),
        ("scripts/install.sh", "bin/", ["bin/install.sh"]),
        ("scripts/install.sh", "bin/setup.sh", ["bin/setup.sh"]),
        ("scripts/install.sh", "./setup.sh", ["setup.sh"]),
        ("nested/_part.json.j2", "./", ["_part.json"]),
        ("nested/d?.json.j2", "./", ["db.json"]),
        ("nested/[!x]*.md", "./", ["notes.md"]),
        ("nested/[a-m]*", "./", ["db.json"]),
        ("*/install.sh", "./", ["scripts/install.sh"]),
        ("view.jsonc", "./", ["view.json"]),
        ("**/*.md", "./", ["nested/notes.md"]),
    ],
)
def test_what_a_path_stands_for(repository: Repository, source: str, to: str, expected: list[str]) -> None:
    assert [file.name for file in expand(repository, source, to)] == expected


@pytest.mark.parametrize(
    ("source", "to", "message"),
    [
        ("nested/*.xml", "./", "no file matches 'nested/\\*.xml'"),
        ("nested/*.json.j2", "nested", "may stand for many files, but 'to: nested' is one name"),
        ("scripts", "./", "'scripts' is a folder, not a file"),
        ("missing/", "./", "'missing' does not exist"),
        ("scripts/install.sh", "/etc/", "is absolute"),
        ("scripts/install.sh", "C:/x/", "is absolute"),
        ("scripts/install.sh", "a/../b", "has an empty, '.' or '..' step"),
        ("scripts/install.sh", "a//b", "has an empty, '.' or '..' step"),
        ("scripts/install.sh", "a\\b", "has a backslash"),
        ("nested/[z-a]*", "./", "is not valid: bad character range"),
    ],
)
def test_what_cannot_be_meant(repository: Repository, source: str, to: str, message: str) -> None:
    with pytest.raises(PathError, match=message):
        expand(repository, source, to)


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["a", "b", "c/d", "c/e"], None),
        (["a", "a"], "'a' is there already"),
        (["a/B.json", "a/b.json"], "'a/b.json' differs from 'a/B.json' only in case"),
        (["a", "a/b"], "'a/b' needs a folder where the file 'a' is"),
        (["A/b", "a"], "'a' cannot be a file: 'A/b' needs a folder of that name"),
    ],
)
def test_names_that_cannot_stand_together(names: list[str], reason: str | None) -> None:
    taken = FileNames()
    reasons = [clash_of(taken, name) for name in names]
    assert reasons[-1] == reason
    assert reasons[:-1] == [None] * (len(names) - 1)
