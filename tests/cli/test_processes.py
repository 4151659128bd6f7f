"""The command line as a process: several at a time, interrupts, pipes that end, files that change."""

import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

pytestmark = pytest.mark.slow

TEMPLATE = """{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {"one": {"type": "securestring", "defaultValue": "x"}},
  "resources": []
}
"""
PACKAGER = [sys.executable, "-m", "packager"]
CLEAN = {name: value for name, value in os.environ.items() if name not in {"GITHUB_ACTIONS", "TF_BUILD"}}

posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes as on POSIX")


@pytest.fixture(autouse=True)
def packages(tmp_path, monkeypatch):
    """Nine packages p0 to p8 in the current folder."""
    monkeypatch.chdir(tmp_path)
    for number in range(9):
        (tmp_path / f"p{number}").mkdir()
        (tmp_path / f"p{number}" / "azuredeploy.json").write_text(TEMPLATE.replace("one", f"p{number}"), "utf-8")
    return tmp_path


def test_an_interrupt_while_the_program_starts_shows_no_traceback(tmp_path):
    (tmp_path / "click.py").write_text("raise KeyboardInterrupt", "utf-8")
    environment = CLEAN | {"PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    started = subprocess.run([*PACKAGER, "check", "p0"], capture_output=True, check=False, env=environment, timeout=60)
    assert (started.returncode, started.stdout, started.stderr) == (130, b"", b"packager: interrupted\n")


def packager(*arguments, **options):
    return subprocess.run([*PACKAGER, *arguments], capture_output=True, check=False, env=CLEAN, timeout=60, **options)


def test_several_jobs_write_the_same_bytes():
    paths = [f"p{number}" for number in (3, 1, 8, 0, 2, 7, 4, 6, 5)]
    options = ("--format", "json", "--today", "2026-11-24")
    one = packager("check", *paths, "absent", *options)
    two = packager("check", *paths, "absent", *options, "--jobs", "2")
    assert one.returncode == two.returncode == 2
    assert one.stdout == two.stdout
    assert one.stderr == two.stderr
    assert b"'absent' does not exist" in one.stderr


def children(pid):
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, check=False)
    return listed.stdout.split()


@pytest.fixture
def busy():
    """A run with two processes that are at work, and their ids."""
    if os.name != "posix" or shutil.which("pgrep") is None:
        pytest.skip("pgrep tells when the processes run")
    paths = ["p0", "p1", "p2"] * 3000
    process = subprocess.Popen(
        [*PACKAGER, "check", *paths, "--jobs", "2"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=CLEAN
    )
    end = time.monotonic() + 20
    while len(found := children(process.pid)) < 2 and time.monotonic() < end:
        time.sleep(0.02)
    yield process, [int(one) for one in found]
    process.kill()
    process.stderr.close()
    process.wait()


def ended(process):
    """Exit code and stderr of a run that ends soon."""
    try:
        return process.wait(timeout=10), process.stderr.read()
    except subprocess.TimeoutExpired:
        pytest.fail("the run goes on", pytrace=False)


def test_an_interrupt_ends_all_jobs_at_once(busy):
    process, workers = busy
    process.send_signal(signal.SIGINT)
    assert ended(process) == (130, b"\npackager: interrupted\n")
    assert [pid for pid in workers if pathlib.Path(f"/proc/{pid}").exists()] == []


def test_a_job_that_is_killed_is_told(busy):
    process, workers = busy
    os.kill(workers[1], signal.SIGKILL)
    code, said = ended(process)
    assert code == 3
    assert b"a process that checked PATHs ended before its work was done" in said


@posix
def test_a_reader_that_goes_away_is_no_error():
    command = " ".join([*PACKAGER, "check", *["p0"] * 500, "--format", "json", "| head -c 10"])
    found = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False, env=CLEAN, timeout=60
    )
    assert found.stdout == b'{\n  "schem'
    assert found.stderr == b""
    assert found.returncode == 1


VERBS = {
    "check": ("check", "p0"),
    "check --format json": ("check", "p0", "--format", "json"),
    "rules": ("rules",),
    "schema": ("schema", "Microsoft.Storage/storageAccounts"),
    "expand": ("expand", "p0"),
    "evaluate": ("evaluate", "[add(1, 2)]"),
    "simulate": ("simulate", "--evaluate", "[add(1, 2)]"),
    "diff": ("diff", "p0", "p1"),
    "--version": ("--version",),
}
UNWRITTEN = (
    "packager: the report cannot be written to stdout: {}\n"
    "  hint: let stdout go to a terminal, a program or a file that can be written\n"
)


def in_shell(arguments, redirection, **variables):
    """A run whose streams are as a shell leaves them: exit code and stderr."""
    command = f"{shlex.join([*PACKAGER, *arguments])} {redirection}"
    found = subprocess.run(
        ["sh", "-c", command], stderr=subprocess.PIPE, check=False, env={**CLEAN, **variables}, timeout=60
    )
    return found.returncode, found.stderr.decode()


@posix
@pytest.mark.skipif(not pathlib.Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", VERBS.values(), ids=VERBS)
def test_a_full_disk_is_an_error_of_the_report(arguments, unbuffered):
    found = in_shell(arguments, "> /dev/full", PYTHONUNBUFFERED=unbuffered)
    assert found == (3, UNWRITTEN.format("No space left on device"))


@posix
@pytest.mark.parametrize("arguments", VERBS.values(), ids=VERBS)
def test_a_closed_stdout_is_an_error_of_the_report(arguments):
    assert in_shell(arguments, ">&-") == (3, UNWRITTEN.format("it is closed"))


@posix
def test_a_closed_stdout_is_no_error_of_a_report_in_a_file(packages):
    assert in_shell(("check", "p0", "--output", "report.txt"), ">&-") == (1, "")
    assert "securestring" in (packages / "report.txt").read_text("utf-8")


@posix
def test_a_closed_stderr_is_no_error():
    assert in_shell(("check", "p0", "p1"), "2>&- > /dev/null") == (1, "")
    assert in_shell(("check", "absent"), "2>&- > /dev/null") == (2, "")


def test_a_stdout_that_is_no_utf_8_takes_the_text(packages):
    (packages / "p0" / "azuredeploy.json").write_text(TEMPLATE.replace("one", "größe"), "utf-8")
    found = packager("check", "p0", "--today", "2026-11-24")
    narrow = subprocess.run(
        [*PACKAGER, "check", "p0", "--today", "2026-11-24"],
        capture_output=True,
        check=False,
        env={**CLEAN, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        timeout=60,
    )
    assert narrow.stdout.decode("ascii") == found.stdout.decode().replace("ö", "\\xf6").replace("ß", "\\xdf")
    assert narrow.returncode == found.returncode == 1


@posix
def test_watch_checks_again_when_a_file_changes(packages):
    process = subprocess.Popen(
        [*PACKAGER, "check", "p0", "--watch", "--today", "2026-11-24", "--output", "p0/report.txt"],
        stderr=subprocess.PIPE,
        env=CLEAN,
    )
    limit = threading.Timer(30, process.kill)
    limit.start()
    try:
        assert b"watching for changes" in process.stderr.readline()
        assert "securestring" in pathlib.Path("p0/report.txt").read_text("utf-8")
        (packages / "p0" / "azuredeploy.json").write_text("{", "utf-8")
        assert b"watching for changes" in process.stderr.readline()
        assert "json-syntax" in pathlib.Path("p0/report.txt").read_text("utf-8")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 130
    finally:
        limit.cancel()
        process.kill()
        process.stderr.close()
        process.wait()
