"""The tables made from the public source: one made by hand, and shipped namespaces written back as their source."""

import json
import lzma

import pytest

from packager.data.bicep_types import usable
from packager.data.renew_resource_types import main
from packager.data.resource_types import FOLDER, RESOURCE_GROUP, ResourceTypes
from packager.data.shapes import BOOLEAN, INTEGER, LIST, OBJECT, READ_ONLY, REQUIRED, TEXT, UNION


def to(place):
    return {"$ref": f"#/{place}"}


def of(place, flags=0, description="words that are dropped"):
    return {"type": to(place), "flags": flags, "description": description}


def source(version):
    """A type with everything that a types.json can hold; node 12 refers to itself."""
    identity = {"id": of(0, 10), "type": of(0, 10), "apiVersion": of(0, 10)}
    return [
        {"$type": "StringType"},
        {"$type": "StringType", "minLength": 3, "maxLength": 24, "pattern": "^[\\w-_]+$", "sensitive": True},
        {"$type": "IntegerType", "minValue": 1, "maxValue": 9},
        {"$type": "BooleanType"},
        {"$type": "AnyType"},
        {"$type": "StringLiteralType", "value": "b"},
        {"$type": "StringLiteralType", "value": "a"},
        {"$type": "UnionType", "elements": [to(5), to(6)]},
        {"$type": "UnionType", "elements": [to(5), to(6), to(0)]},
        {"$type": "UnionType", "elements": [to(2), to(0)]},
        {"$type": "ArrayType", "itemType": to(12), "minLength": 1, "maxLength": 5},
        {"$type": "ObjectType", "name": "Tags", "properties": {}, "additionalProperties": to(0)},
        {"$type": "ObjectType", "name": "Tree", "properties": {"size": of(2), "branches": of(10)}},
        {"$type": "ObjectType", "name": "A", "properties": {"kind": of(6, 1), "only": of(3)}},
        {
            "$type": "DiscriminatedObjectType",
            "name": "Choice",
            "discriminator": "kind",
            "baseProperties": {"all": of(0)},
            "elements": {"a": to(13)},
        },
        {
            "$type": "ObjectType",
            "name": "Acme.Things/things",
            "properties": {
                **identity,
                "name": of(1, 9),
                "closed": of(7, REQUIRED),
                "open": of(8),
                "mixed": of(9),
                "tree": of(12),
                "choice": of(14, READ_ONLY),
                "tags": of(11),
                "anything": of(4),
            },
        },
        {
            "$type": "ResourceType",
            "name": f"Acme.Things/things@{version}",
            "body": to(15),
            "readableScopes": 9,
            "writableScopes": 8,
            "functions": {"listKeys": {"type": to(4)}},
        },
        {
            "$type": "ResourceFunctionType",
            "name": "listMore",
            "resourceType": "Acme.Things/things",
            "apiVersion": version,
        },
    ]


@pytest.fixture
def checkout(tmp_path):
    """A checkout with two versions of a type, one of them twice."""

    def put(folder, version, types):
        place = tmp_path / "checkout" / "generated" / folder / "acme.things" / version
        place.mkdir(parents=True)
        (place / "types.json").write_text(json.dumps(types), encoding="utf-8")

    put("things", "2024-01-01", source("2024-01-01"))
    put("things", "2025-01-01", source("2025-01-01"))
    put("a-things", "2025-01-01", [one for one in source("2025-01-01") if one["$type"] != "ResourceFunctionType"])
    return tmp_path / "checkout"


def renewed(checkout, folder):
    assert main([str(checkout), "1234", "2026-01-02", str(folder)]) == 0
    return ResourceTypes(folder)


def test_a_source_becomes_a_table(checkout, tmp_path):
    types = renewed(checkout, tmp_path / "made")
    found = types.of("acme.things/THINGS")
    assert (found.name, list(found.versions)) == ("Acme.Things/things", ["2024-01-01", "2025-01-01"])
    assert found.functions == {"listKeys": ("2024-01-01", "2025-01-01"), "listMore": ("2024-01-01", "2025-01-01")}
    assert found.described("2025-01-01")[2:] == (RESOURCE_GROUP, 9)
    assert (types.index["commit"], types.index["commit_date"]) == ("1234", "2026-01-02")
    assert types.index["totals"]["versions"] == 2


def test_everything_that_a_source_says_of_values_is_kept(checkout, tmp_path):
    found = renewed(checkout, tmp_path / "made").of("Acme.Things/things")
    shape = found.namespace.shape
    body = shape(found.described("2025-01-01").body)
    members = {name: shape(member.shape) for name, member in body.members.items()}
    assert sorted(members) == ["anything", "choice", "closed", "mixed", "name", "open", "tags", "tree"]
    assert body.required == ("closed", "name")
    assert members["name"]._asdict() | {
        "kind": TEXT,
        "least": 3,
        "most": 24,
        "pattern": "^[\\w\\-_]+$",
        "secret": True,
    } == (members["name"]._asdict())
    assert (members["closed"].values, members["closed"].open) == ({"a": "a", "b": "b"}, False)
    assert (members["open"].values, members["open"].open) == ({"a": "a", "b": "b"}, True)
    assert members["mixed"].kind == members["anything"].kind == "any"
    assert (members["tags"].kind, shape(members["tags"].rest).kind) == (OBJECT, TEXT)
    branches = shape(members["tree"].members["branches"].shape)
    assert (branches.kind, branches.least, branches.most) == (LIST, 1, 5)
    assert shape(branches.item) is members["tree"]
    assert (shape(members["tree"].members["size"].shape).kind, members["choice"].kind) == (INTEGER, UNION)
    value, number = members["choice"].variants["a"]
    assert (value, members["choice"].key, list(members["choice"].members)) == ("a", "kind", ["all"])
    assert shape(shape(number).members["only"].shape).kind == BOOLEAN
    assert body.members["choice"].is_read_only


def test_equal_structures_are_one_node_also_in_circles(checkout, tmp_path):
    types = renewed(checkout, tmp_path / "made")
    bodies = {body for body, _, _ in types.of("Acme.Things/things").versions.values()}
    assert len(bodies) == 1


def test_the_same_checkout_gives_the_same_bytes_and_removes_what_is_gone(checkout, tmp_path):
    renewed(checkout, tmp_path / "made")
    before = {file.name: file.read_bytes() for file in (tmp_path / "made").rglob("*") if file.is_file()}
    (tmp_path / "made" / "ns" / "gone.json.xz").write_bytes(b"")
    renewed(checkout, tmp_path / "made")
    assert before == {file.name: file.read_bytes() for file in (tmp_path / "made").rglob("*") if file.is_file()}


@pytest.mark.parametrize("arguments", [[], ["nowhere", "1234", "2026-01-02", "out"], ["a"]])
def test_wrong_arguments_are_answered(arguments, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert capsys.readouterr().err


def test_older_files_say_scopes_in_another_way(checkout, tmp_path):
    types = source("2023-01-01")
    for key in ("readableScopes", "writableScopes"):
        del types[16][key]
    types[16] |= {"scopeType": 12, "readOnlyScopes": 4}
    place = checkout / "generated" / "things" / "acme.things" / "2023-01-01"
    place.mkdir()
    (place / "types.json").write_text(json.dumps(types), encoding="utf-8")
    assert renewed(checkout, tmp_path / "made").of("Acme.Things/things").described("2023-01-01")[2:] == (8, 12)


@pytest.mark.parametrize(
    ("pattern", "made"), [(None, None), ("^a$", "^a$"), ("^[\\d-_]$", "^[\\d\\-_]$"), ("(", None), ("[[a]", "[[a]")]
)
def test_patterns_that_python_cannot_compile_are_repaired_or_left_out(pattern, made):
    assert usable(pattern) == made


def as_source(content):
    """The types.json that a namespace could have been made from."""
    types = [as_type(node) for node in content["nodes"]]
    for index, node in enumerate(content["nodes"]):
        if isinstance(node, dict) and "e" in node and (node.get("o") or len(node["e"]) != 1):
            values = [{"$type": "StringLiteralType", "value": value} for value in node["e"]]
            values += [{"$type": "StringType"}] if node.get("o") else []
            types[index] = {"$type": "UnionType", "elements": [to(len(types) + place) for place in range(len(values))]}
            types += values
    for name, one in content["types"].items():
        for version, (body, write, read) in one["versions"].items():
            functions = {key: {} for key, having in one.get("functions", {}).items() if version in having}
            full = f"{content['namespace']}/{name}@{version}"
            scopes = {"readableScopes": read, "writableScopes": write}
            types.append({"$type": "ResourceType", "name": full, "body": to(body), **scopes, "functions": functions})
    return types


def as_type(node):
    if isinstance(node, str):
        kinds = {"any": "AnyType", "str": "StringType", "int": "IntegerType", "bool": "BooleanType"}
        return {"$type": kinds[node]}
    properties = {name: of(code >> 5, code & 31) for name, code in node.get("p", {}).items()}
    limits = {"minLength": node.get("n"), "maxLength": node.get("x")}
    match node["k"]:
        case "obj":
            rest = {"additionalProperties": to(node["a"])} if "a" in node else {}
            return {"$type": "ObjectType", "name": "x", "properties": properties, **rest, "sensitive": "z" in node}
        case "disc":
            elements = {value: to(number) for value, number in node.get("v", {}).items()}
            kind = {"$type": "DiscriminatedObjectType", "discriminator": node["d"], "name": "x"}
            return {**kind, "baseProperties": properties, "elements": elements}
        case "arr":
            return {"$type": "ArrayType", "itemType": to(node["i"]), **limits}
        case "int":
            return {"$type": "IntegerType", "minValue": node.get("n"), "maxValue": node.get("x")}
    if "e" in node:
        return {"$type": "StringLiteralType", "value": node["e"][0]}
    return {"$type": "StringType", **limits, "pattern": node.get("r"), "sensitive": "z" in node}


def unfolded(nodes, number, depth):
    """What a node says as far as `depth` goes; numbers of nodes are no part of it."""
    node = nodes[number]
    if isinstance(node, str) or depth == 0:
        return node if isinstance(node, str) else node["k"]
    found = {key: value for key, value in node.items() if key not in "paiv"}
    found["p"] = {name: (code & 31, unfolded(nodes, code >> 5, depth - 1)) for name, code in node.get("p", {}).items()}
    found["v"] = {value: unfolded(nodes, inner, depth - 1) for value, inner in node.get("v", {}).items()}
    others = [unfolded(nodes, node[key], depth - 1) for key in "ai" if key in node]
    return found, others


@pytest.mark.parametrize(
    "name", ["microsoft.keyvault", "microsoft.storage", "microsoft.resources", "microsoft.insights"]
)
def test_a_shipped_namespace_comes_back_from_its_source(name, tmp_path):
    shipped = json.loads(lzma.decompress((FOLDER / "ns" / f"{name}.json.xz").read_bytes()))
    place = tmp_path / "generated" / "x"
    place.mkdir(parents=True)
    (place / "types.json").write_text(json.dumps(as_source(shipped)), encoding="utf-8")
    assert main([str(tmp_path), "1234", "2026-01-02", str(tmp_path / "made")]) == 0
    made = json.loads(lzma.decompress((tmp_path / "made" / "ns" / f"{name}.json.xz").read_bytes()))
    assert len(made["nodes"]) == len(shipped["nodes"])
    assert {key: list(one["versions"]) for key, one in made["types"].items()} == {
        key: sorted(one["versions"]) for key, one in shipped["types"].items()
    }
    for key, one in shipped["types"].items():
        assert made["types"][key].get("functions") == one.get("functions")
        newest = max(one["versions"])
        (old, *scopes), (new, *others) = one["versions"][newest], made["types"][key]["versions"][newest]
        assert scopes == others
        assert unfolded(shipped["nodes"], old, 6) == unfolded(made["nodes"], new, 6)
