"""What arm-ttk's tests of templates make of types, regions and versions, by the raw text and by its object search."""

import datetime
import json

import pytest

from packager.arm.recency import Recency
from packager.bundle.model import Bundle, Entry
from packager.checks.armttk.idnames import is_exempt
from packager.checks.armttk.recent import complaints, ends_test, full_type
from packager.checks.armttk.referenced import FailedError, TypesOfNames, type_in
from packager.checks.armttk.regions import mentions
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.package import Package

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
DAY = datetime.date(2026, 11, 23)


def run_on(**sections):
    text = json.dumps({"$schema": SCHEMA, "contentVersion": "1.0.0.0"} | sections, indent=1).encode()
    entry = Entry("mainTemplate.json", len(text), lambda: text)
    (turn,) = Package(Bundle("p", "folder", None, {"mainTemplate.json": entry}), DAY).turns
    return ArmTtkRun(turn, turn.template)


def deployment(scope, *resources):
    properties = {"expressionEvaluationOptions": {"scope": scope}, "template": {"resources": list(resources)}}
    return {"type": "Microsoft.Resources/deployments", "name": "d", "properties": properties}


def types(resources):
    found = run_on(resources=resources).template.search.by_value_like("apiVersion", "*")
    return [full_type(one) for one in found]


def resource(kind, name="n", **more):
    return {"type": kind, "name": name, "apiVersion": "2024-01-01", **more}


def test_types_are_put_together_from_those_around():
    child = resource("A.B/c", resources=[resource("d"), resource("A.B/c/e"), resource("X.Y/z")])
    assert types([child]) == ["A.B/c", "A.B/c/d", "A.B/c/e", "A.B/c/X.Y/z"]
    assert types([deployment("outer", resource("A.B/c"))]) == ["Microsoft.Resources/deployments/A.B/c"]
    # What is of inner scope is cut out of the template; only what is left in it is looked at.
    assert types([deployment("inner", resource("A.B/c"))]) == []
    assert types([{"name": "n", "apiVersion": "2024-01-01"}]) == [""]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("[concat('a', '/X.Y/', 'b')]", "X.Y"),
        ("[concat('X.Y', 'b')]", "X.Y"),
        ("[concat('a/X.Y/')]", None),
        ("a", None),
    ],
)
def test_the_provider_of_an_extension_is_looked_for_in_its_name(name, expected):
    assert types([resource("A.B/c/providers/locks", name)]) == [expected]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("reference(resourceId('A.B/c', 'x'), '1')", "A.B/c"),
        ("reference(resourceId(parameters('g'), 'A.B/c/d', 'x', concat('y', '/z')), '1')", "A.B/c/d//z"),
        ("reference(variables('n'), '1')", "A.B/c"),
        ("reference(VARIABLES('n'), '1')", "A.B/c"),
        ("reference(variables('m'), '1')", ""),
        ("reference(subscriptionResourceId('A.B/c', 'x'), '1')", ""),
        ("reference(variables('*'), '1')", "A.B/c"),
    ],
)
def test_the_type_that_a_call_is_about(call, expected):
    run = run_on(
        variables={"name": "[variables('m')]"}, resources=[resource("A.B/c", "[variables('n')]"), resource("X.Y/z")]
    )
    assert type_in(call, TypesOfNames(run.template)) == expected


@pytest.mark.parametrize("call", ["f(resourceId('a/b'), resourceId('c/d'))", "reference(variables('['), '1')"])
def test_calls_at_which_it_fails(call):
    with pytest.raises(FailedError):
        type_in(call, TypesOfNames(run_on(resources=[resource("A.B/c")]).template))


def test_mentions_of_the_location_outside_parameters_and_deployments():
    run = run_on(
        parameters={"location": {"type": "string", "defaultValue": "[resourceGroup().location]"}},
        variables={"a": "RESOURCEGROUP().Location", "b": "[deployment()_location]", "c": "[resourceGroup( ).location]"},
        resources=[deployment("outer", resource("A.B/c", location="[resourceGroup().location]"))],
        outputs={"d": {"type": "string", "value": "[toLower(resourceGroup().location)]"}},
    )
    found = [run.text.value[span.start : span.end] for span in mentions(run)]
    assert found == ["RESOURCEGROUP().Location", "deployment()_location", "resourceGroup().location"]


@pytest.mark.parametrize(
    ("properties", "exempt"),
    [
        ({"cardId": 1}, False),
        ({"networkSecurityGroupId": 1}, True),
        ({"detector": {"id": 1}}, True),
        ({"tags": {"cardId": 1}}, True),
        ({"metadata": {"cardId": 1}}, True),
        ({"parameters": {"cardId": 1}}, False),
        ({"x": {"type": "a/config", "y": {"cardId": 1}}}, True),
        ({"x": {"type": "Microsoft.Logic/workflows/x", "y": {"cardId": 1}}}, False),
        ({"x": {"type": "microsoft.logic/Workflows", "y": {"cardId": 1}}}, True),
        ({"x": {"type": "My.backends", "properties": {"cardId": 1}}}, True),
    ],
)
def test_names_that_are_left_out(properties, exempt):
    search = run_on(resources=[resource("A.B/c", properties=properties)]).template.resource_search
    (found,) = [one for key in ("cardId", "networkSecurityGroupId", "id") for one in search.by_key(key)]
    assert is_exempt(found) is exempt


@pytest.mark.parametrize(
    ("version", "known", "said", "ends"),
    [
        ("2024-01-01", ("2024-01-01",), [], False),
        ("2020-01-01", ("2024-01-01-preview", "2020-01-01"), [], True),
        ("2020-01-01", ("2020-01-01-preview", "2020-01-01"), [], False),
        ("2020-01-01", ("2024-01-01", "2020-01-01"), ["age"], False),
        ("2025-01-01", ("2026-01-01", "2025-01-01"), [], False),
        ("2020-01-01-beta", ("2024-01-01-preview", "2020-01-01-beta"), [], True),
        ("2020-01-01-preview", ("2020-01-01-preview", "2020-01-01"), ["twin"], False),
        ("2020-01-01-Preview", ("2024-01-01", "2020-01-01-preview"), ["preview", "age"], False),
        ("2019-01-01", ("2024-01-01",), [], False),
    ],
)
def test_what_it_says_of_a_version(version, known, said, ends):
    recency = Recency(version, known, DAY)
    assert (list(complaints(recency)), ends_test(recency)) == (said, ends)
