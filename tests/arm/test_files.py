"""Which files templates refer to, also through what they hand to each other."""

import json

import pytest

from packager.arm.filereference import FileReference
from packager.arm.files import file_references
from packager.arm.template import Template
from packager.source.document import Document
from packager.source.spot import Spot

LINKED = "Microsoft.Resources/deployments"
LOCATION = "parameters('_artifactsLocation')"


def template(name, resources=(), **sections):
    value = {"contentVersion": "1.0.0.0", "resources": list(resources), **sections}
    return Template(Document.from_text(name, json.dumps(value)))


def link(properties, **more):
    return {"type": LINKED, "name": "x", "properties": properties, **more}


def referenced(*templates):
    found = file_references(templates, templates[0])
    return [(one.spot.document.name, one.shown, one.is_exact, one.conditional) for one in found]


def test_each_way_to_name_a_file():
    uris = {
        "templateLink": {
            "uri": f"[uri({LOCATION}, concat('nested/a.json', parameters('_artifactsLocationSasToken')))]"
        },
        "parametersLink": {"uri": "[uri(deployment().properties.templateLink.uri, 'b.json?code=1')]"},
        "settings": {"fileUris": [f"[concat({LOCATION}, '/c.sh')]", "https://example.com/d.sh"]},
        "supportingScriptUris": [f"[uri({LOCATION}, 'helm')]"],
        "command": f"[concat('bash ', 'x ', uri({LOCATION}, 'e.sh'), ' ', uri({LOCATION}, 'f.sh'))]",
    }
    other = {"templateLink": {"relativePath": "nested/g.json"}}
    assert [name for _, name, _, _ in referenced(template("mainTemplate.json", [link(uris), link(other)]))] == [
        "nested/a.json",
        "b.json",
        "c.sh",
        "helm",
        "e.sh",
        "f.sh",
        "nested/g.json",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"[{LOCATION}]",
        f"[uri({LOCATION}, 'nested/')]",
        f"[concat({LOCATION}, '/nested')]",
        f"[uri({LOCATION}, 'https://example.com/a.json')]",
        "[uri('https://example.com/', 'a.json')]",
        "a.json",
        "[variables('absent')]",
    ],
)
def test_addresses_of_folders_and_of_other_places_are_no_files(text):
    assert referenced(template("mainTemplate.json", variables={"base": text})) == []


def test_a_path_of_a_linked_template_is_relative_to_it():
    main = template("mainTemplate.json", [link({"templateLink": {"relativePath": "nested/a.json"}})])
    inner = template("nested/a.json", [link({"templateLink": {"relativePath": "b.json"}})])
    assert [name for _, name, _, _ in referenced(main, inner)] == ["nested/a.json", "nested/b.json"]


def test_what_is_handed_to_a_linked_template_is_known_there():
    handed = {
        "base": {"value": f"[uri({LOCATION}, 'scripts/')]"},
        "file": {"value": "install.sh"},
        "secret": {"reference": {}},
    }
    main = template(
        "mainTemplate.json", [link({"templateLink": {"relativePath": "nested/a.json"}, "parameters": handed})]
    )
    inner = template(
        "nested/a.json",
        [{"properties": {"primaryScriptUri": "[uri(parameters('base'), parameters('file'))]"}}],
        parameters={"base": {"type": "string"}, "file": {"type": "string", "defaultValue": "other.sh"}},
    )
    assert referenced(main, inner)[-1] == ("nested/a.json", "scripts/install.sh", True, False)


def test_a_template_evaluated_by_itself_has_names_of_its_own():
    inner = {
        "variables": {"file": "inner.json"},
        "parameters": {"base": {"type": "string"}},
        "resources": [link({"templateLink": {"uri": "[uri(parameters('base'), variables('file'))]"}})],
    }
    handed = {"base": {"value": f"[{LOCATION}]"}}
    scopes = [
        link({"template": inner, "parameters": handed, "expressionEvaluationOptions": {"scope": "inner"}}),
        link({"template": {"resources": [link({"templateLink": {"uri": f"[uri({LOCATION}, variables('file'))]"}})]}}),
    ]
    main = template("mainTemplate.json", scopes, variables={"file": "outer.json"})
    assert [name for _, name, _, _ in referenced(main)] == ["inner.json", "outer.json"]


def test_choices_lead_to_several_files_and_the_unknown_to_a_pattern():
    parameters = {"size": {"type": "string", "allowedValues": ["s", "l"]}, "name": {"type": "string"}}
    both = [
        link({"templateLink": {"uri": f"[uri({LOCATION}, concat(parameters('size'), '.json'))]"}}, condition=True),
        link({"templateLink": {"uri": f"[uri({LOCATION}, concat('n/', parameters('name'), '.json'))]"}}),
    ]
    assert referenced(template("mainTemplate.json", both, parameters=parameters)) == [
        ("mainTemplate.json", "s.json", True, True),
        ("mainTemplate.json", "l.json", True, True),
        ("mainTemplate.json", "n/*.json", False, False),
    ]


@pytest.mark.parametrize(
    ("pieces", "fitting", "others"),
    [
        (("a.json",), ["a.json", "nested/a.json"], ["b/a.json", "A.json"]),
        (("a", ".json"), ["a.json", "ab.json", "nested/a/b.json"], ["b.json", "a.jso"]),
        (("a", "b", "c"), ["abc", "axbxc"], ["ac", "acb"]),
        (("ab", "ba"), ["abba"], ["aba"]),
        (("", ""), ["anything"], []),
    ],
)
def test_files_fit_a_name_with_unknown_pieces(pieces, fitting, others):
    spot = Spot(Document.from_text("x", ""))
    reference = FileReference(spot, "uri", ("", "nested"), pieces, conditional=False)
    assert [name for name in fitting + others if reference.fits(name)] == fitting


def test_templates_that_link_each_other_end():
    handed = {"base": {"value": "[concat(parameters('base'), 'x/')]"}}
    one = template("a.json", [link({"templateLink": {"relativePath": "b.json"}, "parameters": handed})])
    other = template("b.json", [link({"templateLink": {"relativePath": "a.json"}, "parameters": handed})])
    assert [name for _, name, _, _ in referenced(one, other)] == ["b.json", "a.json"]


def test_deep_templates_are_read():
    text = f"[uri({LOCATION}, 'a.json')]"
    deep = '{"resources": [' + '{"x":' * 500 + json.dumps(text) + "}" * 500 + "]}"
    assert len(referenced(Template(Document.from_text("mainTemplate.json", deep)))) == 1
