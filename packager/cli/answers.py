"""Reads the files that answer a form, and writes those that its simulation gives."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from packager.cli.inputs import read_input
from packager.dryrun.parameters import parameter_file
from packager.errors import RefusedError, UsageError
from packager.source.atomic import write_atomically
from packager.source.document import Document
from packager.source.reading import ABSENT
from packager.ui.simulation.answers import NO_ANSWERS, Answers, read_answers
from packager.ui.simulation.ask import setting
from packager.ui.simulation.form import Control, Form
from packager.ui.simulation.responses import NO_RESPONSES, Responses, response_of
from packager.ui.values import Value, json_form

_MOST_DOUBTS = 20
_MOST_BYTES = 16 * 1024 * 1024


def answers_in(path: str | None, form: Form) -> Answers:
    """The answers in a YAML or JSON file; unknown names are warned about, wrong types refused."""
    if path is None:
        return NO_ANSWERS
    document = read_input(path, "answers")
    if not isinstance(document.value, dict) and document.value is not None:
        raise UsageError("the answers file holds no object", where=path, hint="write scope, basics and steps")
    _refuse_twice(document, path)
    answers, doubts = read_answers(document.value, form)
    wrong = next((doubt for doubt in doubts if doubt.is_wrong), None)
    if wrong is not None:
        line = document.place_of(document.span(wrong.at, key=True)).line
        raise RefusedError(wrong.message, where=f"{path}:{line}", hint="--write-answers shows what is asked for")
    for doubt in doubts[:_MOST_DOUBTS]:
        place = document.place_of(document.span(doubt.at, key=True))
        click.echo(f"packager: {path}:{place.line}: {doubt.message}", err=True)
    if len(doubts) > _MOST_DOUBTS:
        click.echo(f"packager: {path}: and {len(doubts) - _MOST_DOUBTS} more that the form does not ask for", err=True)
    return _with_files(answers, form, Path(path).parent)


def _refuse_twice(document: Document, path: str) -> None:
    """Raises RefusedError for a name that has two answers: nobody can tell which one is meant."""
    for one in document.deviations:
        if one.kind == "duplicate-key":
            name = document.text[one.span.start : one.span.end].strip("\"'")[:80]
            line = document.place_of(one.span).line
            raise RefusedError(f"'{name}' is answered twice", where=f"{path}:{line}", hint="keep one of the two")


def responses_in(path: str | None) -> Responses:
    """The responses in a file: a list of `{"method", "path", "response"}`."""
    if path is None:
        return NO_RESPONSES
    document = read_input(path, "responses")
    entries = document.value
    if not isinstance(entries, list):
        hint = 'write [{"method": "GET", "path": "...", "response": {...}}]'
        raise UsageError("the responses file holds no list", where=path, hint=hint)
    for number, entry in enumerate(entries):
        problem = _entry_problem(entry)
        if problem is not None:
            line = document.place_of(document.span((number,))).line
            raise UsageError(problem, where=f"{path}:{line}", hint='an entry has "method", "path" and "response"')
    return Responses(tuple(map(response_of, entries)))


def _entry_problem(entry: Any) -> str | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("path"), str):
        return "an entry of the responses has no path"
    if "response" not in entry:
        return f"the response to '{entry['path'][:80]}' is missing"
    return None


def _with_files(answers: Answers, form: Form, folder: Path) -> Answers:
    """The same answers with the contents of the files that uploads name as `{file: path}`."""
    for control in form.controls:
        answer = answers.of(control)
        if control.kind == "FileUpload" and answer is not ABSENT:
            files = answer if isinstance(answer, list) else [answer]
            contents = [_content(one, control, folder) for one in files]
            answers = answers.with_value(control.path, contents if isinstance(answer, list) else contents[0])
    return answers


def _content(answer: Any, control: Control, folder: Path) -> Any:
    name = answer.get("file") if isinstance(answer, dict) else None
    if not isinstance(name, str):
        return answer
    if setting(control.value, "options", "uploadMode") == "url":
        raise UsageError(f"{control.path} puts out an address, not the content of a file", hint="answer with a URL")
    try:
        with (folder / name).open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"the file '{name}' for {control.path} cannot be read: {reason}") from None
    if len(data) > _MOST_BYTES:
        raise UsageError(f"the file '{name}' for {control.path} has more than {_MOST_BYTES // 2**20} MB")
    if setting(control.value, "options", "openMode") == "binary":
        return base64.b64encode(data).decode("ascii")
    encoding = setting(control.value, "options", "encoding")
    return _decoded(data, encoding if isinstance(encoding, str) else "utf-8")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, "replace").removeprefix("\ufeff")
    except LookupError:  # an encoding that nobody knows; the portal has UTF-8 for default
        return data.decode("utf-8", "replace")


def write_text(path: str, text: str, mode: int = 0o644) -> None:
    """Write a whole text file or none."""
    write_atomically(Path(path), text.encode("utf-8", "replace"), mode)


def parameter_text(parameters: Mapping[str, Value]) -> str:
    """The outputs as the parameter file of a deployment."""
    content = parameter_file({name: json_form(value) for name, value in parameters.items()})
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
