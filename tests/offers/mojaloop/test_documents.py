"""What documents say of the offer: names that exist, options that scripts take, requests that the API has."""

import json
import pathlib
import re

import pytest
import yaml

from packager.cli.main import run

pytestmark = pytest.mark.slow

ROOT = pathlib.Path(__file__).parents[3]
OFFER = ROOT / "marketplace/mojaloop"
PAGES = sorted((ROOT / "docs/mojaloop").glob("*.md"))
OPERATIONS = yaml.safe_load((OFFER / "api/operations.yaml").read_text())


def requests():
    collection = json.loads((OFFER / "api/mojaloop.postman_collection.json").read_text())
    assert collection["info"]["schema"] == "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    return [item["request"] for folder in collection["item"] for item in folder["item"]]


def test_that_the_collection_has_the_operations_of_the_table():
    expected = [
        (method, f"/{path}{'' if template == '/' else template}")
        for path, api in OPERATIONS.items()
        for template, methods in api["operations"].items()
        for method in methods
    ]
    found = [
        (one["method"], re.sub(r":(\w+)", r"{\1}", one["url"]["raw"].removeprefix("{{gatewayUrl}}")))
        for one in requests()
    ]
    assert found == expected


def test_that_requests_have_the_headers_that_the_policy_demands():
    for one in requests():
        names = {header["key"] for header in one["header"]}
        demanded = {"FSPIOP-Source", "Date", "Content-Type"} | (
            {"Accept"} if one["method"] in {"GET", "POST", "DELETE"} else set()
        )
        assert demanded <= names
        variables = [variable["key"] for variable in one["url"]["variable"]]
        assert variables == [part[1:] for part in one["url"]["path"] if part.startswith(":")]
        assert "/".join(one["url"]["path"]) == one["url"]["raw"].removeprefix("{{gatewayUrl}}/")


def commands(page):
    """Command lines of a page, continued ones in one."""
    for block in re.findall(r"```console\n(.*?)```", page.read_text(), re.DOTALL):
        text = re.sub(r"\\\n\s*", "", block)
        yield from (line.strip().removeprefix("$ ") for line in text.splitlines() if line.strip().startswith("$ "))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_that_scripts_take_the_options_that_pages_give_them(page):
    for command in commands(page):
        name = re.match(r"marketplace/mojaloop/scripts/([\w-]+\.sh)", command)
        if name is None:
            continue
        source = (OFFER / "scripts" / name[1]).read_text() + (OFFER / "scripts/commissioning.sh").read_text()
        for option in re.findall(r" (--[a-z-]+)", command):
            assert re.search(rf"{option}(?:\)| \|)", source), (page.name, command, option)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_that_files_which_pages_name_exist(page):
    for name in re.findall(
        r"`((?:marketplace|mainTemplates|createUiDefinition|scripts|helm)/[\w./-]+)`", page.read_text()
    ):
        assert (ROOT / name).exists() or (OFFER / name).exists(), (page.name, name)


def test_that_outputs_which_pages_name_exist(mojaloop):
    outputs = mojaloop["standard"].json("mainTemplate.json")["outputs"]
    for page in PAGES:
        for name in re.findall(r"outputs? `(\w+)`", page.read_text()):
            assert name in outputs, (page.name, name)
    table = (ROOT / "docs/mojaloop/getting-started.md").read_text().partition("| output | is |")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", table)) <= set(outputs)


def test_that_the_page_on_the_policy_names_the_codes_that_it_gives(mojaloop):
    text = json.dumps(mojaloop["standard"].json("nested/apim.json"))
    given = set(re.findall(r'errorCode\\*": \\*"(\d{4})', text))
    page = (ROOT / "docs/mojaloop/api-management.md").read_text()
    told = set(re.findall(r"\| (?:4|5)\d\d \| (\d{4}) \|", page))
    assert told <= given
    assert given - told == {"2001", "3002"}, "server errors and unknown addresses need no row of their own"


def test_that_named_values_of_pages_exist(mojaloop):
    named = {
        one["properties"]["displayName"]
        for one in mojaloop["standard"].json("nested/apim.json")["resources"]
        if one["type"].endswith("/namedValues")
    }
    for page in PAGES:
        for name in re.findall(r"named value `([\w-]+)`", page.read_text()):
            assert name in named, (page.name, name)


@pytest.mark.parametrize(
    ("offer", "plan", "answers"),
    [
        ("mojaloop", "evaluation", "answers.yaml"),
        ("mojaloop-local", "azure-local", "answers-azure-local.yaml"),
        ("mojaloop-stackhub", "azure-stack-hub", "answers-azure-stack-hub.yaml"),
    ],
)
def test_that_the_answers_with_which_pictures_are_drawn_deploy(offer, plan, answers, capsys):
    path = str(ROOT / "marketplace" / offer / "offer.yaml")
    command = ["simulate", path, "--plan", plan, "--answers", str(ROOT / "docs/mojaloop" / answers), "--template", path]
    assert run([*command, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["errors"] == []


def test_that_every_tab_has_a_picture(mojaloop, mojaloop_local, stackhub):
    """Named as `preview --screenshot` names them."""
    pictured(mojaloop["evaluation"], "images", "getting-started.md")
    pictured(mojaloop_local["azure-local"], "images/local", "azure-local.md")
    pictured(stackhub, "images/stackhub", "azure-stack-hub.md")


def pictured(package, folder, page):
    form = package.json("createUiDefinition.json")["parameters"]
    tabs = ["basics", *(step["name"] for step in form["steps"]), "review-create"]
    names = [f"{folder}/{number:02}-{name}.png" for number, name in enumerate(tabs, 1)]
    assert all((ROOT / "docs/mojaloop" / name).is_file() for name in names)
    text = (ROOT / "docs/mojaloop" / page).read_text()
    assert re.findall(r"\((images/[\w/-]+\.png)\)", text) == names


def test_that_operators_may_take_the_actions_that_their_scripts_need(mojaloop):
    """In spite of a lock on the managed resource group."""
    listing = yaml.safe_load((OFFER / "listing/listing.yaml").read_text())
    for plan in mojaloop:
        actions = {one.partition("/")[2] for one in listing["plans"][plan]["technicalConfiguration"]["customerActions"]}
        needed = {"managedClusters": ("start", "stop", "runCommand"), "flexibleServers": ("start", "stop")}
        assert {f"{kind}/{verb}/action" for kind, verbs in needed.items() for verb in verbs} <= actions
        assert {"workflows/triggers/run/action", "service/namedValues/write"} <= actions
