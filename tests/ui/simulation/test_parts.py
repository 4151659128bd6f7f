"""Order of evaluation, address spaces, responses, answers files and skeletons."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from packager.source.reading import ABSENT
from packager.ui.simulation.answers import NO_ANSWERS, read_answers, written
from packager.ui.simulation.components import components
from packager.ui.simulation.kinds.prefixes import Network, free_block, network_of, prefix_length, smallest_for
from packager.ui.simulation.responses import Responses, resource_type, response_of
from packager.ui.simulation.skeleton import skeleton

GRAPHS = st.integers(0, 12).flatmap(
    lambda size: st.lists(
        st.sets(st.integers(0, max(size - 1, 0)), max_size=4) if size else st.nothing(), min_size=size, max_size=size
    )
)


def reached(needs, start):
    seen, todo = set(), [start]
    while todo:
        for following in needs[todo.pop()]:
            if following not in seen:
                seen.add(following)
                todo.append(following)
    return seen


@given(GRAPHS)
def test_components_are_cycles_in_the_order_of_their_needs(needs):
    found = components(needs)
    assert sorted(node for members in found for node in members) == list(range(len(needs)))
    place = {node: number for number, members in enumerate(found) for node in members}
    for node in range(len(needs)):
        for other in reached(needs, node):
            assert place[other] <= place[node]
            assert (place[other] == place[node]) == (other == node or node in reached(needs, other))


def test_a_long_chain_is_no_trouble():
    assert components([{number + 1} for number in range(20_000)] + [set()])[0] == (20_000,)


@pytest.mark.parametrize(
    "text",
    ["10.0.0.0", "10.0.0.0/33", "10.0.0.256/24", "10.0.0.1/24", "10.0.0/24", "a.b.c.d/8", "", None, "1.1.1.1/-1", "²"],
)
def test_what_is_no_address_space(text):
    assert network_of(text) is None


def test_address_spaces():
    network = network_of("10.1.0.0/16")
    assert (str(network), network.size, network.first_usable(), network.usable()) == (
        "10.1.0.0/16",
        65536,
        "10.1.0.4",
        65531,
    )
    assert network.holds(network_of("10.1.255.0/24"))
    assert not network.holds(network_of("10.0.0.0/15"))
    assert str(free_block(network, 24, [network_of("10.1.0.0/23"), network_of("10.1.3.0/24")])) == "10.1.2.0/24"
    assert free_block(network_of("10.0.0.0/25"), 24, []) is None
    assert [prefix_length(one) for one in ("/24", "24", "/x", "/99", None)] == [24, None, None, None, None]
    assert [smallest_for(count) for count in (1, 3, 4, 11, 12, 251, 252)] == [29, 29, 28, 28, 27, 24, 23]


@given(st.integers(0, 2**32 - 1), st.integers(0, 32))
def test_an_address_space_is_read_as_it_is_written(first, length):
    network = Network(first, length).proper()
    assert network_of(str(network)) == network


@pytest.mark.parametrize(
    ("path", "asked", "fits"),
    [
        ("/subscriptions/1/x", "/subscriptions/1/x?api-version=2020-01-01", True),
        ("subscriptions/1/X", "/Subscriptions/1/x", True),
        ("/subscriptions/*/x", "/subscriptions/1/x", True),
        ("/subscriptions/*/x", "/subscriptions/1/y/x", False),
        ("/a?api-version=1", "/a?api-version=2", False),
        ("/a?api-version=1", "/a?api-version=1", True),
        ("/a?$filter=b", "/a?api-version=1&$filter=b", True),
        ("/a?$filter=b", "/a?$filter=c", False),
        ("/a?$filter=b", "/a", False),
        ("/a%20b", "/a b", True),
        ("https://management.azure.com/a", "/a", True),
        ("*", "/a", True),
        ("", "/a", False),
    ],
)
def test_which_response_answers_a_call(path, asked, fits):
    responses = Responses((response_of({"path": path, "response": 1}),))
    assert (responses.find("GET", asked) is not None) is fits
    assert responses.find("POST", asked) is None


def test_types_of_resource_ids():
    group = "/subscriptions/1/resourceGroups/g"
    assert resource_type(f"{group}/providers/A.B/c/d") == "a.b/c"
    assert resource_type(f"{group}/providers/A.B/c/d/e/f") == "a.b/c/e"
    assert resource_type(f"{group}/providers/A.B/c/d/providers/X.Y/z/1") == "x.y/z"
    assert [resource_type(one) for one in (group, None, 5, f"{group}/providers/A.B/c")] == [None] * 4


@pytest.fixture(scope="module")
def form(form_of, definition, element):
    box = element("Common.Section", "box", elements=[element("Common.TextBox", "inner")])
    return form_of(
        definition([element("Common.TextBox", "name")], steps={"net": [box, element("Common.CheckBox", "on")]})
    )


def test_answers_are_found_by_their_place(form):
    value = {
        "scope": {"location": "westus", "resourceGroup": {"name": "g", "mode": "existing"}},
        "basics": {"name": "n"},
        "steps": {"net": {"box": {"inner": "i"}, "on": None}},
    }
    answers, doubts = read_answers(value, form)
    assert doubts == []
    assert answers.values == {"basics/name": "n", "steps/net/box/inner": "i"}
    assert (answers.scope.group, answers.scope.mode, answers.scope.location) == ("g", "Existing", "westus")
    assert written(answers, form) == {
        "scope": {"location": "westus", "resourceGroup": {"name": "g", "mode": "Existing"}},
        "basics": {"name": "n"},
        "steps": {"net": {"box": {"inner": "i"}}},
    }


def test_a_form_view_has_basics_only_as_a_step(form_view, form_of, element):
    step = [element("Common.TextBox")]
    answers, doubts = read_answers({"basics": {"x": "a"}}, form_of(form_view({"basics": step})))
    assert (answers.values, doubts) == ({"steps/basics/x": "a"}, [])
    _, doubts = read_answers({"basics": {"x": "a"}}, form_of(form_view({"other": step})))
    assert [doubt.message for doubt in doubts] == ["the form has no Basics; its steps are in 'steps'"]


def test_answers_can_be_changed(form):
    answers = NO_ANSWERS.with_value("basics/name", "n")
    assert answers.of(form.by_path["basics/name"]) == "n"
    assert answers.with_value("basics/name", ABSENT) == NO_ANSWERS
    assert NO_ANSWERS.values == {}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"basic": {}}, "answers have no 'basic'; did you mean 'basics'?"),
        ({"basics": 5}, "basics must be an object"),
        ({"basics": {"nmae": 1}}, "the form has no element 'nmae' here; did you mean 'name'?"),
        ({"steps": {"nte": {}}}, "the form has no step 'nte'; did you mean 'net'?"),
        ({"steps": {"net": {"box": "x"}}}, "steps/net/box must be an object"),
        ({"steps": []}, "steps must be an object"),
        ({"scope": {"locaton": 1}}, "the scope has no 'locaton'; did you mean 'location'?"),
        ({"scope": {"location": 5}}, "'location' must be a text"),
        ({"scope": {"resourceGroup": {"mode": "old"}}}, "'old' is neither New nor Existing"),
        ([], "the answers must be an object"),
    ],
)
def test_what_is_no_answer_is_said(form, value, message):
    assert [doubt.message for doubt in read_answers(value, form)[1]] == [message]


def test_a_skeleton_asks_everything(run, definition, element):
    choices = {"allowedValues": [{"label": "One", "value": 1}, {"label": "two", "value": "two"}], "required": True}
    more = [
        element("Common.DropDown", "pick", label="Pick", constraints=choices),
        element(
            "Common.TextBox",
            "yes",
            label="Word\nof two lines",
            visible="[equals(basics('pick'), 2)]",
            defaultValue="no",
        ),
        element("Common.TextBox", "must", constraints={"required": True, "regex": "^a: #$"}),
        element("Common.InfoBox", "note", options={"text": "n"}),
    ]
    net = element(
        "Network.VirtualNetworkCombo",
        "vnet",
        defaultValue={"name": "vnet-1"},
        subnets={"web": {"constraints": {"minAddressPrefixSize": "/25"}}},
    )
    box = element("Common.Section", "box", label="Box", elements=[element("Common.Slider", "count", min=1, max=9)])
    empty = element("Common.Section", "empty", elements=[element("Common.TextBlock", "t", options={"text": "t"})])
    found = run(definition(more, steps={"net step": [box, empty, net], "last": []}))
    text = skeleton(found)
    assert text == SKELETON
    answers, doubts = read_answers(yaml.safe_load(text), found.form)
    assert doubts == []
    again = run(None, written(answers, found.form), previous=found)
    assert (again.parameters(), again.errors) == (found.parameters(), found.errors)


SKELETON = """\
# Answers to createUiDefinition.json. An empty value counts as none; so does a line that is missing.

scope:
  # The region
  location: westus
  subscriptionId: "1"
  tenantId: "2"
  resourceGroup:
    name: rg1
    mode: New # New or Existing
    location: westus

basics:
  # Pick (DropDown); required; one of 1 (One), "two"
  pick: 1
  # Word of two lines (TextBox); shown when [equals(basics('pick'), 2)]
  "yes": "no"
  # must (TextBox); required; matches ^a: #$
  must:

steps:

  # Net Step
  "net step":
    # Box
    box:
      # count (Slider); 1 to 9
      count: 1
    # vnet (VirtualNetworkCombo)
    vnet:
      name: vnet-1
      resourceGroup: rg1
      newOrExisting: new
      addressPrefixes: ["10.0.0.0/16"]
      addressPrefix: "10.0.0.0/16"
      subnets:
        web:
          name: web
          addressPrefix: "10.0.0.0/25"
          startAddress: "10.0.0.4"

  # Last
  last: {}
"""


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-10, 10) | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
        max_leaves=8,
    )
)
def test_nothing_is_too_odd_for_an_answers_file(form_of, definition, element, value):
    form = form_of(definition([element("Common.TextBox", "name")], steps={"net": []}))
    for one in (value, {"basics": value, "steps": value, "scope": value}, {"steps": {"net": value}}):
        answers, _ = read_answers(one, form)
        json.dumps(written(answers, form))
