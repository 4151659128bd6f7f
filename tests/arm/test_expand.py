import json
import time

import pytest

from packager.arm.expand import expand
from packager.arm.jsonform import as_json
from packager.expressions.scope import Facts
from packager.source.document import Document

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
FACTS = Facts(subscription_id="s1", resource_group="g1", location="westeurope", tenant_id="t1", management_group="m1")
INTEGERS = {"additionalProperties": {"type": "int"}}
GROUPS = "Microsoft.Resources/resourceGroups"
GROUP = "/subscriptions/s1/resourceGroups/g1"


def template(resources=(), **sections):
    found = list(resources) if isinstance(resources, (list, tuple)) else resources
    return {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": found, **sections}


def a(name="n", type_="Microsoft.A/b", **more):
    return {"type": type_, "apiVersion": "2020-01-01", "name": name, **more}


def nested(name="inner", *, inner=True, template=None, **more):
    properties = {"mode": "Incremental", **more.pop("properties", {})}
    if template is not None:
        properties["template"] = template
    if inner:
        properties["expressionEvaluationOptions"] = {"scope": "inner"}
    return a(name, "Microsoft.Resources/deployments", properties=properties, **more)


def run(value, values=None, facts=FACTS, files=None):
    documents = {name: Document.from_text(name, json.dumps(one)) for name, one in (files or {}).items()}
    return expand(Document.from_text("t.json", json.dumps(value, indent=1)), values or {}, facts, documents.get)


def good(value, values=None, facts=FACTS, files=None):
    found = run(value, values, facts, files)
    assert found.troubles == []
    return as_json(found)


def troubles(value, values=None, facts=FACTS, files=None):
    return [(one.code, one.message) for one in run(value, values, facts, files).troubles]


def names(found):
    return [one["name"] for one in found["resources"]]


def outputs(found):
    return {name: one["value"] for name, one in found["outputs"].items()}


def test_a_resource_is_shown_whole():
    resource = a(
        "[concat('n', parameters('x'))]",
        location="[resourceGroup().location]",
        condition=True,
        comments="c",
        tags={"[parameters('x')]": "v"},
        properties={"p": "[reference('other').y]"},
    )
    found = good(template([resource, a("other")], parameters={"x": {"type": "int", "defaultValue": 1}}) | {
        "parameters": {"x": {"type": "string", "defaultValue": "1"}}
    })  # fmt: skip
    assert found["resources"][1] == {
        "id": f"{GROUP}/providers/Microsoft.A/b/n1",
        "name": "n1",
        "type": "Microsoft.A/b",
        "apiVersion": "2020-01-01",
        "location": "westeurope",
        "scope": None,
        "symbolicName": None,
        "deployment": None,
        "linked": False,
        "condition": True,
        "properties": {"p": {"$unknown": "[reference('other').y]"}},
        "dependsOn": [f"{GROUP}/providers/Microsoft.A/b/other"],
        "body": {
            "type": "Microsoft.A/b",
            "apiVersion": "2020-01-01",
            "name": "n1",
            "location": "westeurope",
            "tags": {"1": "v"},
            "properties": {"p": {"$unknown": "[reference('other').y]"}},
        },
    }
    assert found["unknown"] == ["/resources/1/properties/p"]


def test_what_is_unknown_about_an_identity_is_printed_in_brackets():
    found = good(
        template([a("[concat('n', deployment().name)]", location="[resourceGroup().location]")]), facts=Facts()
    )
    one = found["resources"][0]
    assert one["name"] == "[concat('n', deployment().name)]"
    assert one["id"] == "[resourceId('Microsoft.A/b', concat('n', deployment().name))]"
    assert one["location"] == {"$unknown": "[resourceGroup().location]"}
    assert found["unknown"] == ["/resources/0/id", "/resources/0/name", "/resources/0/location"]


def test_what_is_not_deployed_needs_no_name():
    one = a("[if(parameters('on'), 'n', null())]", condition="[parameters('on')]")
    value = template([one], parameters={"on": {"type": "bool", "defaultValue": False}})
    assert good(value)["resources"] == []
    always = template([a("[null()]")])
    assert [message for _, message in troubles(always)] == ["the name of a resource is a text, not null"]


def test_loops_make_instances_after_the_other_resources():
    loop = a(
        "[concat('n', copyIndex(1))]",
        copy={"name": "l", "count": 2},
        properties={"i": "[copyIndex('L')]", "copy": [{"name": "k", "count": 2, "input": "[copyIndex('k', 5)]"}]},
    )
    found = good(template([loop, a("plain")]))
    assert names(found) == ["plain", "n1", "n2"]
    assert found["resources"][2]["properties"] == {"i": 1, "k": [5, 6]}


def test_a_loop_can_run_zero_times():
    assert good(template([a(copy={"name": "l", "count": 0})]))["resources"] == []


def test_a_loop_of_unknown_length_is_one_undecided_resource():
    loop = a("[concat('n', copyIndex())]", copy={"name": "l", "count": "[length(parameters('list'))]"})
    found = good(template([loop], parameters={"list": {"type": "array"}}))
    assert found["resources"][0]["condition"] == {"$unknown": "[greater(length(parameters('list')), 0)]"}
    assert found["resources"][0]["name"] == "[concat('n', copyIndex('l'))]"
    assert found["unknown"][0] == "/parameters/list"


def test_conditions_keep_skip_or_stay_open():
    found = good(
        template(
            [
                a("yes", condition="[equals(1, 1)]"),
                a("no", condition=False, properties={"x": "[div(1, 0)]"}),
                a("maybe", condition="[equals(deployment().name, 'x')]", dependsOn=["no", "yes"]),
            ]
        )
    )
    assert names(found) == ["yes", "maybe"]
    assert found["skipped"] == [{"id": f"{GROUP}/providers/Microsoft.A/b/no", "reason": "its condition is false"}]
    assert found["resources"][1]["condition"] == {"$unknown": "[equals(deployment().name, 'x')]"}
    assert found["resources"][1]["dependsOn"] == [f"{GROUP}/providers/Microsoft.A/b/yes"]


def test_a_condition_does_not_reach_the_children():
    parent = a("p", condition=False, resources=[a("c", "c"), a("d", "c", condition=False)])
    found = good(template([parent]))
    assert names(found) == ["p/c"]
    assert [one["id"][-5:] for one in found["skipped"]] == ["A/b/p", "p/c/d"]


def test_children_are_flattened_in_both_forms():
    parent = a("p", resources=[a("c", "c", resources=[a("d", "d")]), a("p/full", "Microsoft.A/b/c")])
    found = good(template([parent, a("p/x", "Microsoft.A/b/c")]))
    assert [(one["type"], one["name"]) for one in found["resources"]] == [
        ("Microsoft.A/b", "p"),
        ("Microsoft.A/b/c", "p/c"),
        ("Microsoft.A/b/c/d", "p/c/d"),
        ("Microsoft.A/b/c", "p/full"),
        ("Microsoft.A/b/c", "p/x"),
    ]
    assert found["resources"][2]["id"] == f"{GROUP}/providers/Microsoft.A/b/p/c/c/d/d"


@pytest.mark.parametrize(
    ("schema", "resource", "expected"),
    [
        ("subscriptionDeploymentTemplate", a(), "/subscriptions/s1/providers/Microsoft.A/b/n"),
        ("subscriptionDeploymentTemplate", a("r", GROUPS), "/subscriptions/s1/resourceGroups/r"),
        (
            "managementGroupDeploymentTemplate",
            a(),
            "/providers/Microsoft.Management/managementGroups/m1/providers/Microsoft.A/b/n",
        ),
        ("tenantDeploymentTemplate", a(), "/providers/Microsoft.A/b/n"),
        ("deploymentTemplate", a(scope="/"), "/providers/Microsoft.A/b/n"),
        ("deploymentTemplate", a(scope="Microsoft.C/d/e"),
         f"{GROUP}/providers/Microsoft.C/d/e/providers/Microsoft.A/b/n"),
        ("deploymentTemplate", a(scope="[resourceId('Microsoft.C/d', 'e')]"),
         f"{GROUP}/providers/Microsoft.C/d/e/providers/Microsoft.A/b/n"),
    ],
)  # fmt: skip
def test_ids_at_every_scope(schema, resource, expected):
    whole = template([resource]) | {"$schema": f"https://schema.management.azure.com/schemas/2018-05-01/{schema}.json#"}
    assert good(whole)["resources"][0]["id"] == expected


@pytest.mark.parametrize(
    "entry",
    ["one", "Microsoft.A/b/one", "[resourceId('Microsoft.A/b', 'ONE')]", f"{GROUP}/providers/microsoft.a/B/one"],
)
def test_dependencies_are_written_in_many_ways(entry):
    found = good(template([a("one"), a("two", dependsOn=[entry])]))
    assert found["resources"][1]["dependsOn"] == [f"{GROUP}/providers/Microsoft.A/b/one"]


def test_a_dependency_on_a_loop_means_every_instance():
    loop = a("[concat('n', copyIndex())]", copy={"name": "all", "count": 2})
    found = good(template([loop, a("last", dependsOn=["all"])]))
    assert names(found) == ["n0", "n1", "last"]
    assert [id_[-2:] for id_ in found["resources"][2]["dependsOn"]] == ["n0", "n1"]


def test_resources_come_behind_what_they_wait_for_else_in_the_order_of_the_template():
    found = good(template([a("d", dependsOn=["c"]), a("b"), a("c", dependsOn=["a"]), a("a"), a("e")]))
    assert names(found) == ["b", "a", "c", "d", "e"]


def test_serial_loops_wait_for_the_batch_before():
    loop = a("[concat('n', copyIndex())]", copy={"name": "l", "count": 5, "mode": "Serial", "batchSize": 2})
    found = good(template([loop]))
    edges = [[id_[-2:] for id_ in one["dependsOn"]] for one in found["resources"]]
    assert edges == [[], [], ["n0", "n1"], ["n0", "n1"], ["n2", "n3"]]


def test_symbolic_names_refer_to_resources_and_loops():
    resources = {
        "old": a("old", existing=True),
        "loop": a("[concat('n', copyIndex())]", copy={"name": "loop", "count": 2}),
        "first": a("first", dependsOn=["loop[1]", "old"]),
        "last": a("last", dependsOn=["loop"], properties={"x": "[reference('first').y]", "z": "[reference('old').y]"}),
    }
    found = good(template(resources, languageVersion="2.0"))
    assert names(found) == ["n0", "n1", "first", "last"]
    assert [one["symbolicName"] for one in found["resources"]] == ["loop[0]", "loop[1]", "first", "last"]
    edges = [[id_.rpartition("/")[2] for id_ in one["dependsOn"]] for one in found["resources"]]
    assert edges[2:] == [["n1"], ["n0", "n1", "first"]]


def test_inner_and_outer_scope_read_different_variables():
    inner = template(outputs={"o": {"type": "string", "value": "[variables('v')]"}}, variables={"v": "child"})
    for is_inner, expected in ((True, "child"), (False, "parent")):
        whole = template(
            [nested(inner=is_inner, template=inner)],
            variables={"v": "parent"},
            outputs={"o": {"type": "string", "value": "[reference('inner').outputs.o.value]"}},
        )
        assert outputs(good(whole)) == {"o": expected}


def test_outputs_flow_between_deployments_in_any_order():
    def child(value):
        return template(
            [a("[parameters('p')]")],
            parameters={"p": {"type": "string"}},
            outputs={"o": {"type": "string", "value": value}},
        )

    first = nested(
        "first", template=child("[concat(parameters('p'), '!')]"), properties={"parameters": {"p": {"value": "x"}}}
    )
    second = nested(
        "second",
        template=child("[parameters('p')]"),
        properties={"parameters": {"p": {"value": "[reference('first').outputs.o.value]"}}},
    )
    found = good(
        template([second, first], outputs={"o": {"type": "string", "value": "[reference('second').outputs.o.value]"}})
    )
    assert names(found) == ["first", "x", "second", "x!"]
    assert outputs(found) == {"o": "x!"}
    assert found["resources"][2]["dependsOn"] == [f"{GROUP}/providers/Microsoft.Resources/deployments/first"]
    assert found["resources"][3]["deployment"] == f"{GROUP}/providers/Microsoft.Resources/deployments/second"


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, f"{GROUP}/providers/Microsoft.A/b/n"),
        ({"resourceGroup": "g2"}, "/subscriptions/s1/resourceGroups/g2/providers/Microsoft.A/b/n"),
        (
            {"subscriptionId": "s2", "resourceGroup": "g2"},
            "/subscriptions/s2/resourceGroups/g2/providers/Microsoft.A/b/n",
        ),
        ({"subscriptionId": "s2", "location": "w"}, "/subscriptions/s2/providers/Microsoft.A/b/n"),
        ({"scope": "/", "location": "w"}, "/providers/Microsoft.A/b/n"),
        ({"scope": "Microsoft.Management/managementGroups/m2", "location": "w"},
         "/providers/Microsoft.Management/managementGroups/m2/providers/Microsoft.A/b/n"),
    ],
)  # fmt: skip
def test_nested_deployments_go_to_their_target(where, expected):
    assert good(template([nested(template=template([a()]), **where)]))["resources"][1]["id"] == expected


def test_a_group_elsewhere_has_an_unknown_location():
    child = template(outputs={"l": {"type": "string", "value": "[resourceGroup().location]"},
                              "g": {"type": "string", "value": "[resourceGroup().name]"}})  # fmt: skip
    whole = template(
        [nested(template=child, resourceGroup="g2")],
        outputs={
            "l": {"type": "string", "value": "[reference('inner').outputs.l.value]"},
            "g": {"type": "string", "value": "[reference('inner').outputs.g.value]"},
        },
    )
    assert outputs(good(whole)) == {"l": {"$unknown": "[resourceGroup().location]"}, "g": "g2"}


@pytest.mark.parametrize(
    "link",
    [
        {"relativePath": "nested/child.json"},
        {"uri": "[uri(deployment().properties.templateLink.uri, 'nested/child.json')]"},
        {"uri": "[uri(parameters('_artifactsLocation'), concat('nested/child.json', variables('token')))]"},
        {"uri": "[concat(parameters('_artifactsLocation'), 'nested/child.json')]"},
    ],
)
def test_linked_templates_of_the_package_are_followed(link):
    parameters = {
        "_artifactsLocation": {"type": "string", "defaultValue": "[deployment().properties.templateLink.uri]"},
        "_artifactsLocationSasToken": {"type": "securestring", "defaultValue": ""},
    }
    child = template([nested("deeper", properties={"templateLink": {"relativePath": "grandchild.json"}}, inner=False)])
    files = {"nested/child.json": child, "nested/grandchild.json": template([a()])}
    variables = {"token": "[parameters('_artifactsLocationSasToken')]"}
    linking = [nested(inner=False, properties={"templateLink": link})]
    found = good(template(linking, parameters=parameters, variables=variables), files=files)
    made = [(one["name"], one["linked"]) for one in found["resources"]]
    assert made == [("inner", False), ("deeper", True), ("n", True)]


def test_links_that_lead_out_of_the_package_or_in_circles_end():
    for path in ("../../secret.json", "https://[", "//[x]/y", "[concat('https://', '[')]", "", "\\\\x"):
        outside = nested("out", inner=False, properties={"templateLink": {"relativePath": path}})
        assert names(good(template([outside]))) == ["out"]
    circle = template([nested(inner=False, properties={"templateLink": {"relativePath": "circle.json"}})])
    assert troubles(circle, files={"circle.json": circle})[0][0] == "link"


def test_a_parameter_without_a_value_is_unknown_of_its_type():
    found = run(
        template(
            parameters={"x": {"type": "int"}}, outputs={"o": {"type": "int", "value": "[add(parameters('x'), 1)]"}}
        )
    )
    assert found.missing == ["x"]
    assert outputs(as_json(found)) == {"o": {"$unknown": "[add(parameters('x'), 1)]"}}


@pytest.mark.parametrize(
    ("declaration", "value", "message"),
    [
        ({"type": "bool"}, "true", " is string, and bool is declared"),
        ({"type": "int", "minValue": 1}, 0, " is 0, less than the 1 that are declared"),
        ({"type": "string", "maxLength": 1}, "ab", " is 2 characters long, more than the 1 that are declared"),
        ({"type": "string", "allowedValues": ["a"]}, "b", " 'b' is none of the allowed values: a"),
        ({"$ref": "#/definitions/d"}, {"foo": "", "bar": 1},
         ".foo is 0 characters long, less than the 3 that are declared"),
        ({"$ref": "#/definitions/d"}, {"foo": "abc"}, " lacks the property 'bar'"),
        ({"type": "array", "prefixItems": [{"type": "int"}], "items": False}, [1, 2],
         " has more items than the 1 that are declared"),
        ({"type": "object", "additionalProperties": False}, {"a": 1}, " has the property 'a', which is not declared"),
    ],
)  # fmt: skip
def test_values_must_be_what_is_declared(declaration, value, message):
    definitions = {
        "d": {"type": "object", "properties": {"foo": {"type": "string", "minLength": 3}, "bar": {"type": "int"}}}
    }
    whole = template({}, languageVersion="2.0", parameters={"p": declaration}, definitions=definitions)
    assert troubles(whole, {"P": value}) == [("parameter-value", f"the parameter 'p'{message}")]


@pytest.mark.parametrize(
    ("declaration", "value"),
    [
        ({"type": "string", "allowedValues": ["Abc"]}, "aBC"),
        ({"type": "array", "allowedValues": ["a", "b"]}, ["b", "a"]),
        ({"type": "string", "nullable": True}, None),
        ({"type": "string", "defaultValue": "x"}, None),
        ({"type": "object", "discriminator": {"propertyName": "t", "mapping": {"i": INTEGERS}}}, {"t": "i", "x": 1}),
    ],
)  # fmt: skip
def test_values_that_fit(declaration, value):
    assert troubles(template({}, languageVersion="2.0", parameters={"p": declaration}), {"p": value}) == []


@pytest.mark.parametrize(
    ("whole", "code"),
    [
        (template([a("x/y")]), "segments"),
        (template([a("x"), a("X")]), "duplicate-resource"),
        (template([a(dependsOn=["none"])]), "undefined-dependency"),
        (template([a("x", dependsOn=["y"]), a("y", dependsOn=["x"])]), "circular-dependency"),
        (template([a("[reference('x').y]")]), "not-allowed-here"),
        (template(variables={"v": "[reference('x')]"}), "not-allowed-here"),
        (template([a("[newGuid()]")]), "not-allowed-here"),
        (template([a(condition=1)]), "argument-type"),
        (template([a(copy={"name": "l", "count": 801})]), "argument-value"),
        (template([a(copy={"name": "l", "count": 2, "mode": "serial", "batchSize": 3})]), "argument-value"),
        (template([a(name=5)]), "argument-type"),
        (template([a(dependsOn="x")]), "argument-type"),
        (template([a(properties={"x": "[concat('a'"})]), None),
        (template([a(properties={"x": "[concat('a']"})]), "syntax"),
        (template(variables={"v": "[variables('v')]"}), "circular"),
        (template(variables={"copy": [{"name": "l", "count": 1, "input": "[nothing()]"}]}), "unknown-function"),
        (template(parameters={"p": {"type": "string", "defaultValue": "[variables('v')]"}}), "not-allowed-here"),
        (template(parameters={"p": {"type": "bool", "defaultValue": "true"}}), "parameter-value"),
        (template(outputs={"o": {"type": "int", "value": "x"}}), "output-type"),
        (template(outputs={"o": {"type": "string", "value": "[subscription().x.y.z[0]]"}}), None),
        (template(outputs={"o": {"type": "string", "value": "[managementGroup().name]"}}), "not-at-this-scope"),
    ],
)  # fmt: skip
def test_what_azure_refuses_is_named(whole, code):
    assert [found[0] for found in troubles(whole)] == ([] if code is None else [code])


def test_an_undeclared_value_is_refused():
    assert troubles(template(), {"x": 1}) == [("parameter-value", "a value is given for 'x', which is no parameter")]


def test_errors_lead_to_the_character():
    found = run(template(variables={"v": "[add(1, lenght('a'))]"}))
    place = found.troubles[0].spot.place()
    text = json.dumps(template(variables={"v": "[add(1, lenght('a'))]"}), indent=1).splitlines()[place.line - 1]
    assert text[place.column - 1 : place.end_column - 1] == "lenght"


@pytest.mark.parametrize("number", ["9" * 5000, "1e999"])
def test_endless_numbers_are_refused_wherever_they_stand(number):
    text = json.dumps(
        template(
            [a(properties={"x": "[variables('n')]"})],
            variables={"n": "N"},
            outputs={
                "sum": {"type": "int", "value": "[add(variables('n'), 1)]"},
                "text": {"type": "string", "value": "[format('{0:N2}', variables('n'))]"},
                "unknown": {"type": "string", "value": "[concat(deployment().name, string(variables('n')))]"},
                "same": {"type": "bool", "value": "[equals(createArray(variables('n')), createArray(1))]"},
                "whole": {"type": "array", "value": ["[variables('n')]"]},
            },
        )
    ).replace('"N"', number)
    found = expand(Document.from_text("t.json", text), {}, FACTS)
    json.dumps(as_json(found), allow_nan=False)
    assert {"limit", "overflow"} >= {one.code for one in found.troubles} - {"argument-type"}


def test_one_mistake_does_not_hide_the_rest():
    found = run(
        template(
            [
                a("bad", properties={"x": "[div(1, 0)]", "y": ["[nope()]", "[add(1, 1)]"], "z": "[concat(]"}),
                a("[div(2, 0)]", condition="[div(3, 0)]", dependsOn=["bad"]),
                a("good", properties={"copy": [{"name": "p", "count": -1, "input": 1}], "q": 1}),
            ],
            outputs={"o": {"type": "int", "value": 1}},
        )
    )
    shown = as_json(found)
    assert names(shown) == ["bad", "[div(2, 0)]", "good"]
    assert [one["properties"] for one in shown["resources"]] == [
        {"x": {"$unknown": "[div(1, 0)]"}, "y": [{"$unknown": "[nope()]"}, 2], "z": "[concat(]"},
        {},
        {"q": 1},
    ]
    assert outputs(shown) == {"o": 1}
    assert [one.spot.path[2:] for one in found.troubles] == [
        ("condition",),
        ("name",),
        ("properties", "x"),
        ("properties", "y", 0),
        ("properties", "z"),
        ("properties", "copy", 0, "count"),
    ]


def test_outputs_have_loops_and_conditions():
    whole = template(
        outputs={
            "list": {"type": "array", "copy": {"count": 3, "input": "[copyIndex(1)]"}},
            "gone": {"type": "string", "condition": False, "value": "[div(1, 0)]"},
        }
    )
    assert outputs(good(whole)) == {"list": [1, 2, 3]}


@pytest.mark.parametrize(
    "value",
    [
        None,
        1,
        "x",
        [],
        {"resources": 5},
        {"resources": [1, None]},
        {"resources": {"a": 1}},
        {"parameters": [], "variables": 1, "outputs": "x", "functions": {}, "resources": []},
        {"resources": [{}]},
        {"resources": [{"type": "a", "name": "b", "copy": 3}]},
        {"resources": [{"type": "A.B/c", "name": "b", "copy": {"count": 1}}]},
        {"resources": [{"type": "Microsoft.Resources/deployments", "name": "d"}]},
        {"resources": [nested(template={"resources": 5})]},
        {"variables": {"copy": [1, {}]}, "outputs": {"o": 1}, "parameters": {"p": 1}},
        {
            "functions": [{"namespace": "n", "members": {"f": {"parameters": 5, "output": {"value": "[n.f()]"}}}}, 1],
            "variables": {"v": "[n.f(1)]"},
            "resources": [],
        },
    ],
)
def test_malformed_templates_do_not_crash(value):
    as_json(run(value))


def test_copies_of_copies_end_with_a_limit():
    inner = template([a("[concat('n', parameters('i'), copyIndex())]", copy={"name": "l", "count": 800})],
                     parameters={"i": {"type": "int"}})  # fmt: skip
    loop = nested(
        "[concat('d', copyIndex())]",
        template=inner,
        copy={"name": "o", "count": 800},
        properties={"parameters": {"i": {"value": "[copyIndex()]"}}},
    )
    began = time.perf_counter()
    assert "limit" in [code for code, _ in troubles(template([loop]))]
    assert time.perf_counter() - began < 30


NOT_HERE = "not-allowed-here"
REFERENCE = "[reference('x').y]"


@pytest.mark.parametrize(
    "resource",
    [
        a(dependsOn=[REFERENCE]),
        a(location=REFERENCE),
        a(properties={"copy": [{"name": "p", "count": REFERENCE, "input": 1}]}),
        a("d", "Microsoft.Resources/deployments", resourceGroup=REFERENCE, properties={"template": template()}),
        a(properties={"p": "[map(createArray('x'), lambda('x', reference(lambdaVariables('x')).y))]"}),
        a("[concat('n', copyIndex())]", copy={"name": "c", "count": 1}, properties={"p": "[references('n')]"}),
    ],
)
def test_what_azure_answers_later_has_its_places(resource):
    assert [code for code, _ in troubles(template([resource]))] == [NOT_HERE]


def test_counts_of_outputs_and_functions_cannot_wait_for_azure():
    value = template(
        outputs={"o": {"type": "array", "copy": {"count": REFERENCE, "input": 1}}},
        functions=[{"namespace": "f", "members": {"unused": {"output": {"type": "string", "value": REFERENCE}}}}],
    )
    assert [code for code, _ in troubles(value)] == [NOT_HERE, NOT_HERE]


def test_functions_are_checked_for_all_arguments():
    def of(kind, value):
        return {"parameters": [{"name": "x", "type": kind}], "output": {"type": "int", "value": f"[{value}]"}}

    members = {"wrong": of("int", "concat('a', parameters('x'))"), "right": of("object", "parameters('x').a.b")}
    value = template(functions=[{"namespace": "f", "members": members}])
    assert troubles(value) == [("output-type", "the output of 'f.wrong' is string, and int is declared")]


def test_outer_templates_cannot_ask_for_what_they_deploy():
    def outer(*resources, **sections):
        return template([nested("outer", inner=False, template=template(resources, **sections))])

    asked = "[reference(resourceId('Microsoft.A/b', 'n')).y]"
    assert [code for code, _ in troubles(outer(a(), outputs={"o": {"type": "string", "value": asked}}))] == [NOT_HERE]
    assert [code for code, _ in troubles(outer(a(), a("m", properties={"p": asked})), facts=Facts())] == [NOT_HERE]
    assert troubles(outer(a("m", properties={"p": asked}))) == []


@pytest.mark.parametrize("facts", [FACTS, Facts()])
@pytest.mark.parametrize("before", ["", "resourceGroup().name, "])
def test_outputs_of_nested_deployments_are_known_by_every_id(before, facts):
    id_ = f"resourceId({before}'Microsoft.Resources/deployments', 'in')"
    inside = template(outputs={"o": {"type": "string", "value": "known"}})

    def found(what):
        value = f"[reference({id_}).outputs.{what}]"
        return run(
            template([nested("in", template=inside)], outputs={"x": {"type": "string", "value": value}}), facts=facts
        )

    assert found("o.value").outputs["x"].value == "known"
    assert [one.message for one in found("p.value").troubles] == ["the object has no property 'p'"]


def test_secure_outputs_have_no_value_for_others():
    inside = template(outputs={"o": {"type": "securestring", "value": "x"}})
    value = template(
        [nested("in", template=inside)], outputs={"x": {"type": "string", "value": "[reference('in').outputs.o.value]"}}
    )
    assert [code for code, _ in troubles(value)] == ["property-not-found"]


def test_a_full_id_makes_no_edge():
    id_ = "resourceId('Microsoft.Resources/deployments', 'in')"
    inside = template(outputs={"o": {"type": "string", "value": "x"}})
    for written, expected in ((id_, []), ("'in'", [f"{GROUP}/providers/Microsoft.Resources/deployments/in"])):
        found = good(
            template([nested("in", template=inside), a(properties={"p": f"[reference({written}).outputs.o.value]"})])
        )
        assert found["resources"][1]["dependsOn"] == expected


def test_a_nested_deployment_of_unknown_scope_goes_where_its_schema_says():
    groups = SCHEMA.replace("2019-04-01/deployment", "2019-08-01/managementGroupDeployment")
    tenant = SCHEMA.replace("2019-04-01/deployment", "2019-08-01/tenantDeployment")
    inside = {**template(outputs={"o": {"type": "string", "value": "[managementGroup().type]"}}), "$schema": groups}
    scope = "[concat('Microsoft.Management/managementGroups/', parameters('g'))]"
    value = template([nested("in", template=inside, scope=scope, location="w")], parameters={"g": {"type": "string"}})
    found = run({**value, "$schema": tenant}, facts=Facts())
    assert (found.troubles, found.doubts) == ([], [])
    placed = template([nested("in", template=inside, location="w")])
    assert [one.message for one in run(placed).doubts] == [
        "the template is one for a management group, and it is deployed to a resource group"
    ]
