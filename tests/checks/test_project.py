"""`[tool.packager]` in pyproject.toml."""

import pytest

from packager.checks.finding import Severity
from packager.checks.project import Project, project_file, read_project
from packager.errors import UsageError


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(text):
        (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
        return read_project(tmp_path / "pyproject.toml")

    return write


def test_every_setting(project):
    found = project(
        '[project]\nname = "x"\n[tool.packager]\nprofile = "strict"\nselect = ["a"]\nignore = ["b", "c"]\n'
        'fail-on = "never"\nbaseline = "known.json"\n[tool.packager.severity]\nSome-Rule = "info"\n'
    )
    assert (found.profile, found.select, found.ignore, found.fail_on) == ("strict", ("a",), ("b", "c"), "never")
    assert found.baseline == "known.json"
    assert found.severities == {"some-rule": Severity.INFO}
    assert found.where("ignore") == "pyproject.toml:6"
    assert found.where("severity.Some-Rule") == "pyproject.toml:10"


def test_a_project_without_the_table_sets_nothing(project):
    assert project('[tool.ruff]\nline-length = 3\n[project]\ndependencies = ["packager"]\n') == Project()
    assert project("[[this is no TOML") == Project()


def test_a_baseline_is_relative_to_its_project(project, tmp_path, monkeypatch):
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert project('[tool.packager]\nbaseline = "known.json"').baseline == str(tmp_path / "known.json")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('\n[tool.packager]\nprofil = "strict"', "pyproject.toml:3: unknown key 'profil'; did you mean 'profile'?"),
        ("tool.packager.fail_on = 1", "pyproject.toml:1: unknown key 'fail_on'; did you mean 'fail-on'?"),
        ('[tool.packager]\nprofile = "lax"', "pyproject.toml:2: profile = 'lax': expected one of arm-ttk, marketplace"),
        ('[tool.packager]\nfail-on = "always"', "pyproject.toml:2: fail-on = 'always': expected one of error,"),
        ('[tool.packager]\nselect = "a"', "pyproject.toml:2: select = 'a': expected a list of rules"),
        ("[tool.packager]\nignore = [1]", "pyproject.toml:2: ignore = [1]: expected a list of rules"),
        ("[tool.packager]\nbaseline = 1", "pyproject.toml:2: baseline = 1: expected the path of a file"),
        ('[tool.packager.severity]\na = "off"', "pyproject.toml:2: severity of a is 'off': expected one of error,"),
        ("[tool.packager]\nseverity = 1", "pyproject.toml:2: severity is no table"),
        ("[tool]\npackager = 1", "pyproject.toml:2: tool.packager is no table"),
        ("[tool.packager]\nselect = [", "pyproject.toml:2: this is no valid TOML"),
    ],
)
def test_mistakes_are_refused_at_their_line(project, text, message):
    with pytest.raises(UsageError) as refused:
        project(text)
    assert message in str(refused.value)


def test_the_nearest_file_counts(tmp_path):
    (tmp_path / "pyproject.toml").touch()
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert project_file(str(inner / "x.json")) == tmp_path / "pyproject.toml"
    (inner / "pyproject.toml").touch()
    assert project_file(str(inner)) == inner / "pyproject.toml"
    assert project_file(str(inner / "absent" / "deeper")) == inner / "pyproject.toml"
    assert project_file("\0") is None


def test_a_file_that_is_named_is_read_whole(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('{"a":', encoding="utf-8")
    assert read_project(file) == Project()
    with pytest.raises(UsageError, match="this is no valid TOML"):
        read_project(file, is_named=True)
    file.write_text("[tool.other]\n", encoding="utf-8")
    assert read_project(file, is_named=True) == Project()
