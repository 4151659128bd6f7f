"""What shells say of scripts that they do not run."""

import shutil

import pytest

from packager.code.script import script_of
from packager.code.shellsyntax import complaints
from packager.programs import ProgramError
from packager.source.document import Document

pytestmark = pytest.mark.skipif(not shutil.which("bash") or not shutil.which("dash"), reason="needs bash and dash")


def said(text, name="a.sh"):
    return [(one.kind, one.line) for one in complaints(script_of(Document.from_text(name, text)))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("echo x\n", []),
        ("", []),
        ("if true; then\n", [("syntax", 2)]),
        ("echo 'x\n\n", [("syntax", 1)]),
        ("echo x\nfi\n", [("syntax", 2)]),
        ("cat <<E\nx\n", [("here-document", 2)]),
        ("a=(1 2)\r\necho ${a[0]}\r\n", []),
        ("#!/bin/sh\na=(1 2)\n", [("posix", 2)]),
        ("#!/bin/sh\nlocal a=1\n", []),
        ("#!/bin/dash\na=(1 2)\n", [("syntax", 2)]),
        ("#!/bin/ash\na=(1 2)\n", []),
        ("#!/bin/sh\ndone\n", [("syntax", 2)]),
        ("shopt -s extglob\nls !(a)\n", []),
        ("ls !(a)\n", [("syntax", 1)]),
        ("exit 0\n)(\n", []),
        ("if true; then\nexit 0\nfi\n)(\n", [("syntax", 4)]),
        ("cat <<E\nexit\nE\n)(\n", [("syntax", 4)]),
        (")(\nexit\n", [("syntax", 1)]),
    ],
)
def test_complaints(text, found):
    assert said(text) == found


def test_nothing_of_a_script_is_run(tmp_path, monkeypatch):
    made = tmp_path / "made"
    startup = tmp_path / "startup"
    startup.write_text(f"touch {made}\n", encoding="utf-8")
    monkeypatch.setenv("BASH_ENV", str(startup))
    monkeypatch.setenv("ENV", str(startup))
    for shell in ("bash", "sh"):
        said(f"#!/bin/{shell}\ntouch {made}\n: $(touch {made}) `touch {made}` ${{x:-$(touch {made})}}\n")
    assert not made.exists()


def test_a_script_that_no_shell_can_bear():
    assert said("$(" * 20_000) in ([("syntax", 1)], [("syntax", 2)])


def test_a_shell_that_is_not_there(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProgramError, match="there is no 'bash' on PATH"):
        said("echo a shell that is not there\n")


def test_a_shell_that_is_none(monkeypatch, tmp_path):
    other = tmp_path / "bash"
    other.write_text("#!/bin/sh\necho 'no distribution is installed' >&2\nexit 1\n", encoding="utf-8")
    other.chmod(0o755)
    monkeypatch.setenv("PACKAGER_BASH", str(other))
    with pytest.raises(ProgramError, match="ends with code 1: no distribution is installed"):
        said("echo a shell that is none\n")
