"""Every request of a run from the draft to live, and everything that can go wrong with it.

After the fault the same commands are run once more. In the end Partner Center stands where it stands without any fault,
and nothing is there twice.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from packager.cli.main import run

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "reference" / "publish-faults.md"
RECORD = "acme-app-standard-1.0.0.record.json"
STEPS = (
    ("draft", RECORD, "--today", "2026-11-24"),
    ("preview", RECORD, "--wait"),
    ("live", RECORD, "--wait"),
)
KINDS = (
    "refused",
    "reset",
    "reset after",
    "429",
    "500",
    "503",
    "timeout",
    "timeout after",
    "stale",
    "expired",
    "malformed",
    "kill",
    "kill after",
)
# The requests of a run without faults, in their order; a test keeps the list true, the page in docs/ is made of it.
REQUESTS = json.loads((HERE / "requests.json").read_text(encoding="utf-8"))
FEW = {"reset after", "kill after"}
# A request that only reads does nothing, so what happens after it has acted is what happens before.
AFTER = {"reset after", "timeout after", "kill after"}


@pytest.fixture(autouse=True)
def long_pages(request):
    """Pages of many items, so that no request stands in the list twice for its pages alone."""
    if "center" in request.fixturenames:
        request.getfixturevalue("center").page_size = 100


@pytest.fixture
def dist(built, tmp_path, monkeypatch):
    folder = tmp_path / "dist"
    folder.mkdir()
    for file in (built / "dist").iterdir():
        shutil.copy(file, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="session")
def zygote():
    """Starts command lines as processes of their own."""
    pytest.importorskip("azure.cli.core", reason="publishing is tested with the extra `azure`")
    if not hasattr(os, "fork"):
        pytest.skip("processes are forked on POSIX only")
    process = subprocess.Popen(
        [sys.executable, HERE / "zygote.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    process.stdin.close()
    process.wait()
    process.stdout.close()


def end_state(center):
    (reference,) = center.configuration()["packageReferences"]
    return {
        "packages": sorted((one["fileName"], one["state"]) for one in center.packages.values()),
        "version": center.configuration()["version"],
        "package": center.packages[reference["value"]]["fileName"],
        "bytes": len(center.storage.blobs[reference["value"]]),
        "kept": center.configuration()["somethingNew"],
        "submissions": [(one["state"], one["substate"]) for one in center.submissions.values()],
        "violations": center.violations,
    }


def expected(dist):
    name = "acme-app-standard-1.0.0.zip"
    return {
        "packages": [(name, "Processed")],
        "version": "1.0.0",
        "package": name,
        "bytes": (dist / name).stat().st_size,
        "kept": {"kept": [1, 2, 3]},
        "submissions": [("Published", "Published")],
        "violations": [],
    }


def test_the_list_of_requests_is_that_of_a_run(dist, center):
    assert [run(["publish", *step]) for step in STEPS] == [0, 0, 0]
    assert center.faults.log == REQUESTS
    assert end_state(center) == expected(dist)


def cases():
    for number, request in enumerate(REQUESTS):
        for kind in KINDS:
            if request.startswith("GET") and kind in AFTER:
                continue
            few = kind in FEW and not request.startswith("GET")
            marks = () if few else (pytest.mark.slow,)
            yield pytest.param(number, kind, id=f"{number}-{request}-{kind}".replace(" ", "_"), marks=marks)


@pytest.mark.parametrize(("number", "kind"), list(cases()))
def test_the_end_is_the_same(number, kind, dist, center, request, tmp_path):
    center.faults.arm(number, kind)
    if kind.startswith("kill"):
        killed(center, request.getfixturevalue("zygote"), dist, tmp_path)
    else:
        for step in STEPS:
            if run(["publish", *step]) != 0:
                break
    assert len(center.faults.log) > number
    center.faults.at = None
    assert [run(["publish", *step]) for step in STEPS] == [0, 0, 0]
    assert end_state(center) == expected(dist)


@pytest.mark.parametrize("number", [REQUESTS.index(request) for request in REQUESTS if request.startswith("POST")])
def test_ctrl_c_says_that_it_was_and_loses_nothing(number, dist, center, zygote, tmp_path):
    center.faults.arm(number, "kill after")
    killed(center, zygote, dist, tmp_path, signal.SIGINT, 130)
    assert (tmp_path / "said").read_text(encoding="utf-8").endswith("packager: interrupted\n")
    center.faults.at = None
    assert [run(["publish", *step]) for step in STEPS] == [0, 0, 0]
    assert end_state(center) == expected(dist)


def killed(center, zygote, dist, tmp_path, sign=signal.SIGKILL, code=-signal.SIGKILL):
    """The steps, each in a process, until one gets a signal, which it ends of."""
    started, pids = threading.Event(), []

    def kill():
        assert started.wait(10)
        os.kill(pids[-1], sign)

    center.faults.on_kill = kill
    environment = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(("PACKAGER_", "AZURE_", "IDENTITY_", "NO_PROXY"))
    }
    for step in STEPS:
        started.clear()
        request = {
            "cwd": str(dist),
            "environment": environment,
            "arguments": ["publish", *step],
            "output": str(tmp_path / "said"),
        }
        zygote.stdin.write(json.dumps(request) + "\n")
        zygote.stdin.flush()
        pids.append(json.loads(zygote.stdout.readline())["pid"])
        started.set()
        status = json.loads(zygote.stdout.readline())["status"]
        if status != 0:
            assert status == code, (tmp_path / "said").read_text()
            return
    raise AssertionError("nothing was killed")


def page():
    """The page of docs/ that tells what was tried."""
    rows = "\n".join(f"| {number} | `{request}` |" for number, request in enumerate(REQUESTS, 1))
    return f"""# What was broken on purpose

A run from the draft to live (`publish draft`, `publish preview --wait`, `publish live --wait`) of one plan sends these
{len(REQUESTS)} requests to the stand-in of Partner Center and its storage:

| | request |
|---|---|
{rows}

To each of them each of these {len(KINDS)} things was done; to those that only read, nothing "after", for they do
nothing:

| fault | what happens |
|---|---|
| refused | nobody listens, then somebody does again |
| reset, reset after | the connection is cut before the service acts, or after |
| 429, 500, 503 | the service answers so and does nothing |
| timeout, timeout after | no answer, and the service has not acted, or has |
| stale | somebody else writes to every item just before |
| expired | every token issued so far is refused |
| malformed | the service acts and answers with half a JSON value |
| kill, kill after | the program gets signal 9 before the service acts, or after |

Then the same three commands were run again. In all {len(list(cases()))} cases they ended with exit code 0 and
Partner Center stood where it stands without a fault: one package, processed and in the plan's configuration, every
other field of which is kept; one submission, published. Nothing was there twice, not even the packages without a use
that a repeated request could leave behind.

`make test` does it all again (`tests/publish/test_faults.py`); a few of the cases are in `make quick`.
"""


def test_the_page_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python tests/publish/test_faults.py"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
