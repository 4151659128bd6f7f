import json

from packager.arm.expand import expand
from packager.arm.secrecy import exposures
from packager.source.document import Document
from packager.source.span import to_pointer

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
KEY = {"key": {"type": "secureString", "defaultValue": ""}}
WRAP = {
    "wrap": {
        "parameters": [{"name": "x", "type": "string"}],
        "output": {"type": "string", "value": "[parameters('x')]"},
    }
}


def template(resources=(), **sections):
    return {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": list(resources), **sections}


def a(name="n", type_="Microsoft.A/b", **more):
    return {"type": type_, "apiVersion": "2020-01-01", "name": name, **more}


def nested(name, inside, *, scope="inner", **properties):
    options = {"mode": "Incremental", "expressionEvaluationOptions": {"scope": scope}, "template": inside}
    return a(name, "Microsoft.Resources/deployments", properties={**options, **properties})


def output(value, type_="string"):
    return {"o": {"type": type_, "value": value}}


def shown(value, files=None):
    documents = {name: Document.from_text(name, json.dumps(one)) for name, one in (files or {}).items()}
    found = expand(Document.from_text("t.json", json.dumps(value)), {}, None, documents.get, open_secrets=True)
    assert found.troubles == []
    return sorted((one.kind, one.secret.name, to_pointer(one.spot.path)) for one in exposures(found))


def in_output(value, **sections):
    return shown(template(parameters=KEY, outputs=output(value), **sections))


def test_secrets_are_followed_through_variables_functions_loops_and_lambdas():
    here = [("output", "key", "/outputs/o/value")]
    assert in_output("[variables('c').d[0]]", variables={
        "a": "[concat('x', parameters('key'))]", "b": "[base64(variables('a'))]", "c": {"d": ["[variables('b')]"]}
    }) == here  # fmt: skip
    functions = [{"namespace": "my", "members": WRAP}]
    assert in_output("[my.wrap(toUpper(parameters('key')))]", functions=functions) == here
    assert (
        in_output("[join(map(createArray('a'), lambda('x', concat(lambdaVariables('x'), parameters('key')))), '')]")
        == here
    )
    assert in_output("[variables('list')[1]]", variables={
        "copy": [{"name": "list", "count": 2, "input": "[concat(parameters('key'), copyIndex('list'))]"}]
    }) == here  # fmt: skip
    assert in_output("[if(equals(resourceGroup().name, 'x'), parameters('key'), 'none')]") == here


def test_what_only_tells_of_a_secret_does_not_show_it():
    assert in_output("[if(empty(parameters('key')), 'none', 'given')]") == []
    assert in_output("[string(length(parameters('key')))]") == []
    assert in_output("[reference(parameters('key')).location]") == []
    assert in_output("[variables('all').plain]", variables={"all": {"plain": "x", "key": "[parameters('key')]"}}) == []
    assert shown(template(parameters=KEY, outputs=output("[parameters('key')]", "securestring"))) == []


def test_items_of_output_loops_point_at_their_input():
    for count in (2, "[length(resourceGroup().tags)]"):
        value = template(
            parameters=KEY,
            outputs={"o": {"type": "array", "copy": {"count": count, "input": {"a": "[parameters('key')]"}}}},
        )
        (found,) = shown(value)
        assert found[:2] == ("output", "key")
        assert found[2].startswith("/outputs/o/copy/input")


def test_secrets_are_followed_into_nested_templates_and_out_again():
    inside = template(parameters={"p": {"type": "string"}}, outputs=output("[parameters('p')]"))
    value = template(
        [nested("in", inside, parameters={"p": {"value": "[parameters('key')]"}})],
        parameters=KEY,
        outputs=output("[reference('in').outputs.o.value]"),
    )
    assert shown(value) == [
        ("output", "key", "/outputs/o/value"),
        ("output", "key", "/resources/0/properties/template/outputs/o/value"),
        ("parameter", "key", "/resources/0/properties/parameters/p/value"),
    ]


def test_a_secure_parameter_of_a_nested_template_keeps_the_secret():
    inside = template([a(properties={"key": "[parameters('p')]"})], parameters={"p": {"type": "securestring"}})
    value = template([nested("in", inside, parameters={"p": {"value": "[parameters('key')]"}})], parameters=KEY)
    assert shown(value) == []


def test_templates_of_outer_scope_show_whatever_is_evaluated_in_them():
    deeper = template(parameters={"p": {"type": "securestring"}})
    inside = {
        **template(
            [
                a(properties={"k": "[variables('v')]"}),
                nested("x", deeper, parameters={"p": {"value": "[variables('v')]"}}),
            ]
        ),
        "outputs": output("[parameters('key')]"),
    }
    value = template([nested("in", inside, scope="outer")], parameters=KEY, variables={"v": "[parameters('key')]"})
    base = "/resources/0/properties/template"
    assert shown(value) == [
        ("outer", "key", f"{base}/outputs/o/value"),
        ("outer", "key", f"{base}/resources/0/properties/k"),
        ("outer", "key", f"{base}/resources/1/properties/parameters/p/value"),
    ]


def test_secrets_of_key_vaults_and_linked_files_count():
    linked = template([a("[parameters('p')]")], parameters={"p": {"type": "string"}})
    reference = {"p": {"reference": {"keyVault": {"id": "x"}, "secretName": "y"}}}
    link = a(
        "l",
        "Microsoft.Resources/deployments",
        properties={"templateLink": {"relativePath": "l.json"}, "parameters": reference},
    )
    assert shown(template([link]), {"l.json": linked}) == [
        ("name", "p", "/resources/0/name"),
        ("parameter", "p", "/resources/0/properties/parameters/p/reference"),
    ]


def test_every_open_place_of_a_resource_is_known():
    key = "[parameters('key')]"
    script = a("s", "Microsoft.Resources/deploymentScripts", properties={
        "environmentVariables": [{"name": "a", "value": key}, {"name": "b", "secureValue": key}], "arguments": key
    })  # fmt: skip
    extension = a("v/e", "Microsoft.Compute/virtualMachines/extensions", properties={
        "settings": {"commandToExecute": key}, "protectedSettings": {"commandToExecute": key}
    })  # fmt: skip
    plain = a(key, tags={"t": [key]}, location=key, properties={"anything": key})
    assert shown(template([script, extension, plain], parameters=KEY)) == [
        ("member", "key", "/resources/2/location"),
        ("name", "key", "/resources/2/name"),
        ("property", "key", "/resources/0/properties/arguments"),
        ("property", "key", "/resources/0/properties/environmentVariables/0/value"),
        ("settings", "key", "/resources/1/properties/settings/commandToExecute"),
        ("tag", "key", "/resources/2/tags/t/0"),
    ]
