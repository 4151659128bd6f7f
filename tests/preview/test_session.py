"""What answers do to the model behind the page."""

import copy
import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from packager.checks.config import Config
from packager.errors import RefusedError, UsageError
from packager.preview.opening import opener
from packager.preview.session import Session
from tests.preview.package import FORM, write_package

TODAY = datetime.date(2026, 11, 26)
SECRET = "Corr3ct-h0rse"


def session_of(folder: Path, **options: Any) -> Session:
    return Session(opener(str(folder), Config(), TODAY, {}), **options)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_of(write_package(tmp_path / "acme"))


def answer(session: Session, path: str, value: Any, *key: str | int, confirm: bool = False) -> dict[str, Any]:
    session.change([{"path": path, "key": key, "value": value, "confirm": confirm}])
    return session.model()


def field(model: dict[str, Any], path: str, *key: str | int, confirm: bool = False) -> dict[str, Any]:
    def inside(fields: list[dict[str, Any]]) -> Any:
        for one in fields:
            yield one
            yield from inside(one.get("children", []))
            yield from (cell for row in one.get("cells", []) for cell in row)

    wanted = (path, key, confirm)
    found = inside([one for step in model["steps"] for one in step["fields"]])
    asked = [one for one in found if one["control"] not in {"group", "section"}]
    return next(one for one in asked if (one["path"], one["key"], one.get("confirm", False)) == wanted)


def names(model: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(one["name"], one["change"]) for one in model["deploy"]["resources"]]


def test_the_first_model(session: Session) -> None:
    model = session.model()
    assert (model["title"], model["subtitle"], model["plan"], model["wizard"]) == (
        "acme",
        "createUiDefinition.json",
        None,
        True,
    )
    assert [(step["name"], step["label"], step["errors"], step["locked"]) for step in model["steps"]] == [
        ("basics", "Basics", 0, False),
        ("machines", "Machines", 1, False),
    ]
    assert model["locked"]
    assert [one["label"] for one in model["steps"][0]["fields"]] == ["Subscription", "", "Region", "prefix"]
    assert field(model, "steps/machines/count")["value"] == 2
    assert field(model, "steps/machines/secret")["errors"] == []
    assert model["outputs"]["count"] == {"value": 2}
    assert model["secrets"] == ["secret"]
    assert names(model) == [("acme0", None), ("acme1", None), ("acmestore", None)]
    assert json.dumps(model)


def test_an_answer_changes_outputs_and_resources(session: Session) -> None:
    session.model()
    model = answer(session, "steps/machines/count", 3)
    assert model["outputs"]["count"] == {"value": 3}
    assert names(model) == [("acme0", None), ("acme1", None), ("acme2", "added"), ("acmestore", None)]
    model = answer(session, "steps/machines/store", False)
    assert names(model)[-1] == ("acmestore", "removed")
    assert model["deploy"]["resources"][-1]["type"] == "Microsoft.Storage/storageAccounts"
    assert model["deploy"]["skipped"] == 1


def test_the_model_may_be_asked_for_twice(session: Session) -> None:
    session.model()
    assert answer(session, "steps/machines/count", 3) == session.model()


def test_a_wrong_answer_says_why_and_locks_the_next_step(session: Session) -> None:
    model = answer(session, "basics/prefix", "NO")
    assert field(model, "basics/prefix")["errors"] == ["Use 3 to 8 letters."]
    assert [step["locked"] for step in model["steps"]] == [False, True]
    model = answer(session, "basics/prefix", "good")
    assert [step["locked"] for step in model["steps"]] == [False, False]


def test_what_is_required_complains_when_its_step_is_left(session: Session) -> None:
    session.leave("machines")
    model = session.model()
    messages = [one["errors"] for one in model["steps"][1]["fields"] if one["path"] == "steps/machines/secret"]
    assert messages == [["a value is required"]]
    assert model["steps"][1]["seen"]


def test_the_second_password_has_to_be_the_same(session: Session) -> None:
    model = answer(session, "steps/machines/secret", SECRET)
    assert field(model, "steps/machines/secret", confirm=True)["errors"] == ["The passwords do not match"]
    assert model["steps"][1]["errors"] == 1
    model = answer(session, "steps/machines/secret", SECRET, confirm=True)
    assert field(model, "steps/machines/secret", confirm=True)["errors"] == []
    assert not model["locked"]
    assert [one["value"] for one in model["steps"][1]["review"] if one["label"] == "Password"] == ["••••••••"]


def test_tags_are_typed_row_by_row(session: Session) -> None:
    model = answer(session, "steps/machines/tags", [{}])
    assert model["outputs"]["tags"] == {"value": {}}
    answer(session, "steps/machines/tags", "Dept", 0, "name")
    model = answer(session, "steps/machines/tags", "Microsoft.Storage/storageAccounts", 0, "resource")
    assert model["outputs"]["tags"] == {"value": {"Microsoft.Storage/storageAccounts": {"Dept": ""}}}
    assert field(model, "steps/machines/tags", 0, "name")["value"] == "Dept"


def test_the_place_is_an_answer_too(session: Session) -> None:
    answer(session, "scope", "westeurope", "location")
    model = answer(session, "scope", "rg-one", "resourceGroup", "name")
    assert model["outputs"]["location"] == {"value": "westeurope"}
    assert field(model, "scope", "resourceGroup", "name")["value"] == "rg-one"
    assert "/resourceGroups/rg-one/" in model["deploy"]["resources"][0]["id"]


def test_saved_answers_can_be_loaded(session: Session) -> None:
    before = answer(session, "steps/machines/count", 5)
    text = session.answers_text()
    session.reset()
    assert session.model()["outputs"]["count"] == {"value": 2}
    session.load(text)
    assert session.model()["outputs"] == before["outputs"]


def test_what_are_no_answers_is_refused_and_changes_nothing(session: Session) -> None:
    answer(session, "steps/machines/count", 5)
    for text in ("nothing: here", "[1", "- 1"):
        with pytest.raises(RefusedError):
            session.load(text)
    assert session.model()["outputs"]["count"] == {"value": 5}


def test_the_parameter_file(session: Session) -> None:
    file = session.parameter_file()
    assert file["$schema"].endswith("deploymentParameters.json#")
    assert file["parameters"]["prefix"] == {"value": "acme"}


@pytest.mark.parametrize("path", ["basics/none", "steps", "", "steps/machines"])
def test_an_answer_to_nothing_is_refused(session: Session, path: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        answer(session, path, 1, "x")
        session.change([{"path": path + "/no", "key": [], "value": 1}])


def test_answers_stay_when_the_sources_change(session: Session, tmp_path: Path) -> None:
    answer(session, "steps/machines/count", 4)
    changed = copy.deepcopy(FORM)
    changed["parameters"]["steps"][0]["label"] = "Computers"
    write_package(tmp_path / "acme", changed)
    session.reload()
    model = session.model()
    assert model["steps"][1]["label"] == "Computers"
    assert model["outputs"]["count"] == {"value": 4}


def test_while_a_source_is_broken_the_page_stays_and_says_so(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "acme/createUiDefinition.json"
    good = file.read_text()
    file.write_text(good[:200])
    session.reload()
    model = session.model()
    assert "createUiDefinition.json:" in model["trouble"]
    assert model["steps"][1]["label"] == "Machines"
    file.write_text(good)
    session.reload()
    assert session.model()["trouble"] is None


def test_only_files_that_findings_name_are_shown(session: Session) -> None:
    named = {one["file"] for one in session.model()["findings"]}
    assert named
    assert session.source(next(iter(named)))[0] == "{"
    for other in ("../secret", "/etc/passwd", "nothing.json"):
        with pytest.raises(UsageError):
            session.source(other)


def test_a_form_without_a_template(tmp_path: Path) -> None:
    model = session_of(write_package(tmp_path / "acme", template=None)).model()
    assert model["deploy"] is None
    assert model["secrets"] == []


@pytest.mark.slow
def test_the_plans_of_an_offer() -> None:
    session = session_of(Path("marketplace/mojaloop/offer.yaml"))
    first = session.model()
    assert len(first["plans"]) > 1
    assert first["plan"] == first["plans"][0]["id"]
    other = first["plans"][1]["id"]
    session.use_plan(other)
    assert session.model()["plan"] == other
    assert session.watched()
