"""The tutorial, done as it is written: its commands are run, its changes made, its output compared."""

import os
import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TUTORIAL = ROOT / "docs/tutorial/first-offer.md"
BLOCK = re.compile(r"^```(sh|text|diff)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run(commands, folder):
    """What the commands print; the tool is the one that is tested, as of a day that does not pass."""
    environment = os.environ | {
        "PATH": f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PACKAGER_BUILD_TODAY": "2026-11-24",
        "NO_COLOR": "1",
    }
    environment.pop("SOURCE_DATE_EPOCH", None)
    ended = subprocess.run(
        ["sh", "-c", commands],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return ended.stdout.decode().splitlines()


def change(block, folder):
    """Replace the lines marked `-` by those marked `+`, in the one file that has them."""
    old, new = ("".join(f"{line[1:]}\n" for line in block.splitlines() if line[0] == mark) for mark in "-+")
    (file,) = [path for path in folder.rglob("*") if path.suffix in {".j2", ".yaml"} and old in path.read_text("utf-8")]
    file.write_text(file.read_text("utf-8").replace(old, new), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="the tutorial is written for a POSIX shell")
def test_the_tutorial_works_as_it_is_written(tmp_path):
    said, compared = [], 0
    for kind, block in BLOCK.findall(TUTORIAL.read_text("utf-8")):
        if kind == "sh":
            said = run(block, tmp_path)
        elif kind == "diff":
            change(block, tmp_path)
        else:
            assert [line for line in block.splitlines() if line not in said] == []
            compared += 1
    assert compared == 5
