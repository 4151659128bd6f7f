"""What a comparison says of resources, parameters, outputs and forms."""

import datetime

import pytest

from packager.bundle.model import Bundle, Entry
from packager.checks.package import Package
from packager.diff.compare import compare, compare_packages
from packager.diff.declared import declared_notes
from packager.diff.model import Step
from packager.diff.sides import Side
from packager.errors import UsageError
from packager.source.writer import to_json

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
FORM_SCHEMA = "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#"


def side(resources=(), parameters=None, outputs=None, basics=None, steps=(), version=None, plan=None, **others):
    template = {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "parameters": parameters or {}}
    template |= {"resources": list(resources), "outputs": outputs or {}}
    form = {"$schema": FORM_SCHEMA, "handler": "Microsoft.Azure.CreateUIDef", "version": "0.1.2-preview"}
    form |= {"parameters": {"basics": basics or [], "steps": list(steps), "outputs": {}}}
    files = {"mainTemplate.json": to_json(template).encode(), "createUiDefinition.json": to_json(form).encode()}
    files |= {name.replace("_", "."): data for name, data in others.items()}
    entries = {name: Entry(name, len(data), lambda data=data: data) for name, data in files.items()}
    return Side(Package(Bundle("p", "folder", plan, entries), datetime.date(2026, 11, 24)), plan, version)


def resource(kind, name, **more):
    return {"type": kind, "apiVersion": "2023-01-01", "name": name, "location": "westeurope", **more}


def notes(old, new):
    return [
        (one.subject, one.kind, one.name, str(one.step), one.message)
        for one in compare_packages(side(**old), side(**new)).notes
    ]


def parameter_notes(old, new):
    pair = [side(parameters={"p": one} if one else {}).package.main for one in (old, new)]
    return [(str(one.step), one.message) for one in declared_notes(*pair)]


def test_the_same_packages():
    found = compare_packages(side(), side())
    assert (found.notes, found.files, found.deserved) == ((), (), Step.NONE)


def test_resources_that_come_go_move_and_are_renamed():
    old = [resource("A.B/gone", "x"), resource("A.B/named", "x"), resource("A.B/moved", "x"), resource("A.B/kept", "x")]
    new = [resource("A.B/named", "y"), resource("A.B/moved", "x", location="eastus"), resource("A.B/new", "x")]
    new.append(resource("A.B/kept", "x", tags={"a": "b"}))
    assert [(kind, name, step) for _, kind, name, step, _ in notes({"resources": old}, {"resources": new})] == [
        ("changed", "A.B/named 'y'", "major"),
        ("removed", "A.B/gone 'x'", "major"),
        ("changed", "A.B/moved 'x'", "major"),
        ("added", "A.B/new 'x'", "minor"),
    ]
    changed = compare_packages(side(resources=old), side(resources=new)).resources
    assert [(one.type, len(one.changes)) for one in changed] == [("A.B/moved", 1), ("A.B/kept", 1)]


def test_a_resource_behind_a_condition_is_not_called_gone():
    old, new = resource("A.B/c", "x"), resource("A.B/c", "x", condition=False)
    reason = "it is no longer deployed by default"
    assert notes({"resources": [old]}, {"resources": [new]}) == [("resource", "removed", "A.B/c 'x'", "minor", reason)]
    reason = "it is deployed by default now"
    assert notes({"resources": [new]}, {"resources": [old]}) == [("resource", "added", "A.B/c 'x'", "minor", reason)]


def test_deployments_are_nothing_that_customers_keep():
    nested = resource("Microsoft.Resources/deployments", "x", properties={"mode": "Incremental"})
    assert [step for *_, step, _ in notes({"resources": [nested]}, {})] == ["patch"]


def test_a_template_that_azure_refuses_is_not_compared():
    broken = {"resources": [resource("A.B/c", "[parameters('no')]")]}
    ((subject, kind, name, step, message),) = notes({"resources": [resource("A.B/c", "x")]}, broken)
    assert (subject, kind, name, step) == ("resource", "changed", "mainTemplate.json", "patch")
    assert message.startswith("what would be deployed is not compared, Azure would refuse it: ")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"type": "string"}, None, [("major", "it is gone: deployments that give it a value are refused")]),
        (None, {"type": "string"}, [("major", "it is new and has no default: updates must give it")]),
        (None, {"type": "string", "defaultValue": None}, [("minor", "it is new and has a default")]),
        ({"type": "string"}, {"type": "SecureString"}, []),
        (
            {"type": "string"},
            {"type": "int"},
            [("major", "its type was string and is int: values given before are refused")],
        ),
        (
            {"type": "int", "defaultValue": 1},
            {"type": "int"},
            [("major", "its default is gone: updates must give it a value")],
        ),
        ({"type": "int", "defaultValue": 1}, {"type": "int", "DefaultValue": 1}, []),
        (
            {"type": "int", "defaultValue": 1},
            {"type": "int", "defaultValue": 2},
            [("patch", "its default is another one")],
        ),
        ({"type": "int"}, {"type": "int", "defaultValue": 2}, [("patch", "it has a default now")]),
        (
            {"type": "string", "allowedValues": ["a", "b"]},
            {"type": "string", "allowedValues": ["b", "c"]},
            [("major", "it no longer takes a"), ("minor", "it takes c")],
        ),
        ({"type": "string", "allowedValues": ["a"]}, {"type": "string"}, [("minor", "it takes any value now")]),
        (
            {"type": "string"},
            {"type": "string", "allowedValues": ["a"]},
            [("major", "it takes only some values now; others were accepted")],
        ),
        (
            {"type": "int", "minValue": 1, "maxValue": 5},
            {"type": "int", "minValue": 2, "maxValue": 6},
            [
                ("major", "minValue was 1 and is 2: it refuses values that were accepted"),
                ("minor", "maxValue was 5 and is 6: it accepts more values"),
            ],
        ),
        (
            {"type": "string"},
            {"type": "string", "maxLength": 3},
            [("major", "maxLength was unset and is 3: it refuses values that were accepted")],
        ),
    ],
)
def test_parameters(old, new, expected):
    assert parameter_notes(old, new) == expected


def test_outputs():
    old = {"a": {"type": "string", "value": "x"}, "b": {"type": "string", "value": "x"}}
    new = {"b": {"type": "int", "value": 1}, "c": {"type": "string", "value": "x"}}
    assert notes({"outputs": old}, {"outputs": new}) == [
        ("output", "removed", "a", "major", "it is gone: whoever reads it fails"),
        ("output", "changed", "b", "major", "its type was string and is int"),
        ("output", "added", "c", "minor", "it is new"),
    ]


def test_form_elements():
    old = {"basics": [{"name": "a", "type": "X.TextBox"}, {"name": "b", "type": "X.TextBox"}]}
    new = {
        "basics": [{"name": "b", "type": "X.DropDown"}],
        "steps": [{"name": "s", "elements": [{"name": "c", "type": "X.Slider"}]}],
    }
    assert [(kind, name, message) for _, kind, name, _, message in notes(old, new)] == [
        ("removed", "basics/a", "X.TextBox is gone"),
        ("changed", "basics/b", "it was X.TextBox and is X.DropDown"),
        ("added", "s/c", "X.Slider is new"),
        ("added", "s", "the step is new"),
    ]


def test_files_that_are_no_json_are_told_in_lines_or_bytes():
    found = compare_packages(
        side(run_sh=b"a\nb\n", chart_tgz=b"\0\1", old_txt=b"1"),
        side(run_sh=b"a\nc\nd\n", chart_tgz=b"\0\1\2", new_txt=b""),
    )
    assert [(one.name, one.kind, one.size, one.lines) for one in found.files] == [
        ("chart.tgz", "changed", (2, 3), None),
        ("new.txt", "added", (0, 0), None),
        ("old.txt", "removed", (1, 0), None),
        ("run.sh", "changed", (4, 6), (1, 2)),
    ]
    assert found.deserved is Step.PATCH


def test_plans_are_compared_with_their_namesakes():
    old, new = [side(plan="a"), side(plan="b")], [side(plan="b"), side(plan="c")]
    found = compare("x", "y", old, new)
    assert ([one.plan for one in found.packages], found.added, found.removed) == (["b"], ("c",), ("a",))
    assert [one.plan for one in compare("x", "y", old[1:], new).packages] == ["b"]
    with pytest.raises(UsageError, match="no plan in common"):
        compare("x", "y", old[:1], new)
    with pytest.raises(UsageError, match="nothing tells which plan"):
        compare("x", "y", [side()], new)
