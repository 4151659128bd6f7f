"""`packager build`: what is written, what is left alone, and what is said."""

import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from packager.cli.main import run

TODAY = ("--today", "2026-11-24")
OFFER = "marketplace/acme-app/offer.yaml"
ZIP = "dist/acme-app-standard-1.0.0.zip"
RECORD = "dist/acme-app-standard-1.0.0.record.json"


@pytest.fixture
def folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert run(["init", "acme-app"]) == 0
    capsys.readouterr()
    return tmp_path


def build(*options):
    return run(["build", OFFER, *TODAY, *options])


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def spoil(folder):
    """An error: the form hands over a value that the template has no parameter for."""
    form = "createUiDefinition/acme-app/createUiDefinition.json.j2"
    change(folder, form, '"location": "[location()]",', '"location": "[location()]", "x": "y",')


def add_plan(folder, text):
    offer = folder / OFFER
    offer.write_text(offer.read_text("utf-8") + text, encoding="utf-8")


SECOND_PLAN = """
  - id: second
    ui: createUiDefinition/acme-app/createUiDefinition.json.j2
    template: mainTemplates/acme-app/mainTemplate.json.j2
"""


def test_path_size_digest_and_verdict_are_said_of_each_zip(folder, capsys):
    assert build() == 0
    captured = capsys.readouterr()
    record = json.loads((folder / RECORD).read_text("utf-8"))
    size, sha256 = record["archive"]["bytes"], record["archive"]["sha256"]
    assert captured.err == f"{ZIP}: {size:,} bytes, 3 entries, sha256 {sha256}: no findings\n"
    assert captured.out == f"checked 4 files of {OFFER}: 0 errors, 0 warnings, 0 info\n"


def test_the_record_says_what_is_in_the_zip_and_where_it_came_from(folder):
    assert build() == 0
    record = json.loads((folder / RECORD).read_text("utf-8"))
    assert list(record) == ["schema", "offer", "plan", "version", "archive", "entries", "checks", "tool"]
    assert [record[key] for key in ("schema", "offer", "plan", "version")] == [1, "acme-app", "standard", "1.0.0"]
    assert record["archive"]["name"] == "acme-app-standard-1.0.0.zip"
    assert {entry["name"]: entry["sources"] for entry in record["entries"]} == {
        "createUiDefinition.json": ["createUiDefinition/acme-app/createUiDefinition.json.j2"],
        "mainTemplate.json": ["mainTemplates/acme-app/mainTemplate.json.j2"],
        "viewDefinition.json": ["marketplace/acme-app/viewDefinition.json.j2"],
    }
    assert record["checks"] == {"error": 0, "warning": 0, "info": 0, "suppressed": 0, "files": 3}


def test_with_json_stdout_is_the_report_alone(folder, capsys):
    assert build("--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["summary"]["error"] == 0


def test_plans_are_chosen(folder, capsys):
    add_plan(folder, SECOND_PLAN)
    assert build("--plan", "second") == 0
    assert [path.name for path in (folder / "dist").glob("*.zip")] == ["acme-app-second-1.0.0.zip"]
    assert build("--plan", "third") == 2
    assert "has no plan 'third'" in capsys.readouterr().err


def test_set_reaches_the_sources(folder):
    assert build("--set", "namePrefix=other") == 0
    with zipfile.ZipFile(folder / ZIP) as archive:
        form = json.loads(archive.read("createUiDefinition.json"))
    assert form["parameters"]["basics"][0]["defaultValue"] == "other"


def test_with_findings_nothing_is_written_and_the_old_zip_is_named(folder, capsys):
    spoil(folder)
    assert build() == 1
    assert not (folder / "dist").exists()
    assert "is from an earlier build" not in capsys.readouterr().err
    (folder / "dist").mkdir()
    (folder / ZIP).write_bytes(b"old")
    assert build() == 1
    captured = capsys.readouterr()
    assert captured.err == (
        f"packager: {OFFER} is not built: its findings stand at or above --fail-on\n"
        f"packager: '{ZIP}' is from an earlier build and stays as it was\n"
    )
    assert "output-without-parameter" in captured.out
    assert (folder / ZIP).read_bytes() == b"old"
    assert not (folder / RECORD).exists()


def test_findings_below_the_threshold_build(folder, capsys):
    spoil(folder)
    assert build("--fail-on", "never") == 0
    assert capsys.readouterr().err.endswith(": 1 error\n")
    assert (folder / ZIP).exists()
    assert json.loads((folder / RECORD).read_text("utf-8"))["checks"]["error"] == 1


def test_what_cannot_be_rendered_is_never_built(folder, capsys):
    change(folder, "mainTemplates/acme-app/mainTemplate.json.j2", '"{{ offer.version }}.0"', '"{{ ofer.version }}.0"')
    assert build("--fail-on", "never") == 1
    assert f"{OFFER} is not built: its sources cannot be rendered" in capsys.readouterr().err
    assert not (folder / "dist").exists()


def test_two_plans_that_would_write_the_same_zip_are_refused(folder, capsys):
    assert run(["init", "acme-app-x"]) == 0
    change(folder, "marketplace/acme-app-x/offer.yaml", "id: standard", "id: y")
    change(folder, OFFER, "id: standard", "id: x-y")
    assert run(["build", OFFER, "marketplace/acme-app-x/offer.yaml", *TODAY]) == 2
    assert "two plans would both be written to 'dist/acme-app-x-y-1.0.0.zip'" in capsys.readouterr().err
    assert not (folder / "dist").exists()


def test_an_offer_that_is_absent_keeps_no_other_from_being_built(folder, capsys):
    assert run(["build", "absent.yaml", OFFER, *TODAY, "--format", "json"]) == 2
    captured = capsys.readouterr()
    assert json.loads(captured.out)["summary"]["files"] == 4
    assert "packager: absent.yaml is not built: it cannot be read, or has no such plan\n" in captured.err
    assert "packager: 'absent.yaml' does not exist\n  hint: name an offer.yaml\n" in captured.err
    assert (folder / ZIP).exists()


def test_a_folder_is_no_offer_but_leads_to_one(folder, capsys):
    assert run(["build", "marketplace/acme-app", *TODAY]) == 2
    expected = f"packager: 'marketplace/acme-app' is a folder\n  hint: name the offer file: {OFFER}\n"
    assert expected in capsys.readouterr().err


@pytest.mark.parametrize(("value", "code"), [("1700000000", 0), ("soon", 2)])
def test_source_date_epoch(folder, monkeypatch, capsys, value, code):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    assert build() == code
    if code:
        assert "SOURCE_DATE_EPOCH is 'soon'" in capsys.readouterr().err
        assert not (folder / "dist").exists()
    else:
        with zipfile.ZipFile(folder / ZIP) as archive:
            assert {info.date_time for info in archive.infolist()} == {(2023, 11, 14, 22, 13, 20)}


def test_an_output_folder_that_cannot_be_made(folder, capsys):
    (folder / "dist").write_text("a file")
    assert build("--out", "dist/inner") == 2
    assert "'dist/inner' cannot be made: Not a directory" in capsys.readouterr().err


def test_a_second_build_gives_the_same_bytes(folder, capsys):
    assert build("--verify") == 0
    once = (folder / ZIP).read_bytes()
    assert build() == 0
    assert (folder / ZIP).read_bytes() == once


def test_builds_that_differ_are_refused(folder, capsys, monkeypatch):
    """The second build runs in another process, which reads the sources again: here they have changed in between."""
    from packager.assemble import twice

    elsewhere = twice._build_elsewhere

    def changed(*arguments):
        change(folder, "mainTemplates/acme-app/mainTemplate.json.j2", '"TLS1_2"', '"TLS1_3"')
        elsewhere(*arguments)

    monkeypatch.setattr(twice, "_build_elsewhere", changed)
    assert build("--verify") == 1
    assert capsys.readouterr().err == (
        "packager: plan 'standard': 'mainTemplate.json' differs from the second build: line 46 is "
        '\'"minimumTlsVersion": "TLS1_2",\' instead of \'"minimumTlsVersion": "TLS1_3",\'\n'
        f"packager: {OFFER} is not built: two builds of it differ\n"
    )
    assert not (folder / "dist").exists()


def test_a_second_build_that_fails_is_refused(folder, capsys, monkeypatch):
    from packager.assemble import twice

    elsewhere = twice._build_elsewhere

    def gone(*arguments):
        (folder / OFFER).unlink()
        elsewhere(*arguments)

    monkeypatch.setattr(twice, "_build_elsewhere", gone)
    assert build("--verify") == 1
    assert "the second build fails where the first did not" in capsys.readouterr().err
    assert not (folder / "dist").exists()


def test_a_build_opens_no_connection(folder, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a build uses no network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert build() == 0


def command(*options):
    return [sys.executable, "-m", "packager", "build", OFFER, *TODAY, *options]


@pytest.mark.slow
def test_concurrent_builds_do_not_disturb_each_other(folder):
    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(lambda _: subprocess.run(command(), capture_output=True, check=False), range(6)))
    assert [one.returncode for one in ended] == [0] * 6
    assert sorted(path.name for path in (folder / "dist").iterdir()) == [
        pathlib.Path(RECORD).name,
        pathlib.Path(ZIP).name,
    ]
    assert run(["verify", ZIP]) == 0


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
def test_a_killed_build_leaves_the_old_zip_or_a_whole_one(folder):
    (folder / "marketplace/acme-app/big").mkdir()
    (folder / "marketplace/acme-app/big/disk.bin").write_bytes(os.urandom(1 << 20) * 64)
    add_plan(folder, "\n    artifacts:\n      - {from: ./big/, to: big/}\n")
    before = time.monotonic()
    subprocess.run(command(), check=True, capture_output=True)
    duration, whole = time.monotonic() - before, (folder / ZIP).read_bytes()
    for step in range(12):
        (folder / ZIP).write_bytes(b"old")
        process = subprocess.Popen(command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(duration * (step + 1) / 12)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (folder / ZIP).read_bytes() in {b"old", whole}
        assert sorted(path.name for path in (folder / "dist").iterdir()) == sorted(
            pathlib.Path(name).name for name in (ZIP, RECORD)
        )


def test_an_attestation_is_a_statement_of_the_record(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert run(["init", "acme-app"]) == 0
    assert run(["build", "marketplace/acme-app/offer.yaml", "--today", "2026-11-24"]) == 0
    assert sorted(path.suffix for path in (tmp_path / "dist").iterdir()) == [".json", ".zip"]
    assert run(["build", "marketplace/acme-app/offer.yaml", "--today", "2026-11-24", "--attest"]) == 0
    record = json.loads((tmp_path / "dist/acme-app-standard-1.0.0.record.json").read_text(encoding="utf-8"))
    assert json.loads((tmp_path / "dist/acme-app-standard-1.0.0.intoto.json").read_text(encoding="utf-8")) == {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": "acme-app-standard-1.0.0.zip", "digest": {"sha256": record["archive"]["sha256"]}}],
        "predicateType": "urn:packager:build-record:1",
        "predicate": record,
    }
