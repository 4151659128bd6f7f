import pytest

from packager.ui.catalogue import ELEMENTS, element_type, fits, member_at, settings_of
from packager.ui.elements.model import SOURCES

EVERY = list(ELEMENTS.values())
NAMES = list(ELEMENTS)


def parents(path):
    """The paths that a path of the catalogue stands in."""
    steps = path.replace("[]", ".[]").split(".")
    for size in range(1, len(steps)):
        yield ".".join(steps[:size]).replace(".[]", "[]")


def test_there_are_forty_types_some_of_them_in_one_kind_of_document_only():
    assert len(ELEMENTS) == 40
    assert [name.rpartition(".")[2] for name in NAMES if ELEMENTS[name].where == "form"] == [
        "WorkspaceSelector",
        "JitConfigurator",
    ]
    assert sorted(name.rpartition(".")[2] for name in NAMES if ELEMENTS[name].where == "view") == [
        "BladeInvokeControl",
        "DatePicker",
        "Grid",
        "LocationSelector",
        "ManagementGroupSelector",
        "ResourceGroupSelector",
        "ResourceScope",
        "SecureString",
        "ServicePrincipalV2Selector",
        "SubscriptionSelector",
        "TenantSelector",
    ]


@pytest.mark.parametrize("element", EVERY, ids=NAMES)
@pytest.mark.parametrize("where", ["form", "view"])
def test_every_property_stands_once_and_in_an_object_that_the_table_has(element, where):
    paths = [one.path for one in settings_of(element, where)]
    assert len(paths) == len(set(paths))
    objects = {one.path for one in settings_of(element, where)} | {f"{one}[]" for one in paths}
    assert [path for path in paths if not set(parents(path)) <= objects] == []


@pytest.mark.parametrize("element", EVERY, ids=NAMES)
def test_every_fact_names_its_sources(element):
    members = element.output.members if element.output else ()
    letters = [element.source, *(one.source for one in (*element.settings, *members, *element.rules))]
    assert set("".join(letters)) <= set(SOURCES)
    assert all(letters)


@pytest.mark.parametrize("element", EVERY, ids=NAMES)
def test_defaults_and_bounds_are_of_the_kind_that_is_declared(element):
    kinds = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}
    for one in element.settings:
        allowed = tuple(kinds[kind] for kind in one.kinds)
        assert one.default is None or isinstance(one.default, allowed)
        assert one.default is None or not one.allowed or one.default in one.allowed
        assert not (one.required and one.default is not None), one.path
        assert one.only is None or element.setting(one.only[0])
    for group in element.exclusive:
        assert all(element.setting(path) for path in group)


def test_a_type_is_found_in_any_case():
    assert element_type("microsoft.common.textbox") is ELEMENTS["Microsoft.Common.TextBox"]
    assert element_type("Microsoft.Common.Fantasy") is None


def test_properties_differ_by_document():
    network, choices = ELEMENTS["Microsoft.Network.VirtualNetworkCombo"], ELEMENTS["Microsoft.Common.DropDown"]
    found = {where: {one.path: one for one in settings_of(network, where)} for where in ("form", "view")}
    assert found["form"]["subnets.*.constraints.minAddressPrefixSize"].required
    assert "scope" not in found["form"]
    assert found["view"]["scope"].required
    assert found["form"]["visible"].dynamic
    kinds = {
        where: next(one.kinds for one in settings_of(choices, where) if one.path == "defaultValue") for where in found
    }
    assert kinds == {"form": ("string", "array"), "view": ("string", "array", "object")}


def test_members_of_outputs_are_found_by_their_path():
    network = ELEMENTS["Microsoft.Network.VirtualNetworkCombo"]
    assert member_at(network, ("subnets", "web", "startAddress")).kind == "string"
    assert member_at(network, ("subnets", "web", "vmSize")) is None
    assert member_at(ELEMENTS["Microsoft.Common.Section"], ("x",)) is None


@pytest.mark.parametrize(
    ("written", "path", "fitting"),
    [
        ("a.b", ("a", "b"), True),
        ("a.b", ("a",), False),
        ("a[].b", ("a", 0, "b"), True),
        ("a[].b", ("a", "x", "b"), False),
        ("a.*", ("a", "x"), True),
        ("a.*", ("a", 1), False),
    ],
)
def test_paths_of_the_catalogue(written, path, fitting):
    assert fits(written, path) is fitting
