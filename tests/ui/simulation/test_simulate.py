"""The engine: order, visibility, cycles, validation, outputs, and the re-use of an earlier run."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packager.source.document import Document
from packager.ui.simulation.form import read_form
from packager.ui.simulation.simulate import MAX_PASSES, simulate
from packager.ui.values import UNDEFINED

TEXT, TICK, SLIDER, SECTION, CALL = (
    *("Common.TextBox", "Common.CheckBox", "Common.Slider", "Common.Section", "Solutions.ArmApiControl"),
)


def errors(simulation):
    return [(error.element, error.message) for error in simulation.errors]


def test_references_lead_forward_backward_and_through_sections(run, definition, element):
    first = element(TEXT, "first", defaultValue="[concat(steps('s').box.inner, '!')]")
    box = element(SECTION, "box", elements=[element(TEXT, "inner", defaultValue="[basics('last')]")])
    last = element(TEXT, "last", defaultValue="end")
    found = run(definition([first, last], {"o": "[basics('first')]"}, steps={"s": [box]}))
    assert found.parameters() == {"o": "end!"}
    assert found.visible == ("basics/first", "basics/last", "steps/s/box", "steps/s/box/inner")
    assert found.cycles == ()


def test_basics_are_a_step_of_that_name_too(run, definition, element):
    form = definition([element(TEXT, "a", defaultValue="x")], {"o": "[steps('basics').a]"})
    assert run(form).parameters() == {"o": "x"}


def test_what_is_hidden_is_undefined_and_neither_checked_nor_put_out(run, definition, element):
    inner = element(TEXT, "inner", defaultValue="x", constraints={"required": True, "regex": "^z$"})
    box = element(SECTION, "box", elements=[inner], visible="[basics('on')]")
    outputs = {"plain": "[basics('box').inner]", "safe": "[coalesce(basics('box').inner, 'none')]"}
    form = definition([element(TICK, "on"), box], outputs)
    hidden = run(form)
    assert (hidden.visible, hidden.parameters(), errors(hidden)) == (("basics/on",), {"safe": "none"}, [])
    shown = run(form, {"basics": {"on": True}})
    assert shown.parameters() == {"plain": "x", "safe": "x"}
    assert errors(shown) == [("basics/box/inner", "the value does not match the pattern ^z$")]


@pytest.mark.parametrize(
    ("visible", "is_visible"),
    [
        (True, True),
        (False, False),
        ("true", True),
        ("False", False),
        ("[equals(1, 1)]", True),
        ("[basics('nothing')]", False),
        ("[not(basics('nothing'))]", True),
        ("[equals(1, 1))]", True),  # cannot be read: counts for nothing
        ("[int('x')]", False),
        (None, False),
    ],
)
def test_when_an_element_is_shown(run, definition, element, visible, is_visible):
    found = run(definition([element(TEXT, visible=visible)]))
    assert found.state("basics/x").is_visible is is_visible


def test_two_sliders_that_bound_each_other_settle(run, definition, element):
    low = element(SLIDER, "low", min=1, max="[basics('high')]", defaultValue=2)
    high = element(SLIDER, "high", min="[basics('low')]", max=9, defaultValue=5)
    found = run(definition([low, high], {"low": "[basics('low')]", "high": "[basics('high')]"}))
    assert found.parameters() == {"low": 2, "high": 5}
    assert [([one.path for one in cycle.members], cycle.is_settled) for cycle in found.cycles] == [
        (["basics/low", "basics/high"], True)
    ]
    assert errors(found) == []


def test_a_cycle_that_never_settles_is_an_error_with_its_members(run, definition, element):
    one = element(TEXT, "one", defaultValue="[concat(coalesce(basics('two'), ''), 'a')]")
    two = element(TEXT, "two", defaultValue="[concat(basics('one'), 'b')]")
    rest = element(TEXT, "rest", defaultValue="[basics('one')]")
    found = run(definition([rest, one, two]))
    message = "the values never settle, because they depend on each other: basics/one, basics/two"
    assert errors(found) == [("basics/one", message)]
    assert len(found.state("basics/one").output) == 2 * MAX_PASSES - 1
    assert found.state("basics/rest").output == found.state("basics/one").output


def test_an_element_that_hides_itself_is_a_cycle(run, definition, element):
    found = run(definition([element(TEXT, defaultValue="a", visible="[empty(basics('x'))]")]))
    assert errors(found) == [("basics/x", "the value never settles, because it depends on itself")]


def test_the_price_of_a_size_is_no_cycle(run, definition, element):
    size = element("Compute.SizeSelector", "size", recommendedSizes=["A"], count="[basics('count')]")
    count = element(SLIDER, "count", min="[length(basics('size'))]", max=9)
    assert run(definition([size, count])).cycles == ()


def test_validations_see_the_element_itself_and_all_others(run, definition, element):
    rules = [
        {"regex": "^[a-z]+$", "message": "letters"},
        {"isValid": "[not(equals(basics('x'), basics('y')))]", "message": "[concat('not ', basics('y'))]"},
        {"isValid": "[basics('nothing').known]", "message": "pending"},
        {"isValid": False, "skip": True, "message": "skipped"},
        {"isValid": False, "await": "[basics('nothing').done]", "message": "waits"},
    ]
    form = definition([element(TEXT, constraints={"validations": rules}), element(TEXT, "y", defaultValue="b1")])
    assert errors(run(form, {"basics": {"x": "b1"}})) == [("basics/x", "letters"), ("basics/x", "not b1")]
    assert errors(run(form, {"basics": {"x": "b"}})) == []
    assert errors(run(form)) == []


def test_calls_are_answered_from_the_responses(run, definition, element):
    call = element(
        CALL,
        "check",
        request={"method": "POST", "path": "[concat('/subscriptions/', subscription().subscriptionId, '/x')]"},
    )
    name = element(
        TEXT,
        constraints={
            "validations": [
                {"isValid": "[not(equals(basics('check').free, false))]", "message": "[basics('check').why]"}
            ]
        },
    )
    form = definition([call, name], {"o": "[basics('check').why]"})
    pending = run(form, {"basics": {"x": "a"}})
    assert (errors(pending), pending.parameters()) == ([], {})
    answer = {"method": "post", "path": "subscriptions/*/x", "response": {"free": False, "why": "taken"}}
    found = run(form, {"basics": {"x": "a"}}, [answer])
    assert (errors(found), found.parameters()) == ([("basics/x", "taken")], {"o": "taken"})


def test_a_call_waits_for_its_condition_and_its_path(run, form_view, element):
    call = element(CALL, "call", request={"method": "GET", "path": "[steps('s').path]"}, condition="[steps('s').go]")
    form = form_view({"s": [call, element(TEXT, "path", defaultValue="/a"), element(TICK, "go")]})
    answers = [{"path": "/a", "response": {"value": []}}]
    assert run(form, {}, answers).state("steps/s/call").output is UNDEFINED
    found = run(form, {"steps": {"s": {"go": True}}}, answers)
    assert found.state("steps/s/call").output == {"done": True, "value": []}


def test_outputs_are_evaluated_at_any_depth_and_reserved_ones_stand_apart(run, definition, element):
    outputs = {
        "location": "[location()]",
        "literal": "x",
        "number": 2.0,
        "nested": {"a": ["[basics('x')]", "[basics('none')]"], "b": "[basics('none')]", "c": "[[kept]"},
        "gone": "[basics('x').y.z]",
        "applicationResourceName": "[concat('app-', resourceGroup().name)]",
        "ManagedIdentity": {"Type": "SystemAssigned"},
    }
    found = run(definition([element(TEXT, defaultValue="v")], outputs))
    assert found.parameters() == {
        "location": "westus",
        "literal": "x",
        "number": 2,
        "nested": {"a": ["v", None], "c": "[kept]"},
    }
    assert {name: output.value for name, output in found.application.items()} == {
        "applicationResourceName": "app-rg1",
        "ManagedIdentity": {"Type": "SystemAssigned"},
    }


def test_an_output_that_leads_nowhere_is_refused(run, definition, element):
    outputs = {
        "step": "[steps('none').x]",
        "element": "[basics('y')]",
        "section": "[basics('box')]",
        "guarded": "[coalesce(basics('y'), 'z')]",
        "broken": "[concat('a']",
        "wrong": "[add('x', 1)]",
    }
    found = run(definition([element(SECTION, "box", elements=[element(TEXT)])], outputs))
    assert errors(found) == [
        ("outputs/step", "the form has no step 'none'"),
        ("outputs/element", "Basics has no element 'y'"),
        ("outputs/section", "'box' is a section, which has no value of its own"),
        ("outputs/broken", "expected ')', but the expression ends"),
        ("outputs/wrong", "add takes number as 'first', not string"),
    ]
    assert [trouble.at for trouble in found.troubles] == [
        ("parameters", "outputs", "broken"),
        ("parameters", "outputs", "wrong"),
    ]


def test_the_configuration_of_basics_judges_the_place(run, definition):
    config = {
        "basics": {
            "subscription": {
                "constraints": {
                    "validations": [
                        {"isValid": "[not(equals(subscription().subscriptionId, '1'))]", "message": "not here"},
                        {"permission": "Microsoft.A/b/write", "message": "granted"},
                    ]
                }
            },
            "resourceGroup": {"allowedMode": "UseExisting"},
            "location": {"allowedValues": ["eastus", "westeurope"]},
        }
    }
    assert errors(run(definition(config=config))) == [
        ("scope/subscription", "not here"),
        ("scope/location", "'westus' is none of the regions: eastus, westeurope"),
        ("scope/resourceGroup", "the form takes a resource group that is existing"),
    ]
    standing_in = run(definition([], {"o": "[location()]", "m": "[resourceGroup().mode]"}, config=config), scope={})
    assert (standing_in.parameters(), errors(standing_in)) == ({"o": "eastus", "m": "Existing"}, [])
    assert standing_in.context.assumed == {"location", "subscription", "resourcegroup"}


def test_what_is_open_is_told_from_what_is_decided(run, definition, element):
    elements = [
        element(TEXT, "needed", constraints={"required": True}),
        element(TEXT, "free"),
        element(CALL, "call", request={"method": "GET", "path": "/a"}),
        element(TEXT, "chance", defaultValue="[guid()]"),
        element(TEXT, "follows", defaultValue="[basics('call').name]", visible="[equals(1, 1)]"),
        element(TEXT, "hidden", defaultValue="a", visible="[empty(basics('call').name)]"),
    ]
    names = [one["name"] for one in elements]
    outputs = {name: f"[basics('{name}')]" for name in names} | {"region": "[location()]"}
    form = definition(elements, outputs)
    assert run(form).open_outputs == {"needed", "call", "chance", "follows", "hidden"}
    assert run(form, scope={}).open_outputs == {"needed", "call", "chance", "follows", "hidden", "region"}
    answers = {"basics": {"needed": "a", "follows": "b", "chance": "c"}}
    assert run(form, answers, [{"path": "/a", "response": {}}]).open_outputs == set()


def test_chance_is_the_same_for_the_same_form_and_another_at_every_place(run, definition, element):
    form = definition([element(TEXT, "a", defaultValue="[guid()]"), element(TEXT, "b", defaultValue="[guid()]")])
    first, second = run(form), run(form)
    values = [[state.output for state in found.states] for found in (first, second)]
    assert values[0] == values[1]
    assert values[0][0] != values[0][1]


def test_in_a_wizard_a_tab_opens_when_those_before_it_pass(run, definition, element):
    needed = element(TEXT, constraints={"required": True})
    steps = {"one": [needed], "two": [], "three": [needed]}
    free = run(definition(steps=steps))
    assert [(tab.step.name, tab.errors, tab.is_open) for tab in free.steps()] == [
        ("basics", 0, True),
        ("one", 1, True),
        ("two", 0, True),
        ("three", 1, True),
    ]
    wizard = run(definition(steps=steps, config={"isWizard": True}))
    assert [tab.is_open for tab in wizard.steps()] == [True, True, False, False]
    passed = run(definition(steps=steps, config={"isWizard": True}), {"steps": {"one": {"x": "a"}}})
    assert [tab.is_open for tab in passed.steps()] == [True, True, True, True]


def test_everything_that_is_shown_can_be_asked_for(run, definition, element):
    form = definition(
        [element(TEXT, label="L", toolTip="[concat('t', string(1))]", placeholder="[basics('none')]", visible="[true]")]
    )
    found = run(form)
    shown = found.shown(found.form.by_path["basics/x"])
    assert (shown["label"], shown["toolTip"], shown["placeholder"]) == ("L", "t1", UNDEFINED)


def test_a_form_view_says_where_it_deploys(run, form_view, element):
    form = form_view(
        {"s": [element("Common.ResourceScope", "scope"), element(TEXT, "x", defaultValue="a")]},
        kind="ResourceGroup",
        resourceGroupId="[steps('s').scope.resourceGroup.id]",
        location="[steps('s').scope.location.name]",
        parameters={"p": "[steps('s').x]", "applicationResourceName": "kept"},
    )
    found = run(form)
    assert found.target == {
        "kind": "ResourceGroup",
        "resourceGroupId": "/subscriptions/1/resourceGroups/rg1",
        "location": "westus",
    }
    assert found.parameters() == {"p": "a", "applicationResourceName": "kept"}


def test_namesakes_and_elements_without_name_or_type(run, definition, element):
    form = definition([{}, {"type": "Microsoft.Common.TextBox"}, {"name": "n"}, element(TEXT), element(TICK), 5, None])
    found = run(form | {}, None)
    assert found.visible == ("basics/[1]", "basics/n", "basics/x", "basics/x")
    assert found.environment.basics["x"] is False


@pytest.mark.parametrize(
    "value", [None, [], "x", {}, {"parameters": 5}, {"parameters": {"basics": {}, "steps": [5, {}]}}]
)
def test_what_is_no_form_has_nothing_to_show(value):
    found = simulate(read_form(Document.from_text("f.json", json.dumps(value))))
    assert (found.visible, found.parameters(), errors(found)) == ((), {}, [])


def expected(simulation):
    """All that one simulation says."""
    states = [(state.is_visible, state.output, state.is_open, state.refusals) for state in simulation.states]
    results = (simulation.outputs, simulation.application, simulation.errors, simulation.open_outputs)
    cycles = [([one.index for one in cycle.members], cycle.is_settled) for cycle in simulation.cycles]
    return states, results, cycles, simulation.judged


RICH_STEPS = """
[{"name": "mode", "type": "Microsoft.Common.DropDown", "constraints": {"allowedValues": [
    {"label": "A", "value": "a"}, {"label": "B", "value": "b"}, {"label": "C", "value": "c"}]}},
 {"name": "low", "type": "Microsoft.Common.Slider", "min": 1, "max": "[steps('s').high]"},
 {"name": "high", "type": "Microsoft.Common.Slider", "min": "[steps('s').low]", "max": 9, "defaultValue": 6},
 {"name": "box", "type": "Microsoft.Common.Section", "visible": "[equals(steps('s').mode, 'b')]", "elements": [
    {"name": "text", "type": "Microsoft.Common.TextBox",
     "defaultValue": "[concat(steps('s').mode, string(steps('s').low))]",
     "constraints": {"required": "[greater(steps('s').high, 5)]", "validations": [
        {"isValid": "[less(length(steps('s').box.text), steps('s').high)]", "message": "long"}]}}]},
 {"name": "last", "type": "Microsoft.Common.TextBox", "defaultValue": "[coalesce(steps('s').box.text, 'none')]"}]
"""
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "mode": st.sampled_from(["A", "b", "C", "wrong"]),
        "low": st.integers(0, 10),
        "high": st.integers(0, 10),
        "box": st.fixed_dictionaries({}, optional={"text": st.sampled_from(["", "x", "long enough"])}),
        "last": st.just("end"),
    },
)


@settings(max_examples=60, deadline=None)
@given(rounds=st.lists(ANSWERS, min_size=2, max_size=6))
def test_re_using_an_earlier_run_changes_nothing(run, form_view, rounds):
    form = form_view({"s": json.loads(RICH_STEPS)}, parameters={"o": "[steps('s').last]", "n": "[steps('s').low]"})
    found = run(form)
    for answers in rounds:
        answers = {"steps": {"s": answers}}
        found = run(form, answers, previous=found)
        assert expected(found) == expected(run(form, answers))


def test_a_changed_place_starts_anew(run, definition):
    form = definition([], {"o": "[location()]"})
    first = run(form)
    assert run(form, {}, previous=first, scope={"location": "northeurope"}).parameters() == {"o": "northeurope"}
