"""What is wrong with a package before its content is looked at: every problem of a bundle becomes a finding."""

import datetime
import json
import os
import zipfile
from typing import get_args

import pytest

from packager.bundle.model import Bundle, BundleProblem, Entry, EntryProblem, NameProblem, WholeProblem
from packager.checks.config import Config
from packager.checks.engine import run
from packager.checks.package import Package
from packager.checks.registry import all_rules
from packager.cli.main import run as packager

DAY = datetime.date(2026, 11, 24)
CODES = sorted({"too-large", *(code for kind in (NameProblem, EntryProblem, WholeProblem) for code in get_args(kind))})


def findings(bundle, profile="marketplace"):
    return run(Package(bundle, DAY), all_rules(), Config(profile)).findings


@pytest.mark.parametrize("code", CODES)
def test_every_problem_of_a_bundle_becomes_one_error(code):
    name = "" if code in get_args(WholeProblem) else "a.bin"
    bundle = Bundle("p.zip", "zip", None, {}, [BundleProblem(name, f"'{name}' is wrong", code)])
    found = [one for one in findings(bundle) if one.rule.endswith(f"[{'file' if code == 'too-large' else code}]")]
    assert [(one.file, str(one.severity), one.message) for one in found] == [(name, "error", f"'{name}' is wrong")]


@pytest.mark.parametrize("code", [*get_args(WholeProblem), *get_args(EntryProblem)])
def test_what_arm_ttk_cannot_read_either_is_an_error_in_its_profile(code):
    name = "" if code in get_args(WholeProblem) else "mainTemplate.json"
    bundle = Bundle("p.zip", "zip", None, {}, [BundleProblem(name, "wrong", code)])
    assert [str(one.severity) for one in findings(bundle, "arm-ttk") if one.rule.endswith(f"[{code}]")] == ["error"]


def check(path, capsys, *options):
    code = packager(["check", str(path), "--format", "json", "--today", "2026-11-24", *options])
    report = json.loads(capsys.readouterr().out)
    return code, [(one["rule"], one["file"]) for one in report["findings"]]


def package(path, *more):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (("mainTemplate.json", "{"), ("createUiDefinition.json", "{"), *more):
            archive.writestr(name, data)
    return path


def test_a_truncated_zip_is_reported_and_exits_with_1(tmp_path, capsys):
    path = package(tmp_path / "x.zip")
    path.write_bytes(path.read_bytes()[:-10])
    assert check(path, capsys) == (1, [("unreadable-package", "")])


def test_a_wrapper_is_reported_and_nothing_else(tmp_path, capsys):
    with zipfile.ZipFile(tmp_path / "artifact.zip", "w") as archive:
        archive.writestr("offer.zip", package(tmp_path / "x.zip").read_bytes())
    assert check(tmp_path / "artifact.zip", capsys) == (1, [("unreadable-package", "")])


def test_other_paths_are_checked_beside_an_unreadable_one(tmp_path, capsys):
    (tmp_path / "bad.zip").write_bytes(b"no zip")
    good = package(tmp_path / "good.zip")
    assert packager(["check", str(tmp_path / "bad.zip"), str(good), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {one["path"] for one in found} == {str(tmp_path / "bad.zip"), str(good)}


def test_names_that_lead_out_are_reported(tmp_path, capsys):
    code, found = check(package(tmp_path / "x.zip", ("../evil.sh", "")), capsys)
    assert code == 1
    assert ("entry-name", "../evil.sh") in found


def test_names_that_are_no_text_can_be_reported(tmp_path, capsys):
    (tmp_path / "mainTemplate.json").write_text("{")
    (tmp_path / os.fsdecode(b"caf\xe9.json")).write_text("{}")
    code, found = check(tmp_path, capsys)
    assert code == 1
    assert ("entry-name", "caf\\udce9.json") in found


def test_a_pipe_in_a_folder_is_reported(tmp_path, capsys):
    os.mkfifo(tmp_path / "mainTemplate.json")
    code, found = check(tmp_path, capsys)
    assert code == 1
    assert ("unreadable-entry", "mainTemplate.json") in found


def sized(name, size):
    return Entry(name, size, bytes)


@pytest.mark.parametrize(
    ("archive_size", "size", "expected"),
    [
        (120 << 20, 1, []),
        ((120 << 20) + 1, 1, [("", "package-size[service-catalog]", "info")]),
        (1 << 30, 1 << 30, [("", "package-size[service-catalog]", "info")]),
        ((1 << 30) + 1, 1, [("", "package-size[package]", "error")]),
        (9, (1 << 30) + 1, [("big.bin", "package-size[file]", "error")]),
        (None, 1 << 30, [("", "package-size[service-catalog]", "info")]),
        (None, (1 << 30) + 1, [("", "package-size[package]", "error"), ("big.bin", "package-size[file]", "error")]),
    ],
)
def test_sizes_are_held_against_the_limits_of_partner_center(archive_size, size, expected):
    bundle = Bundle("p", "zip", None, {"big.bin": sized("big.bin", size)}, archive_size=archive_size)
    found = [(one.file, one.rule, str(one.severity)) for one in findings(bundle)]
    assert [one for one in found if one[1].startswith("package-size")] == expected
