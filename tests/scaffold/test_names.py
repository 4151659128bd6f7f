"""Names of new offers."""

import pytest

from packager.errors import UsageError
from packager.scaffold.names import check_name, check_publisher, offer_name
from packager.scaffold.scalars import scalar


@pytest.mark.parametrize("name", ["abc", "acme-app", "0_9", "a" * 50])
def test_offer_ids_are_taken(name):
    check_name(name)


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("Acme App", "acme-app"),
        ("../x/y", "x-y"),
        ("ACME", "acme"),
        ("a" * 51, "a" * 50),
        ("_abc", "abc"),
        ("Über App", "uber-app"),
        ("ab", None),
    ],
)
def test_other_names_are_explained(name, better):
    with pytest.raises(UsageError, match="an offer id has 3 to 50 lower-case letters") as caught:
        check_name(name)
    assert caught.value.hint == (f"call it '{better}'" if better else None)


@pytest.mark.parametrize("name", ["con", "com1"])
def test_names_of_devices_are_refused(name):
    with pytest.raises(UsageError, match="Windows keeps it for a device") as caught:
        check_name(name)
    assert caught.value.hint == f"call it '{name}-app'"


@pytest.mark.parametrize("publisher", ["", "a b", "x\ny", "é"])
def test_publisher_ids_are_checked(publisher):
    with pytest.raises(UsageError, match="cannot be a publisher id"):
        check_publisher(publisher)


def test_nothing_usable_has_no_offer_name():
    assert offer_name("../..") is None


@pytest.mark.parametrize(
    ("text", "written"),
    [("acme/x.json", "acme/x.json"), ("123", '"123"'), ("true", '"true"'), ("a b", '"a b"'), ("ü", '"ü"'), ("", '""')],
)
def test_scalars_are_quoted_where_yaml_would_read_something_else(text, written):
    assert scalar(text) == written
