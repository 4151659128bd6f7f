"""The index of what a package would deploy."""

import datetime
import json

from packager.bundle.model import Bundle, Entry
from packager.checks.deployed import deployed, inside, leaves, once, place
from packager.checks.package import Package
from packager.checks.rule import Hit
from packager.expressions.values import Unknown

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"


def template(*resources, **sections):
    return {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": list(resources), **sections}


def account(name, **members):
    return {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2024-01-01", "name": name, **members}


def deployment(name, **members):
    return {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": name, **members}


def linked(name, file, **members):
    return deployment(name, properties={"mode": "Incremental", "templateLink": {"relativePath": file}}, **members)


def package(**files):
    texts = {f"{name.replace('__', '/')}.json": json.dumps(value).encode() for name, value in files.items()}
    entries = {name: Entry(name, len(data), lambda data=data: data) for name, data in texts.items()}
    return Package(Bundle("p", "folder", None, entries), datetime.date(2026, 11, 24))


def test_a_linked_file_is_deployed_as_the_main_template_does_it():
    child = template(account("[parameters('name')]"), parameters={"name": {"type": "string"}})
    values = {"name": {"value": "given"}}
    link = linked("link", "nested/child.json")
    link["properties"]["parameters"] = values
    found = package(mainTemplate=template(link), nested__child=child)
    assert [one.name for one in found.deployed.of("nested/child.json")] == ["given"]
    alone = package(mainTemplate=template(), nested__child=child)
    assert [type(one.name) for one in alone.deployed.of("nested/child.json")] == [Unknown]


def test_resources_are_found_by_type_and_only_from_the_template_of_their_file():
    nested = deployment(
        "nested",
        properties={
            "mode": "Incremental",
            "expressionEvaluationOptions": {"scope": "inner"},
            "template": template(account("inner")),
        },
    )
    found = package(mainTemplate=template(account("outer"), nested))
    main, inner = found.main, found.main.nested[0]
    assert [one.name for one in deployed(main, found, "microsoft.storage/storageaccounts")] == ["outer", "inner"]
    assert list(deployed(inner, found)) == []


def test_leaves_leave_the_template_of_a_deployment_to_its_resources():
    nested = deployment(
        "nested",
        properties={
            "mode": "Incremental",
            "parameters": {"one": {"value": "given"}},
            "expressionEvaluationOptions": {"scope": "inner"},
            "template": template(account("inner", tags={"a": "b"}), parameters={"one": {"type": "string"}}),
        },
    )
    found = package(mainTemplate=template(nested))
    values = {(leaf.path, leaf.value) for leaf in leaves(found.main, found)}
    assert (("properties", "parameters", "one", "value"), "given") in values
    assert (("tags", "a"), "b") in values
    assert not any("template" in path for path, _ in values)


def test_what_is_certain_has_no_condition_around_it():
    inner = {"mode": "Incremental", "template": template(account("inner"))}
    found = package(
        mainTemplate=template(
            account("always"),
            account("maybe", condition="[parameters('more')]"),
            deployment("nested", condition="[parameters('more')]", properties=inner),
            parameters={"more": {"type": "bool"}},
        )
    )
    assert {one.name for one in found.deployed.every} == {"always", "maybe", "nested", "inner"}
    assert {one.name for one in found.deployed.certain} == {"always"}


def test_it_is_whole_when_every_link_was_followed():
    assert package(mainTemplate=template(linked("l", "child.json")), child=template(account("a"))).deployed.is_whole
    assert not package(mainTemplate=template(linked("l", "other.json"))).deployed.is_whole


def test_places_are_found_in_any_case_and_fall_back_to_the_holder():
    one = package(mainTemplate=template(account("a", Properties={"Disks": [{"size": 1}]}))).deployed.every[0]
    assert place(one, "properties", "disks", 0, "SIZE").path == ("resources", 0, "Properties", "Disks", 0, "size")
    missing = place(one, "properties", "absent", "more")
    assert missing.place() == place(one, "properties").place()


def test_inside_tells_absent_from_unknown():
    unknown = Unknown(None)
    assert inside({"a": {"B": 1}}, "A", "b") == 1
    assert inside({"a": unknown}, "a", "b") is unknown
    assert inside({"a": [1]}, "a", "b") is inside({}, "a") is None


def test_once_keeps_the_first_hit_at_a_place():
    spot = package(mainTemplate=template()).main.spot()
    hits = [Hit(spot, "one"), Hit(spot, "two"), Hit(spot, "three", "sub")]
    assert [hit.message for hit in once(hits)] == ["one", "three"]


def test_a_version_of_the_wrong_kind_stops_nobody_who_refers_to_the_resource():
    other = account("other", properties={"note": "[reference('one').primaryEndpoints.blob]"})
    for version in ({}, [1], True, "[createObject('a', resourceGroup().id)]"):
        found = package(mainTemplate=template(account("one", apiVersion=version), other))
        assert "other" in {one.name for one in found.deployed.every}
