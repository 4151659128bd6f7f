"""Finding and running helm; programs of the tests' own stand in for it where it has to misbehave."""

import os
import stat
import time

import pytest

from packager.errors import UsageError
from packager.helm import program as module
from packager.helm.program import find_program, helm_session
from tests.helm.making import program

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(os.name != "posix", reason="the stand-ins are shell scripts")
SAYS_VERSION = 'case "$1" in version) echo v4.0.1+g0;; *) {};; esac\n'


def stand_in(folder, monkeypatch, script):
    path = folder / "helm"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("PACKAGER_HELM", str(path))
    return path


def test_the_real_program_has_a_home_of_its_own(monkeypatch):
    program()
    monkeypatch.setenv("HELM_PLUGINS", "/nowhere")
    with helm_session() as helm:
        answer = helm.run("env")
        folder = helm.folder
        assert helm.program.version >= (3, 0, 0)
    homes = [line for line in answer.out.splitlines() if line.startswith(("HELM_CONFIG_HOME", "HELM_PLUGINS"))]
    assert len(homes) == 2 and all(str(folder) in line for line in homes)
    assert not folder.exists()


def test_without_a_program_it_is_said_how_to_get_one(monkeypatch, tmp_path):
    with pytest.raises(UsageError, match="not on PATH") as raised:
        find_program({"PATH": str(tmp_path)})
    assert "PACKAGER_HELM" in (raised.value.hint or "")


def test_a_variable_that_names_nothing_is_refused(tmp_path):
    with pytest.raises(UsageError, match="which does not exist"):
        find_program({"PACKAGER_HELM": str(tmp_path / "none"), "PATH": ""})
    (tmp_path / "text").write_text("x")
    (tmp_path / "text").chmod(stat.S_IRUSR)
    if os.name == "posix":
        with pytest.raises(UsageError, match="which cannot be run"):
            find_program({"PACKAGER_HELM": str(tmp_path / "text"), "PATH": ""})


@posix
@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo Client: v2.17.0", "does not say which version of helm it is: Client: v2.17.0"),
        ("echo no >&2; exit 3", "does not say which version of helm it is: no"),
        ("exit 3", "exit code 3"),
        ("echo v2.17.0+g0", "is helm v2.17.0, which is not supported"),
        ("echo v5.0.0+g0", "is helm v5.0.0, which is not supported"),
    ],
)
def test_what_is_no_helm_is_refused(tmp_path, monkeypatch, script, message):
    stand_in(tmp_path, monkeypatch, script)
    with pytest.raises(UsageError, match=message), helm_session():
        pass


@posix
def test_a_program_that_does_not_end_is_ended_with_what_it_started(tmp_path, monkeypatch):
    mark = tmp_path / "mark"
    stand_in(tmp_path, monkeypatch, SAYS_VERSION.format(f"(sleep 2; touch {mark}) & sleep 60"))
    started = time.monotonic()
    with helm_session(timeout=0.3) as helm:
        answer = helm.run("template")
    assert answer.failure == "it did not end within 0.3 seconds"
    assert time.monotonic() - started < 2
    time.sleep(2)
    assert not mark.exists()


@posix
def test_a_program_that_once_did_not_end_is_asked_nothing_more(tmp_path, monkeypatch):
    stand_in(tmp_path, monkeypatch, SAYS_VERSION.format(f"echo >> {tmp_path}/asked; sleep 60"))
    with helm_session(timeout=0.3) as helm:
        assert helm.run("pull", network=True).failure == "it did not end within 0.3 seconds"
        assert helm.run("template").failure == "it did not end within 0.3 seconds"
        assert helm.run("lint").failure == "it is not asked again, since it did not end within 0.3 seconds"
    assert (tmp_path / "asked").read_text() == "\n\n"


@posix
@pytest.mark.parametrize("stream", ["", " >&2"])
def test_a_program_that_talks_without_end_is_ended(tmp_path, monkeypatch, stream):
    monkeypatch.setattr(module, "MOST_OUTPUT", 1_000_000)
    stand_in(tmp_path, monkeypatch, SAYS_VERSION.format(f"exec yes{stream}"))
    with helm_session(timeout=20) as helm:
        answer = helm.run("template")
    assert answer.failure is not None and "it wrote more than" in answer.failure
    assert len(answer.out) + len(answer.err) < 1_200_000


@posix
def test_only_what_fetches_uses_the_network_and_nothing_sees_secrets(tmp_path, monkeypatch):
    monkeypatch.setenv("https_proxy", "http://proxy.example:1")
    monkeypatch.setenv("AZURE_CLIENT_SECRET", "s3cret")
    stand_in(tmp_path, monkeypatch, SAYS_VERSION.format("env"))
    with helm_session() as helm:
        inside, outside = helm.run("template").out, helm.run("pull", network=True).out
        home = f"HOME={helm.folder}\n"
    assert "HTTPS_PROXY=http://127.0.0.1:9\n" in inside and "proxy.example" not in inside
    assert "proxy.example" in outside
    assert home in inside and "s3cret" not in inside + outside
