"""Small forms, run with answers."""

import json

import pytest

from packager.source.document import Document
from packager.ui.simulation.answers import read_answers
from packager.ui.simulation.form import read_form
from packager.ui.simulation.responses import Responses, response_of
from packager.ui.simulation.simulate import simulate

SCOPE = {
    "subscriptionId": "1",
    "tenantId": "2",
    "location": "westus",
    "resourceGroup": {"name": "rg1", "mode": "New", "location": "westus"},
}


def definition(basics=(), outputs=None, **more):
    """A form with elements in Basics and, by name, in steps."""
    steps = [
        {"name": name, "label": name.title(), "elements": list(one)} for name, one in more.pop("steps", {}).items()
    ]
    parameters = {"basics": list(basics), "steps": steps, "outputs": outputs or {}, **more}
    return {"handler": "Microsoft.Azure.CreateUIDef", "version": "0.1.2-preview", "parameters": parameters}


def form_view(steps, **outputs):
    steps = [{"name": name, "label": name.title(), "elements": list(one)} for name, one in steps.items()]
    return {"view": {"kind": "Form", "properties": {"title": "T", "steps": steps}, "outputs": outputs}}


def form_of(value):
    return read_form(Document.from_text("createUiDefinition.json", json.dumps(value)))


def run(value, answers=None, responses=(), *, scope=SCOPE, previous=None, now=None):
    """The simulation of a definition, with answers in the shape of an answers file."""
    form = previous.form if previous is not None else form_of(value)
    given, doubts = read_answers({"scope": scope, **(answers or {})}, form)
    assert doubts == []
    found = previous.responses if previous is not None else Responses(tuple(map(response_of, responses)))
    return simulate(form, given, found, now=now, previous=previous)


def element(kind, name="x", **more):
    return {"name": name, "type": f"Microsoft.{kind}", **more}


@pytest.fixture(scope="session")
def one():
    """Runs a form with a single element: its value and its errors."""

    def run_one(kind, answer=None, responses=(), **more):
        answers = {} if answer is None else {"basics": {"x": answer}}
        found = run(definition([element(kind, **more)]), answers, responses)
        state = found.state("basics/x")
        return state.output, [error.message for error in found.errors]

    return run_one


@pytest.fixture(scope="session", name="run")
def _run():
    return run


@pytest.fixture(scope="session", name="definition")
def _definition():
    return definition


@pytest.fixture(scope="session", name="form_view")
def _form_view():
    return form_view


@pytest.fixture(scope="session", name="form_of")
def _form_of():
    return form_of


@pytest.fixture(scope="session", name="element")
def _element():
    return element
