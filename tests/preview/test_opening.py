"""From a PATH to what the page is about."""

import datetime
import pathlib

import pytest

from packager.checks.config import Config
from packager.cli.main import run
from packager.errors import RefusedError, UsageError
from packager.preview.opening import open_subject
from packager.render import render

OFFER = "marketplace/acme/offer.yaml"
DAY = datetime.date(2026, 11, 24)


@pytest.fixture
def offer(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["init", "acme"]) == 0
    file = pathlib.Path(OFFER)
    text = file.read_text(encoding="utf-8")
    second = text[text.index("  - id: standard") :].replace("id: standard", "id: second")
    file.write_text(text.rstrip("\n") + "\n" + second, encoding="utf-8")
    capsys.readouterr()
    return file


def opened(path, plan=None):
    return open_subject(str(path), plan, Config(), DAY, {})


def test_each_plan_is_rendered_once(offer, monkeypatch):
    rendered = []
    whole = render._bundle
    monkeypatch.setattr(
        render, "_bundle", lambda path, plan, *rest: rendered.append(plan.id) or whole(path, plan, *rest)
    )
    for plan, shown in ((None, "standard"), ("second", "second")):
        subject = opened(offer, plan)
        assert (subject.plan, subject.plans) == (shown, ("standard", "second"))
        assert subject.form.name == "createUiDefinition.json"
    assert rendered == ["standard", "second"] * 2


def test_a_source_and_a_folder_name_the_same_offer(offer):
    for path in ("marketplace/acme", "createUiDefinition/acme/createUiDefinition.json.j2"):
        assert opened(path).plans == ("standard", "second")


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        ('{"displayName": "Acme on a stamp"}', "Acme on a stamp"),
        ("{", "acme"),
        ("[]", "acme"),
        ('{"displayName": 1}', "acme"),
    ],
)
def test_an_item_of_a_stamps_marketplace_is_called_as_its_texts_say(offer, texts, title):
    file = pathlib.Path("marketplace/acme/gallery/strings/resources.resjson")
    file.parent.mkdir(parents=True)
    file.write_text(texts, encoding="utf-8")
    text = offer.read_text(encoding="utf-8")
    item = "    artifacts:\n      - {from: ./gallery/, to: gallery/}"
    offer.write_text(text.replace("  - id: standard", f"  - id: standard\n{item}", 1), encoding="utf-8")
    assert opened(offer).title == title


def test_what_cannot_be_opened_says_why(offer, tmp_path):
    with pytest.raises(UsageError, match="has no plan 'secnd'"):
        opened(offer, "secnd")
    with pytest.raises(UsageError, match="'absent' does not exist"):
        opened("absent")
    source = pathlib.Path("createUiDefinition/acme/createUiDefinition.json.j2")
    source.write_text("{{ nothing }}", encoding="utf-8")
    with pytest.raises(RefusedError, match=r"plan 'standard' of .* cannot be rendered"):
        opened(offer)
    offer.write_text("schema: 1\n", encoding="utf-8")
    with pytest.raises(RefusedError, match="cannot be read"):
        opened(offer)
