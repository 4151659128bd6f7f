"""The verb `prove`."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from packager.cli.main import run
from tests.prove.planted import FORM, TEMPLATE, a_choice_more, planted


def package(folder: Path, form: Any = FORM, template: Any = TEMPLATE) -> str:
    folder.mkdir()
    (folder / "createUiDefinition.json").write_text(json.dumps(form, indent=2))
    (folder / "mainTemplate.json").write_text(json.dumps(template, indent=2))
    return str(folder)


def test_text_with_answers_to_paste(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = package(tmp_path / "acme", *planted(a_choice_more))
    assert run(["prove", path, "--budget", "100"]) == 1
    out = capsys.readouterr().out
    head, _, tail = out.partition("\n\n")
    assert head.splitlines()[1:] == [
        "    with these answers:",
        "      basics:",
        "        size: huge",
        "      steps:",
        "        extra:",
        "          secret: C",
    ]
    assert "error parameter-value: the value of 'size' 'huge' is none of the allowed values: small, large" in head
    assert tail.splitlines()[0] == f"{path}: 1 problem that the form lets through"
    assert "  elements shown: 6 of 6" in tail
    (tmp_path / "answers.yaml").write_text("\n".join(line[4:] for line in head.splitlines()[2:]))
    run(["simulate", path, "--answers", str(tmp_path / "answers.yaml"), "--template", path])
    assert json.loads(capsys.readouterr().out)["outputs"]["size"] == {"value": "huge"}


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = package(tmp_path / "acme", *planted(a_choice_more))
    assert run(["prove", path, "--format", "json", "--seed", "3"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["schema"], found["budget"], found["seed"]) == (1, 500, 3)
    (finding,) = found["findings"]
    assert {name: finding[name] for name in ("rule", "severity", "path", "plan", "file", "pointer", "source")} == {
        "rule": "parameter-value",
        "severity": "error",
        "path": path,
        "plan": None,
        "file": "mainTemplate.json",
        "pointer": "/parameters/size",
        "source": None,
    }
    assert finding["answers"]["basics"] == {"size": "huge"}
    (proof,) = found["proofs"]
    assert proof["stopped"] is None
    assert proof["coverage"]["elements"] == {"all": 6, "shown": 6, "never": []}
    assert proof["coverage"]["form"]["all"] == proof["coverage"]["form"]["both"]


def test_nothing_found_is_exit_0_and_every_plan_has_its_turn(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["prove", "marketplace/starter/offer.yaml"]) == 0
    assert "plan basic: no answers were found that the form accepts and the template refuses" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nowhere"], 2, "'nowhere' does not exist"),
        (["{folder}/createUiDefinition.json", "--plan", "x"], 2, "is no offer, so it has no plan 'x'"),
        (["{folder}", "--budget", "0"], 2, "--budget"),
        (["{empty}"], 2, "holds no portal form"),
        (["{broken}"], 1, "createUiDefinition.json:1:"),
    ],
)
def test_misuse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, message: str
) -> None:
    (tmp_path / "empty").mkdir()
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "createUiDefinition.json").write_text("{")
    (broken / "mainTemplate.json").write_text("{}")
    folder = package(tmp_path / "acme")
    places = {"folder": folder, "empty": tmp_path / "empty", "broken": broken}
    assert run(["prove", *(one.format(**places) for one in arguments)]) == code
    assert message in capsys.readouterr().err


def test_a_form_without_a_template(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = package(tmp_path / "acme")
    (Path(folder) / "mainTemplate.json").unlink()
    assert run(["prove", folder]) == 2
    assert "there is no template beside the form" in capsys.readouterr().err


def test_an_interrupt_prints_what_was_found(tmp_path: Path) -> None:
    form, template = planted(a_choice_more)
    template["resources"][0]["copy"]["count"] = "[add(mul(parameters('count'), 0), 300)]"
    path = package(tmp_path / "acme", form, template)
    command = [sys.executable, "-m", "packager", "prove", path, "--budget", "100000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            process.communicate(timeout=4)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode in {1, 130}
    if process.returncode == 130:
        assert "interrupted; seed 1" in out
        assert "packager: interrupted" in err
