"""Forms that mean harm, or were never finished: the engine says what it can and always ends."""

import copy
import json
import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from packager.source.document import Document
from packager.ui.catalogue import ELEMENTS
from packager.ui.simulation.answers import Answers, read_answers, written
from packager.ui.simulation.form import read_form
from packager.ui.simulation.responses import Responses, response_of
from packager.ui.simulation.simulate import simulate
from packager.ui.simulation.skeleton import skeleton
from packager.ui.values import json_form

WORDS = ("name", "type", "visible", "constraints", "options", "label", "defaultValue", "elements", "regex", "required")
TEXTS = st.sampled_from(
    [
        *(
            "[basics('a')]",
            "[steps('s').a]",
            "[concat(basics('b'), steps('s').c)]",
            "[basics('a').b.c]",
            "[location()]",
        ),
        *(
            "[map(steps('s'), (x) => x)]",
            "[equals(1, 1))]",
            "[[x]",
            "[",
            "]",
            "",
            "a",
            "[guid()]",
            "[range(1, 100000)]",
        ),
        *(
            "[steps(basics('a'))]",
            "^(a+)+$",
            "[a-z]",
            "Linux",
            "/16",
            "10.0.0.0/8",
            "[basics('c')]",
            "[not(basics('d'))]",
        ),
    ]
)
SCALARS = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | TEXTS
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)
KINDS = st.sampled_from([*ELEMENTS, "Microsoft.Common.Nothing", ""])
PROPERTIES = sorted(
    {one.path.split(".")[0].removesuffix("[]") for found in ELEMENTS.values() for one in found.settings}
)
MEMBERS = sorted(
    {one.path.split(".")[0] for found in ELEMENTS.values() if found.output for one in found.output.members}
)
CONSTRAINTS = st.dictionaries(
    st.sampled_from(["regex", "required", "validations", "allowedValues", "columns", "rows", "allowedSizes"]), VALUES
)
CHOICES = st.lists(st.fixed_dictionaries({"label": VALUES, "value": VALUES}), max_size=3)
CONSTRAINED = CONSTRAINTS | VALUES | st.fixed_dictionaries({"allowedValues": CHOICES})
ELEMENT = st.builds(
    lambda name, kind, visible, constraints, more: {"name": name, "type": kind, **visible, **constraints, **more},
    st.sampled_from("abcd"),
    KINDS,
    st.just({}) | st.fixed_dictionaries({"visible": TEXTS | st.booleans()}),
    st.just({}) | st.fixed_dictionaries({"constraints": CONSTRAINED}),
    st.dictionaries(st.sampled_from(PROPERTIES), VALUES, max_size=4),
)
NESTED = st.recursive(
    ELEMENT,
    lambda inner: st.fixed_dictionaries(
        {
            "name": st.sampled_from("abcd"),
            "type": st.just("Microsoft.Common.Section"),
            "elements": st.lists(inner, max_size=3),
        }
    ),
    max_leaves=5,
)


def everything(document):
    """All that can be asked of a form."""
    form = read_form(document)
    found = simulate(form)
    again = simulate(form, previous=found)
    assert json.dumps(json_form(again.parameters())) == json.dumps(json_form(found.parameters()))
    for control in form.controls:
        json_form(found.shown(control))
    list(found.steps())
    skeleton(found)
    return found


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(NESTED, max_size=5), st.lists(NESTED, max_size=4), st.dictionaries(st.sampled_from("xyz"), VALUES), VALUES
)
def test_no_form_is_too_odd(form_view, basics, elements, outputs, config):
    step = {"name": "s", "label": "S", "elements": elements}
    parameters = {"config": {"basics": config}, "basics": basics, "steps": [step], "outputs": outputs}
    everything(Document.from_text("f.json", json.dumps({"parameters": parameters})))
    everything(
        Document.from_text("f.json", json.dumps(form_view({"s": elements}, parameters=outputs, location=config)))
    )


RESPONSES = st.lists(
    st.fixed_dictionaries(
        {"path": TEXTS | st.just("/*"), "response": VALUES | st.fixed_dictionaries({"value": VALUES})}
    ),
    max_size=2,
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NESTED, VALUES | st.dictionaries(st.sampled_from(MEMBERS), VALUES, max_size=5), RESPONSES)
def test_no_answer_and_no_response_is_too_odd(definition, nested, answer, responses):
    document = Document.from_text("f.json", json.dumps(definition([nested], {"o": "[basics('a')]"})))
    form = read_form(document)
    answers = Answers(values={control.path: answer for control in form.controls})
    found = simulate(form, answers, Responses(tuple(map(response_of, responses))))
    json.dumps(json_form(found.parameters()))
    read_answers(written(answers, form), form)


def mangled(value, chance):
    """A copy in which something is missing, doubled, or something else."""
    found = copy.deepcopy(value)
    places = []
    todo = [found]
    while todo:
        current = todo.pop()
        items = current.items() if isinstance(current, dict) else enumerate(current)
        for key, item in items:
            places.append((current, key))
            if isinstance(item, (dict, list)):
                todo.append(item)
    for around, key in chance.sample(places, min(3, len(places))):
        other, its_key = chance.choice(places)
        try:
            what = [other[its_key], None, [], {}, "", "[basics('x')", 5, "[steps('s')]"][chance.randrange(8)]
            around[key] = copy.deepcopy(what)
            json.dumps(found)
        except (KeyError, IndexError, ValueError, RecursionError):
            around[key] = None
    return found


RICH = {
    "parameters": {
        "basics": [
            {"name": "x", "type": "Microsoft.Common.TextBox", "defaultValue": "[steps('s').box.size]"},
            {"name": "creds", "type": "Microsoft.Compute.CredentialsCombo", "osPlatform": "Linux"},
        ],
        "steps": [
            {
                "name": "s",
                "elements": [
                    {
                        "name": "box",
                        "type": "Microsoft.Common.Section",
                        "visible": "[not(empty(basics('creds')))]",
                        "elements": [
                            {"name": "size", "type": "Microsoft.Compute.SizeSelector", "recommendedSizes": ["A"]},
                            {
                                "name": "net",
                                "type": "Microsoft.Network.VirtualNetworkCombo",
                                "subnets": {
                                    "a": {"constraints": {"minAddressPrefixSize": "/24", "minAddressCount": 12}}
                                },
                            },
                            {
                                "name": "grid",
                                "type": "Microsoft.Common.EditableGrid",
                                "constraints": {
                                    "rows": {"count": {"min": 0}},
                                    "columns": [{"id": "c", "element": {"type": "Microsoft.Common.TextBox"}}],
                                },
                            },
                        ],
                    },
                    {
                        "name": "api",
                        "type": "Microsoft.Solutions.ArmApiControl",
                        "request": {"method": "GET", "path": "[concat('/', steps('s').box.size)]"},
                    },
                    {"name": "n", "type": "Microsoft.Common.Slider", "min": 1, "max": "[length(basics('x'))]"},
                ],
            }
        ],
        "outputs": {"a": "[basics('x')]", "b": {"c": "[steps('s').box.net.subnets.a.name]"}, "d": "[steps('s').n]"},
    }
}


def test_a_mangled_form_is_run_all_the_same():
    chance = random.Random(11)
    for _ in range(150):
        everything(Document.from_text("f.json", json.dumps(mangled(RICH, chance))))


def timed(value):
    document = Document.from_text("f.json", json.dumps(value))
    assert document.problem is None
    begin = time.perf_counter()
    found = simulate(read_form(document))
    return found, time.perf_counter() - begin


@pytest.mark.slow
def test_two_thousand_elements_take_a_moment():
    chain = [
        {
            "name": f"e{number}",
            "type": "Microsoft.Common.TextBox",
            "defaultValue": f"[concat(coalesce(basics('e{number - 1}'), ''), 'a')]" if number % 50 else "a",
            "constraints": {
                "regex": "^a{1,60}$",
                "validations": [{"isValid": f"[less(length(basics('e{number}')), 99)]", "message": "m"}],
            },
        }
        for number in range(2_000)
    ]
    found, seconds = timed({"parameters": {"basics": chain, "outputs": {"o": "[basics('e1999')]"}}})
    assert found.parameters() == {"o": "a" * 50}
    assert found.errors == ()
    assert seconds < 10


@pytest.mark.slow
def test_a_circle_of_two_thousand_elements_ends():
    circle = [
        {
            "name": f"e{number}",
            "type": "Microsoft.Common.TextBox",
            "defaultValue": f"[concat(coalesce(basics('e{(number + 1) % 2_000}'), ''), 'a')]",
        }
        for number in range(2_000)
    ]
    found, seconds = timed({"parameters": {"basics": circle}})
    assert [len(cycle.members) for cycle in found.cycles] == [2_000]
    assert [error.element for error in found.errors] == ["basics/e0"]
    assert found.errors[0].message.endswith("basics/e7, ...")
    assert seconds < 30


@pytest.mark.parametrize("depth", [60, 240])
def test_sections_in_sections_without_end(depth):
    inner = {"name": "x", "type": "Microsoft.Common.TextBox", "defaultValue": "a"}
    for _ in range(depth):
        inner = {"name": "s", "type": "Microsoft.Common.Section", "elements": [inner]}
    reference = ".".join(["s"] * (depth - 1) + ["x"])
    found, seconds = timed({"parameters": {"basics": [inner], "outputs": {"o": f"[basics('s').{reference}]"}}})
    assert found.parameters() == {"o": "a"}
    assert seconds < 5


def test_values_that_are_nested_deeply():
    for text in ("[" * 400 + "]" * 400, '{"a":' * 400 + "1" + "}" * 400):
        grid = f'{{"name": "x", "type": "Microsoft.Common.Grid", "defaultValue": {text}}}'
        found = everything(Document.from_text("f.json", f'{{"parameters": {{"basics": [{grid}]}}}}'))
        assert found.visible == ("basics/x",)


@pytest.mark.slow
def test_work_is_bounded_over_the_whole_form():
    busy = "[length(map(range(1, 300), (x) => length(map(range(1, 300), (y) => add(y, 1)))))]"
    elements = [
        {"name": f"e{number}", "type": "Microsoft.Common.Slider", "min": busy, "max": 999} for number in range(400)
    ]
    found, seconds = timed({"parameters": {"basics": elements}})
    assert len([one for one in found.troubles if "more work than a portal" in one.message]) == 1
    assert seconds < 60
