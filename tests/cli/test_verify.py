"""`packager verify`: a zip against its record and against a fresh build."""

import json

import pytest

from packager.assemble.archive import write_archive
from packager.bundle.zipped import open_zip
from packager.cli.main import run

OFFER = "marketplace/acme-app/offer.yaml"
ZIP = "dist/acme-app-standard-1.0.0.zip"
RECORD = "dist/acme-app-standard-1.0.0.record.json"


@pytest.fixture
def folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert run(["init", "acme-app"]) == 0
    assert run(["build", OFFER, "--today", "2026-11-24"]) == 0
    capsys.readouterr()
    return tmp_path


def verify(capsys, *options):
    code = run(["verify", ZIP, *options])
    return code, capsys.readouterr().out.splitlines()


def tamper(folder):
    """The same names, other content, written as a build writes."""
    entries = open_zip(str(folder / ZIP)).entries
    contents = {name: entry.read() for name, entry in entries.items()}
    contents["mainTemplate.json"] = contents["mainTemplate.json"].replace(b"TLS1_2", b"TLS1_0")
    write_archive(folder / ZIP, {name: (lambda data=data: data) for name, data in contents.items()})


def test_a_built_package_is_as_recorded_and_as_a_fresh_build(folder, capsys, monkeypatch):
    same = f"{ZIP}: the same as a fresh build of {OFFER}, plan standard"
    assert verify(capsys) == (0, [f"{ZIP}: as recorded", same])
    assert verify(capsys, "--offer", OFFER) == (0, [f"{ZIP}: as recorded", same])
    assert verify(capsys, "--no-build") == (0, [f"{ZIP}: as recorded"])
    monkeypatch.chdir(folder.parent)  # the offer is found from the zip too
    assert run(["verify", str(folder / ZIP)]) == 0


def test_a_zip_that_was_changed_is_told_line_by_line(folder, capsys):
    tamper(folder)
    code, said = verify(capsys)
    assert code == 1
    assert said[0] == f"{ZIP}: 'mainTemplate.json' has other content than the record says"
    assert said[1].startswith(f"{ZIP}: archive: its sha256 is ")
    assert said[2] == (
        f"{ZIP}: 'mainTemplate.json' differs from a fresh build: line 46 is "
        '\'"minimumTlsVersion": "TLS1_0",\' instead of \'"minimumTlsVersion": "TLS1_2",\''
    )
    assert len(said) == 3


def test_sources_that_moved_on_are_told(folder, capsys):
    offer = folder / OFFER
    offer.write_text(offer.read_text("utf-8").replace("version: 1.0.0", "version: 1.1.0"), encoding="utf-8")
    code, said = verify(capsys)
    assert code == 1
    assert said[:2] == [
        f"{ZIP}: as recorded",
        f"{ZIP}: the record says version 1.0.0, and a fresh build is 'acme-app-standard-1.1.0.zip'",
    ]
    assert said[2].endswith('\'"contentVersion": "1.0.0.0",\' instead of \'"contentVersion": "1.1.0.0",\'')


def test_variables_can_be_set_as_they_were_for_the_build(folder, capsys):
    assert run(["build", OFFER, "--today", "2026-11-24", "--set", "namePrefix=other"]) == 0
    capsys.readouterr()
    assert verify(capsys)[0] == 1
    assert verify(capsys, "--set", "namePrefix=other")[0] == 0


def test_another_time_is_told(folder, capsys, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    code, said = verify(capsys)
    assert code == 1
    assert said[1].endswith("of a fresh build; SOURCE_DATE_EPOCH was another")


def refusal(capsys, *arguments):
    code = run(["verify", *arguments])
    captured = capsys.readouterr()
    assert captured.out == ""
    return code, captured.err


def test_what_is_absent_is_a_usage_error(folder, capsys):
    assert refusal(capsys, "absent.zip") == (
        2,
        "packager: 'absent.zip' is no file\n  hint: `packager build` writes packages to dist/\n",
    )
    (folder / RECORD).unlink()
    code, said = refusal(capsys, ZIP)
    assert (code, said.splitlines()[0]) == (2, f"packager: '{RECORD}' cannot be read: No such file or directory")


def test_a_record_of_another_schema_is_refused(folder, capsys):
    record = json.loads((folder / RECORD).read_text("utf-8"))
    (folder / RECORD).write_text(json.dumps(record | {"schema": 7}), encoding="utf-8")
    code, said = refusal(capsys, ZIP)
    assert (code, "has schema 7; this packager reads build records of schema 1" in said) == (1, True)


def test_an_offer_that_is_not_found_leaves_the_record_alone(folder, capsys):
    (folder / OFFER).rename(folder / "marketplace/acme-app/other.yaml")
    missing = "the offer 'acme-app' is not found near the zip or this folder"
    assert run(["verify", ZIP]) == 0
    captured = capsys.readouterr()
    assert captured.out == f"{ZIP}: as recorded\n"
    note = f"not compared with a fresh build: {missing}; name its offer.yaml with --offer"
    assert captured.err == f"packager: {note}\n"
    assert run(["verify", ZIP, "--build"]) == 2
    assert missing in capsys.readouterr().err
    tamper(folder)
    assert run(["verify", ZIP]) == 1


def test_an_offer_that_is_there_twice_must_be_named(folder, capsys):
    (folder / "marketplace/twin").mkdir()
    (folder / "marketplace/twin/offer.yaml").write_bytes((folder / OFFER).read_bytes())
    assert run(["verify", ZIP, "--build"]) == 2
    twins = "'marketplace/acme-app/offer.yaml', 'marketplace/twin/offer.yaml'"
    assert f"the offer 'acme-app' is in {twins}" in capsys.readouterr().err
    assert run(["verify", ZIP, "--offer", OFFER]) == 0


def test_a_zip_that_is_cut_short_is_refused(folder, capsys):
    (folder / ZIP).write_bytes((folder / ZIP).read_bytes()[:-100])
    assert run(["verify", ZIP]) == 1
    assert "this is no zip that can be read" in capsys.readouterr().err


def test_sources_that_cannot_be_packed_are_refused_at_their_line(folder, capsys):
    template = folder / "mainTemplates/acme-app/mainTemplate.json.j2"
    template.write_text(template.read_text("utf-8").replace("offer.version", "offer.versio"), encoding="utf-8")
    assert run(["verify", ZIP]) == 1
    assert "mainTemplates/acme-app/mainTemplate.json.j2:4: " in capsys.readouterr().err
