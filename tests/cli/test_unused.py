"""`--set` of a name that nothing asks for is told by every verb that takes it."""

import pytest

from packager.cli.main import run

OFFER = "marketplace/acme/offer.yaml"
ZIP = "dist/acme-standard-1.0.0.zip"
NAMED = "--set namePrefx: no source of this plan asks for it; did you mean 'namePrefix'?"
UNMADE = "--set namePrefx: nothing asks for it, because '{}' is not made from sources"


@pytest.fixture
def folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["init", "acme"]) == 0
    assert run(["build", OFFER, "--today", "2026-11-24"]) == 0
    capsys.readouterr()


@pytest.mark.parametrize(
    "words",
    [
        ("check", OFFER),
        ("build", OFFER),
        ("arm-ttk", OFFER),
        ("render", OFFER),
        ("simulate", OFFER),
        ("simulate", "createUiDefinition/acme/createUiDefinition.json.j2"),
        ("simulate", ZIP, "--template", OFFER),
        ("expand", OFFER),
        ("prove", OFFER, "--budget", "1"),
        ("diff", ZIP, OFFER),
        ("verify", ZIP),
    ],
    ids=" ".join,
)
def test_of_an_offer(words, folder, capsys):
    run([*words, "--set", "namePrefx=x"])
    out, err = capsys.readouterr()
    assert (out + err).count(NAMED) == 1


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("check", ZIP), ZIP),
        (("arm-ttk", ZIP), ZIP),
        (("simulate", ZIP), ZIP),
        (("expand", ZIP), ZIP),
        (("expand", "mainTemplate.json"), "mainTemplate.json"),
        (("prove", ZIP, "--budget", "1"), ZIP),
        (("diff", ZIP, ZIP), f"{ZIP}' or '{ZIP}"),
        (("preview", ZIP, "--export", "page.html"), ZIP),
    ],
    ids=str,
)
def test_of_what_is_not_made_from_sources(words, named, folder, capsys, tmp_path):
    (tmp_path / "mainTemplate.json").write_text('{"resources": []}', encoding="utf-8")
    run([*words, "--set", "namePrefx=x"])
    err = capsys.readouterr().err
    assert err.startswith(f"packager: {UNMADE.format(named)}\n  hint: name the offer.yaml of the package\n")


def test_what_is_asked_for_is_not_told(folder, capsys):
    for words in (("simulate", OFFER), ("expand", OFFER), ("diff", ZIP, OFFER)):
        run([*words, "--set", "namePrefix=x"])
        assert "--set" not in capsys.readouterr().err
