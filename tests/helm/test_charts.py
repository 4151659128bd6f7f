import pathlib

import pytest

from packager.helm.charts import check_metadata, read_chart
from packager.offer.repository import Repository
from packager.source.document import Document

GOOD = "apiVersion: v2\nname: demo\nversion: 1.2.3\n"


def messages(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in check_metadata(Document.from_text("Chart.yaml", text))]


@pytest.mark.parametrize(
    "version", ["0.0.0", "1.2.3", "1.2.3-rc.1", "1.2.3-0a", "1.2.3+build.5", "1.2.3-x-y.7+001", "10.20.30"]
)
def test_versions_of_semver(version: str) -> None:
    assert messages(GOOD.replace("1.2.3", version)) == []


@pytest.mark.parametrize(
    "version", ["1.2", "v1.2.3", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3+", "1.2.3.4", "latest", "'1.2.3 '"]
)
def test_versions_that_are_none(version: str) -> None:
    ((line, message),) = messages(GOOD.replace("1.2.3", version))
    assert line == 3
    assert "must be a SemVer version in quotes" in message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", [(1, "Chart.yaml is not a mapping")]),
        ("apiVersion: v3\nname: demo\nversion: 1.2.3\n", [(1, "'apiVersion' is 'v3'; it must be 'v2' (or 'v1')")]),
        ("name: demo\nversion: 1.2.3\n", [(1, "Chart.yaml has no 'apiVersion'; it is 'v2' (or 'v1')")]),
        (
            "apiVersion: v1\nname: -demo\nversion: 1.2.3\n",
            [(2, "'name' is '-demo'; it must be lower-case letters, digits and '-'")],
        ),
        (GOOD + "type: library\n", [(4, "chart type 'library' cannot be installed; it is 'application'")]),
    ],
)
def test_metadata(text: str, expected: list[tuple[int, str]]) -> None:
    assert messages(text) == expected


def chart(root: pathlib.Path, files: dict[str, str]) -> tuple[list[str], list[str]]:
    for name, text in {"Chart.yaml": GOOD, **files}.items():
        (root / "c" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "c" / name).write_text(text, encoding="utf-8")
    found, problems = read_chart(Repository(root), "c")
    return [file.name for file in found.files] if found else [], [problem.message for problem in problems]


def test_files_are_those_that_helm_would_pack(tmp_path: pathlib.Path) -> None:
    files = {
        ".helmignore": "*.md\nci/\n",
        "README.md": "",
        "ci/x.yaml": "",
        ".hidden": "",
        "templates/.tmp": "",
        "templates/a.yaml": "",
    }
    assert chart(tmp_path, files) == ([".helmignore", ".hidden", "Chart.yaml", "templates/a.yaml"], [])


@pytest.mark.parametrize("vendored", ["charts/redis/Chart.yaml", "charts/redis-1.0.0.tgz"])
def test_dependencies_are_in_the_chart(tmp_path: pathlib.Path, vendored: str) -> None:
    metadata = GOOD + "dependencies:\n- name: redis\n  version: 1.0.0\n"
    assert chart(tmp_path, {"Chart.yaml": metadata, vendored: ""})[1] == []


def test_dependencies_that_are_not(tmp_path: pathlib.Path) -> None:
    metadata = GOOD + "dependencies:\n- name: redis\n  version: 1.0.0\n"
    message = "dependency 'redis' is not in 'charts/'; run 'helm dependency build' and commit what it fetches"
    assert chart(tmp_path, {"Chart.yaml": metadata, "charts/postgres/Chart.yaml": ""})[1] == [message]


def test_a_folder_without_a_chart(tmp_path: pathlib.Path) -> None:
    (tmp_path / "c").mkdir()
    _, problems = read_chart(Repository(tmp_path), "c")
    assert [problem.message for problem in problems] == ["folder 'c' is no chart: it has no Chart.yaml"]


def test_links_that_leave_the_repository(tmp_path: pathlib.Path) -> None:
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    root = tmp_path / "root"
    (root / "c").mkdir(parents=True)
    (root / "c" / "link").symlink_to(tmp_path / "secret")
    names, problems = chart(root, {})
    assert (names, problems) == ([], ["'c/link' is a link that leaves the repository"])
