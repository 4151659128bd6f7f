"""The tables of resource types: what is in them, when they are read, and what happens when they are damaged."""

import hashlib
import json
import lzma
import re
import shutil

import pytest

from packager.data.resource_types import EXTENSION, FOLDER, RESOURCE_GROUP, ResourceTypes, shipped_types
from packager.data.shapes import TEXT
from packager.errors import FactsError

ACCOUNTS = "Microsoft.Storage/storageAccounts"


@pytest.fixture
def copied(tmp_path):
    """A folder with the index and two namespaces, to be damaged."""
    (tmp_path / "ns").mkdir()
    for name in ("index.json", "ns/microsoft.storage.json.xz", "ns/microsoft.keyvault.json.xz"):
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", [ACCOUNTS, ACCOUNTS.lower(), ACCOUNTS.upper()])
def test_a_type_is_found_in_any_case(name):
    assert shipped_types().of(name).name == ACCOUNTS


@pytest.mark.parametrize("name", ["Microsoft.Storage/nothing", "Nobody.Nowhere/things", "Microsoft.Storage", "", "/"])
def test_a_type_that_is_not_described_is_none(name):
    assert shipped_types().of(name) is None


@pytest.mark.parametrize(
    ("version", "speaks"),
    [
        ("2023-05-01", "2023-05-01"),
        ("2018-03-01-PREVIEW", "2018-03-01-preview"),
        ("2020-01-01", "2020-08-01-preview"),
        ("2018-03-01", "2018-07-01"),
        ("1999-01-01", "2015-05-01-preview"),
        ("2999-01-01", "2026-04-01"),
    ],
)
def test_a_version_that_is_not_described_is_taken_for_the_next_newer_one_or_the_newest(version, speaks):
    assert shipped_types().of(ACCOUNTS).described(version).version == speaks


def test_a_type_knows_its_scopes_and_functions():
    accounts, locks = shipped_types().of(ACCOUNTS), shipped_types().of("Microsoft.Authorization/locks")
    assert accounts.writable == RESOURCE_GROUP
    assert locks.writable & EXTENSION
    assert "2023-05-01" in accounts.functions["listKeys"]


def test_a_body_has_shapes():
    accounts = shipped_types().of(ACCOUNTS)
    body = accounts.namespace.shape(accounts.described("2023-05-01").body)
    name = accounts.namespace.shape(body.members["name"].shape)
    assert body.required == ("kind", "location", "name", "sku")
    assert (name.kind, name.least, name.most) == (TEXT, 3, 24)


def test_only_the_namespaces_that_are_asked_for_are_read(copied):
    types = ResourceTypes(copied)
    (copied / "ns" / "microsoft.keyvault.json.xz").unlink()
    for name in (ACCOUNTS, ACCOUNTS, "Microsoft.Storage/nothing", "Nobody.Nowhere/things"):
        types.of(name)
    with pytest.raises(FactsError, match=r"microsoft\.keyvault\.json\.xz"):
        types.of("Microsoft.KeyVault/vaults")


def swapped(folder):
    shutil.copy(folder / "ns/microsoft.keyvault.json.xz", folder / "ns/microsoft.storage.json.xz")


def as_long_as(data, text):
    """Another text of the same length in JSON, compressed to any size."""
    return lzma.compress(text.ljust(len(lzma.decompress(data))).encode())


DAMAGES = {
    "absent": lambda file: file.unlink(),
    "empty": lambda file: file.write_bytes(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:-100]),
    "flipped": lambda file: file.write_bytes(bytes([*file.read_bytes()[:500], 0, *file.read_bytes()[501:]])),
    "rubbish": lambda file: file.write_bytes(b"\0" * file.stat().st_size),
    "other": lambda file: swapped(file.parents[1]),
    "folder": lambda file: (file.unlink(), file.mkdir()),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_named(copied, damage):
    file = copied / "ns" / "microsoft.storage.json.xz"
    DAMAGES[damage](file)
    with pytest.raises(FactsError, match=re.escape(str(file))) as caught:
        ResourceTypes(copied).of(ACCOUNTS)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"format": 2, "namespaces": {}}', b'{"format": 1}'])
def test_a_damaged_index_is_named(copied, content):
    (copied / "index.json").write_bytes(content)
    with pytest.raises(FactsError, match=r"index\.json"):
        ResourceTypes(copied).of(ACCOUNTS)


@pytest.mark.parametrize(
    "text", ["[]", '{"namespace": "Microsoft.Storage"}', '{"namespace": 1, "types": {}, "nodes": []}']
)
def test_a_file_of_the_right_size_that_holds_something_else_is_named(copied, text):
    file = copied / "ns" / "microsoft.storage.json.xz"
    file.write_bytes(as_long_as(file.read_bytes(), text))
    index = json.loads((copied / "index.json").read_text())
    index["namespaces"]["microsoft.storage"]["bytes"] = file.stat().st_size
    (copied / "index.json").write_text(json.dumps(index))
    with pytest.raises(FactsError, match=re.escape(str(file))):
        ResourceTypes(copied).of(ACCOUNTS)


@pytest.mark.slow
def test_every_file_is_the_one_that_the_index_names():
    files = {entry["file"]: entry for entry in shipped_types().index["namespaces"].values()}
    assert {f"ns/{file.name}" for file in (FOLDER / "ns").iterdir()} == set(files)
    wrong = [name for name, entry in files.items() if digest(FOLDER / name) != entry["sha256"]]
    assert wrong == []


def digest(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.slow
def test_every_type_of_every_namespace_can_be_read():
    count = 0
    for name in shipped_types().index["namespaces"]:
        namespace = ResourceTypes(FOLDER).namespace(name)
        shapes = [namespace.shape(number) for number in range(namespace.size)]
        for shape in shapes:
            numbers = [member.shape for member in shape.members.values()]
            numbers += [number for _, number in shape.variants.values()] + [shape.item]
            assert all(0 <= number < len(shapes) for number in numbers)
            if shape.pattern is not None:
                re.compile(shape.pattern)
        for published in namespace.names:
            found = namespace.of(published.partition("/")[2])
            count += len(found.versions)
            assert all(body < len(shapes) for body, _, _ in found.versions.values())
    assert count == shipped_types().index["totals"]["versions"]


def test_the_licence_ships_with_the_tables():
    text = (FOLDER / "LICENSE").read_text(encoding="utf-8")
    assert "MIT License" in text
    assert "Copyright (c) Microsoft Corporation" in text
