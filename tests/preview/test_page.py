"""The page in a real browser: what somebody at it sees and can do."""

import copy
import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from packager.cli.main import packager
from tests.preview.browser import browser_page, needs_browser
from tests.preview.package import FORM, HOSTILE, write_package
from tests.preview.serving import Page, previewed

pytestmark = pytest.mark.slow
MOJALOOP = "marketplace/mojaloop/offer.yaml"
ANSWERS = Path("tests/offers/mojaloop/answers.yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_package(tmp_path / "acme")


@pytest.fixture
def served(folder: Path) -> Iterator[Page]:
    needs_browser()
    with previewed(str(folder)) as page:
        yield page


def ready(page: Any, tab: str) -> None:
    page.wait_for_selector(f'html[data-ready="{tab}"]')


def messages(page: Any) -> list[str]:
    return [one.inner_text() for one in page.query_selector_all("#step .errors p")]


def test_from_the_first_tab_to_the_review(served: Page) -> None:
    with browser_page() as page:
        page.goto(served.address)
        ready(page, "basics")
        assert page.title() == "Create acme"
        page.get_by_label("prefix").fill("NO")
        page.wait_for_selector("#step .errors p")
        assert messages(page) == ["Use 3 to 8 letters."]
        assert page.get_by_role("tab", name="Machines").is_disabled()
        page.get_by_label("prefix").fill("globex")
        page.wait_for_selector("#step .errors p", state="detached")
        page.get_by_role("button", name="Next").click()
        ready(page, "machines")

        page.get_by_role("button", name="Review + create").click()
        page.wait_for_selector("#step .errors p")
        assert "a value is required" in messages(page)
        page.get_by_label("Password").fill("Corr3ct-h0rse")
        page.wait_for_selector("text=The passwords do not match")
        page.get_by_label("Once more").fill("Corr3ct-h0rse")
        page.wait_for_selector("#step .errors p", state="detached")

        page.get_by_role("tab", name="Would deploy").click()
        page.get_by_role("spinbutton", name="count").fill("3")
        page.wait_for_selector("tr.added")
        assert page.locator("tr.added td").first.inner_text().startswith("globex2")
        page.get_by_label("store").uncheck()
        page.wait_for_selector("tr.removed")
        page.get_by_role("button", name="Graph").click()
        assert page.locator("svg.graph g.node").count() == 3

        page.get_by_role("tab", name="Outputs").click()
        assert '"value": "globex"' in page.locator("#panel").inner_text()
        assert "Corr3ct" not in page.locator("#panel").inner_text()
        page.get_by_label("Show secrets").check()
        assert "Corr3ct-h0rse" in page.locator("#panel").inner_text()

        page.get_by_role("button", name="Review + create").click()
        ready(page, "review + create")
        text = page.locator("#step").inner_text()
        assert "Validation passed" in text
        assert "Corr3ct" not in text


def test_hostile_text_stays_text(served: Page) -> None:
    with browser_page() as page:
        page.goto(served.address)
        ready(page, "basics")
        page.get_by_role("tab", name="Machines").click()
        ready(page, "machines")
        page.wait_for_timeout(200)
        assert page.title() == "Create acme"
        assert page.locator("#step img, #step script").count() == 0
        assert HOSTILE not in page.locator("#step").inner_html()


def test_a_hostile_label_and_name_stay_text(tmp_path: Path) -> None:
    form = copy.deepcopy(FORM)
    form["parameters"]["basics"][0] |= {"label": HOSTILE, "toolTip": HOSTILE, "defaultValue": HOSTILE}
    form["parameters"]["steps"][0]["label"] = HOSTILE
    needs_browser()
    with previewed(str(write_package(tmp_path / "acme", form))) as served, browser_page() as page:
        page.goto(served.address)
        ready(page, "basics")
        page.wait_for_timeout(200)
        assert page.title() == "Create acme"
        assert page.get_by_role("tab", name="<script>").count() == 1
        assert page.locator("main img, main script").count() == 0


def test_a_change_of_the_source_is_shown_and_answers_stay(served: Page, folder: Path) -> None:
    with browser_page() as page:
        page.goto(served.address)
        ready(page, "basics")
        page.get_by_label("prefix").fill("globex")
        page.wait_for_selector("text=globex")
        form = copy.deepcopy(FORM)
        form["parameters"]["steps"][0]["label"] = "Computers"
        write_package(folder, form)
        page.wait_for_selector("text=Computers")
        assert page.get_by_label("prefix").input_value() == "globex"
        (folder / "createUiDefinition.json").write_text("{")
        page.wait_for_selector("#notice:not([hidden])")
        assert "createUiDefinition.json:1:2" in page.locator("#notice").inner_text()


def test_it_can_be_used_with_the_keyboard_in_both_themes_and_on_a_narrow_window(served: Page) -> None:
    with browser_page(width=420) as page:
        page.goto(served.address)
        ready(page, "basics")
        assert page.evaluate("document.documentElement.scrollWidth") <= 420
        page.get_by_role("tab", name="Basics").focus()
        page.keyboard.press("ArrowRight")
        ready(page, "machines")
        assert page.evaluate("document.activeElement.dataset.step") == "machines"
        light = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.get_by_role("button", name="Dark").click()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
        required = page.locator("#step input[aria-required=true]")
        assert required.count() == 2
        page.locator(".tip-mark").first.focus()
        assert page.locator(".tip-text").first.is_visible()


def test_the_source_of_a_finding_opens_at_its_line(served: Page) -> None:
    with browser_page() as page:
        page.goto(served.address)
        ready(page, "basics")
        page.get_by_role("tab", name="Findings").click()
        page.locator(".finding button.link").first.click()
        page.wait_for_selector("dialog[open] .line.marked")
        page.keyboard.press("Escape")
        assert page.locator("dialog[open]").count() == 0


def test_the_form_of_the_mojaloop_offer_from_start_to_review(tmp_path: Path) -> None:
    """The answers of a size come from a file; one field is filled in at the page."""
    needs_browser()
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(yaml.safe_load(ANSWERS.read_text())["standard"]))
    with previewed(MOJALOOP, "--plan", "standard", "--answers", str(answers)) as served, browser_page() as page:
        page.goto(served.address)
        ready(page, "basics")
        page.get_by_label("Name prefix").fill("NO")
        page.wait_for_selector("#step .errors p")
        page.get_by_label("Name prefix").fill("moja7")
        page.wait_for_selector("#step .errors p", state="detached")
        names = [one.get_attribute("data-step") for one in page.query_selector_all("#tabs button")]
        for name in names[1:]:
            page.locator("#footer button.primary").click()
            ready(page, name)
        assert "Validation passed" in page.locator("#step").inner_text()
        page.get_by_role("tab", name="Would deploy").click()
        page.wait_for_selector(".resources tbody tr")
        assert "moja7" in page.locator(".resources").inner_text()
        page.get_by_label("Plan").select_option(index=0)
        page.wait_for_selector("text=Plan evaluation")


def test_pictures_of_every_tab(folder: Path, tmp_path: Path) -> None:
    needs_browser()
    target = tmp_path / "pictures"
    done = CliRunner().invoke(packager, ["preview", str(folder), "--screenshot", str(target)], standalone_mode=False)
    assert (done.exception, done.return_value) == (None, 0)
    names = sorted(one.name for one in target.iterdir())
    assert names == ["01-basics.png", "02-machines.png", "03-review-create.png"]
    for name in names:
        data = (target / name).read_bytes()
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        width, height = struct.unpack(">II", data[16:24])
        assert (width, height >= 720) == (1280, True)


def test_the_exported_page_stands_alone(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    done = CliRunner().invoke(packager, ["preview", str(folder), "--export", str(file)], standalone_mode=False)
    assert (done.exception, done.return_value) == (None, 0)
    with browser_page() as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        ready(page, "basics")
        assert page.get_by_label("prefix").is_disabled()
        page.get_by_role("tab", name="Review + create").click()
        ready(page, "review + create")
        page.get_by_role("tab", name="Would deploy").click()
        assert page.locator(".resources tbody tr").count() == 3
        assert asked == [file.as_uri()]
