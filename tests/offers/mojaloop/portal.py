"""The portal's form of a package, answered as somebody would answer it."""

import copy
import json
import pathlib
from typing import Any

import yaml

from packager.cli.main import run


def changed(answers: Any, changes: dict[str, Any]) -> Any:
    """The answers with others at some paths, such as `steps/api/hostName`."""
    answers = copy.deepcopy(answers)
    for path, value in changes.items():
        *steps, last = path.split("/")
        place = answers
        for step in steps:
            place = place.setdefault(step, {})
        place[last] = value
    return answers


def fill_in(package: pathlib.Path, answers: Any, file: pathlib.Path, capsys: Any, *, template: bool) -> Any:
    """What the form makes of answers, which are written to `file`; with `template` also what it would deploy."""
    file.write_text(yaml.safe_dump(answers))
    deployed = ["--template", str(package / "mainTemplate.json")] if template else []
    form = str(package / "createUiDefinition.json")
    code = run(["simulate", form, "--answers", str(file), "--format", "json", *deployed])
    captured = capsys.readouterr()
    assert code in (0, 1), captured.err
    return json.loads(captured.out)
