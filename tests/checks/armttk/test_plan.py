"""The turns that arm-ttk takes over a package: files, groups, and which template each check gets to see."""

import datetime
import json

import pytest

from packager.bundle.model import Bundle, Entry
from packager.checks.armttk.plan import plan, plan_each
from packager.checks.armttk.run import Settings
from packager.data.api_versions import shipped
from packager.source.document import Document

SETTINGS = Settings(datetime.date(2026, 11, 24), {}, shipped())
SCHEMAS = "https://schema.management.azure.com/schemas/"
TEMPLATE = SCHEMAS + "2019-04-01/deploymentTemplate.json#"
PARAMETERS = SCHEMAS + "2019-04-01/deploymentParameters.json#"
FORM = SCHEMAS + "0.1.2-preview/CreateUIDefinition.MultiVm.json#"
EVERYTHING = ["AllFiles", "CreateUIDefinition", "deploymentParameters", "deploymentTemplate"]


def text(schema=None, **members):
    return json.dumps({**({"$schema": schema} if schema else {}), **members})


def nested(name, template, scope="inner"):
    options = {"expressionEvaluationOptions": {"scope": scope}} if scope else {}
    properties = {"mode": "Incremental", **options, "template": template}
    return {"type": "Microsoft.Resources/deployments", "name": name, "properties": properties}


def inner(*resources):
    return {"$schema": TEMPLATE, "resources": list(resources)}


def bundle(files, reported=None):
    entries = {
        name: Entry(name, len(written), written.encode, Document.from_text(name, written))
        for name, written in files.items()
    }
    kind, names = ("file", frozenset({reported})) if reported else ("folder", None)
    return Bundle("p", kind, None, entries, reported=names)


def names(templates):
    """The names of the resources that inner templates stand in."""
    return [template.inner.ancestors[0]["name"] for template in templates]


def turns(files, reported=None, **options):
    return plan(bundle(files, reported), SETTINGS, **options)


def groups(files, reported=None):
    return {turn.file: sorted(turn.groups) for turn in turns(files, reported)}


MAIN = text(TEMPLATE, resources=[])


@pytest.mark.parametrize(
    ("name", "written", "expected"),
    [
        ("z.json", text(TEMPLATE), ["deploymentTemplate"]),
        ("z.json", text(SCHEMAS + "2018-05-01/subscriptionDeploymentTemplate.json#"), ["deploymentTemplate"]),
        ("z.json", text(PARAMETERS), ["deploymentParameters"]),
        ("z.json", text(FORM), ["CreateUIDefinition"]),
        ("z.json", text([TEMPLATE]), ["deploymentTemplate"]),
        ("z.json", text("https://example.org/x.json"), None),
        ("z.json", text(5), None),
        ("z.json", text(resources=[1]), ["AllFiles", "deploymentTemplate"]),
        ("z.json", text(resources=[]), ["AllFiles"]),
        ("z.json", "{", ["AllFiles"]),
        ("z.parameters.json", text(x={}), ["AllFiles", "deploymentParameters"]),
        ("all.json", "{}", EVERYTHING),
        ("install.json", "{}", EVERYTHING),
        ("deploymentTemplate.json", "{}", ["AllFiles", "deploymentTemplate"]),
        ("mainTemplateTests.json", "{}", ["AllFiles", "deploymentParameters", "deploymentTemplate"]),
        ("createUiDefinition.json", "{}", ["AllFiles", "CreateUIDefinition"]),
        ("sub/mainTemplate.json", "{}", ["AllFiles", "deploymentTemplate"]),
        ("all.jsonc", "{}", ["AllFiles"]),
    ],
)
def test_groups_by_schema_and_name(name, written, expected):
    assert groups({"azuredeploy.json": MAIN, name: written}).get(name) == expected


def test_only_the_first_file_with_a_schema_gets_the_tests_for_all_files():
    files = {"mainTemplate.json": MAIN, "a.json": text(TEMPLATE), "b.json": "{}", "createUiDefinition.json": text(FORM)}
    assert groups(files) == {
        "createUiDefinition.json": ["AllFiles", "CreateUIDefinition"],
        "a.json": ["deploymentTemplate"],
        "b.json": ["AllFiles"],
        "mainTemplate.json": ["deploymentTemplate"],
    }


@pytest.mark.parametrize(
    ("names", "main_template_first", "chosen"),
    [
        (("mainTemplate.json", "azuredeploy.json"), False, "azuredeploy.json"),
        (("mainTemplate.json", "azuredeploy.json"), True, "mainTemplate.json"),
        (("prereq.azuredeploy.json", "mainTemplate.json"), False, "mainTemplate.json"),
        (("MAINTEMPLATE.JSON",), False, "MAINTEMPLATE.JSON"),
    ],
)
def test_the_main_file(names, main_template_first, chosen):
    found = turns(dict.fromkeys(names, MAIN), main_template_first=main_template_first)
    assert {turn.main.document.name for turn in found} == {chosen}


def test_without_a_main_file_nothing_is_tested_and_in_certification_every_file():
    files = {"a.json": text(TEMPLATE), "sub/mainTemplate.json": MAIN}
    assert turns(files) == []
    assert [turn.file for turn in plan_each(bundle(files), SETTINGS)] == ["a.json", "sub/mainTemplate.json"]


def test_a_file_alone_is_tested_alone_unless_it_has_a_main_name():
    files = {"mainTemplate.json": MAIN, "a.json": text(TEMPLATE), "sub/b.json": text(TEMPLATE)}
    assert list(groups(files, "a.json")) == ["a.json"]
    assert list(groups(files, "mainTemplate.json")) == ["a.json", "mainTemplate.json", "sub/b.json"]


def test_main_or_not_goes_by_the_bare_name():
    files = {"mainTemplate.json": MAIN, "sub/azuredeploy.json": MAIN, "sub/x.json": MAIN}
    assert {turn.file: turn.is_main for turn in turns(files)} == {
        "mainTemplate.json": True,
        "sub/azuredeploy.json": True,
        "sub/x.json": False,
    }


def test_a_file_without_schema_is_judged_by_the_template_before_it():
    files = {
        "azuredeploy.json": text(TEMPLATE, resources=[], variables={"first": 1}),
        "b.json": text(resources=[{"type": "a/b"}]),
        "c.json": text(TEMPLATE, resources=[]),
        "d.json": text(resources=[{"type": "a/b"}]),
    }
    seen = {turn.file: turn.template.document.name for turn in turns(files)}
    assert seen == {
        "azuredeploy.json": "azuredeploy.json",
        "b.json": "azuredeploy.json",
        "c.json": "c.json",
        "d.json": "c.json",
    }


def test_inner_templates_are_cut_out_deepest_first_and_outer_scope_stays():
    main = inner(nested("a", inner(nested("deep", inner()))), nested("b", inner(), "outer"), nested("c", inner()))
    (turn,) = turns({"mainTemplate.json": json.dumps(main)})
    assert names(turn.inner) == ["c", "deep", "a"]
    cut = turn.template.value["resources"]
    assert [one["properties"]["template"] for one in cut] == [{}, inner(), {}]
    assert turn.template.text.value.count('"template": {}') == 2
    # The text of an inner template still holds the ones in it.
    assert json.loads(turn.inner[2].text.value) == inner(nested("deep", inner()))


def test_templates_in_policy_rules_are_inner_ones_too():
    policy = {"properties": {"policyRule": {"then": {"details": {"deployment": {"template": inner()}}}}}}
    (turn,) = turns({"mainTemplate.json": json.dumps(inner(policy))})
    assert len(turn.inner) == 1


def test_a_linked_template_is_given_the_inner_templates_of_the_main_one():
    main = json.dumps(inner(nested("a", inner())))
    own = json.dumps(inner(nested("mine", inner())))
    files = {"mainTemplate.json": main, "linked.json": MAIN, "own.json": own, "prereq.x.json": MAIN}
    found = {turn.file: turn for turn in turns(files)}
    assert names(found["linked.json"].inner) == ["a"]
    assert found["linked.json"].inner[0].document.name == "mainTemplate.json"
    assert names(found["own.json"].inner) == ["mine"]
    assert found["prereq.x.json"].inner == ()


def test_what_cannot_be_found_in_the_text_stays_there_and_has_no_text():
    symbolic = {"$schema": TEMPLATE, "resources": {"my-nested": nested("a", inner())}}
    (turn,) = turns({"mainTemplate.json": json.dumps(symbolic)})
    assert [one.text for one in turn.inner] == [None]
    assert turn.template.value == symbolic
    assert turn.template.text.value == json.dumps(symbolic)


def test_an_index_that_the_search_counts_wrongly_finds_the_text_of_another_template():
    main = {"$schema": TEMPLATE, "resources": [None, nested("a", inner()), nested("b", inner({"type": "x"}))]}
    (turn,) = turns({"mainTemplate.json": json.dumps(main)})
    first = turn.inner[0]
    assert (*names([first]), first.value) == ("b", inner({"type": "x"}))
    assert json.loads(first.text.value) == inner()


def test_of_two_forms_the_last_is_credited_and_the_main_one_tested():
    files = {
        "mainTemplate.json": MAIN,
        "createUiDefinition.json": text(FORM, handler="mine"),
        "sub/createUiDefinition.json": text(FORM, handler="other"),
    }
    (turn,) = (turn for turn in turns(files) if "CreateUIDefinition" in turn.groups)
    assert (turn.file, turn.form.value["handler"]) == ("sub/createUiDefinition.json", "mine")


def test_a_form_or_parameter_file_alone_has_no_template():
    for name, written in (("createUiDefinition.json", text(FORM)), ("a.parameters.json", text(PARAMETERS))):
        (turn,) = turns({name: written, "mainTemplate.json": MAIN}, name)
        assert (turn.main, turn.main_parameters, turn.template) == (None, None, None)


def test_the_declarations_of_a_main_template_reach_the_checks_of_the_form():
    main = text(TEMPLATE, parameters={"a": {"type": "string"}}, resources=[])
    files = {"mainTemplate.json": main, "createUiDefinition.json": text(FORM)}
    assert {json.dumps(turn.main_parameters) for turn in turns(files)} == {'{"a": {"type": "string"}}'}
    assert turns({"x.json": main}, "x.json")[0].main_parameters is None


def test_hidden_files_and_folders_are_left_out():
    files = {"mainTemplate.json": MAIN, ".git/x.json": MAIN, ".hidden.json": MAIN, "__MACOSX/x.json": MAIN}
    assert [turn.file for turn in turns(files)] == ["mainTemplate.json", "__MACOSX/x.json"]


def test_own_files_come_before_those_of_folders_and_names_without_case():
    names = ["Z.json", "a.json", "mainTemplate.json", "B/x.json", "a/x.json"]
    assert [turn.file for turn in turns(dict.fromkeys(names, MAIN))] == [
        "a.json",
        "mainTemplate.json",
        "Z.json",
        "a/x.json",
        "B/x.json",
    ]
