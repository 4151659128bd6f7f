"""Where the published types are not to be believed."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.arm.bodies.scalars import MAX_MATCHED
from packager.data.resource_exceptions import ENUM, EVERYTHING, REQUIRED, UNKNOWN, Exceptions, shipped_exceptions
from packager.data.resource_types import shipped_types
from packager.errors import FactsError

OFF = {"unknown", "required", "enum", "discriminator", "everything"}


def test_every_exception_has_a_reason_and_says_something():
    for one in shipped_exceptions().data["types"]:
        assert len(one["reason"]) > 20
        assert one["type"] == one["type"].lower()
        assert one["type"].count("*") <= 1
        assert set(one) <= {"type", "from", "before", "off", "accept", "optional", "values", "reason"}
        assert one.keys() & {"off", "accept", "optional", "values"}
        assert set(one.get("off", ())) <= OFF


@pytest.mark.parametrize(
    ("name", "version", "off"),
    [
        ("Microsoft.Web/sites", "2015-08-01", {UNKNOWN, REQUIRED}),
        ("Microsoft.Web/sites", "2016-03-01", set()),
        ("Microsoft.Web/certificates", "2024-04-01", {REQUIRED}),
        ("microsoft.insights/diagnosticSettings", "2017-05-01-preview", {UNKNOWN, REQUIRED, ENUM}),
        ("microsoft.insights/diagnosticSettings", "2021-05-01-preview", set()),
        ("Microsoft.OperationsManagement/solutions", "2015-11-01-preview", {EVERYTHING}),
        ("Microsoft.SecurityInsights/contentPackages", "2023-04-01-preview", {UNKNOWN, REQUIRED, ENUM}),
        ("Microsoft.SecurityInsights/alertRules", "2023-04-01-preview", set()),
        ("Microsoft.Storage/storageAccounts", "2023-05-01", set()),
    ],
)
def test_what_is_off_depends_on_type_and_version(name, version, off):
    assert shipped_exceptions().of(name, version).off == off


@pytest.mark.parametrize(
    ("name", "dotted", "accepted"),
    [
        ("Microsoft.Web/sites", "properties.workersize", True),
        ("Microsoft.Web/sites", "workersize", False),
        ("Microsoft.DataFactory/factories/pipelines", "properties.activities[0].annotations", True),
        ("Microsoft.SecurityInsights/alertRules", "location", True),
        ("Microsoft.Storage/storageAccounts", "annotations", False),
    ],
)
def test_names_are_accepted_at_their_places(name, dotted, accepted):
    assert shipped_exceptions().of(name, "2023-01-01").accepts(dotted) == accepted


def test_lists_of_values_that_are_behind_are_not_believed():
    machines = shipped_exceptions().of("Microsoft.Compute/virtualMachines", "2024-07-01")
    assert machines.is_unlisted("properties.hardwareprofile.vmsize")
    assert not machines.is_unlisted("properties.priority")
    rules = shipped_exceptions().of("Microsoft.Insights/dataCollectionRules", "2023-03-11")
    assert rules.is_unlisted("properties.dataflows[0].streams[1]")


def test_servers_of_databases_may_leave_the_way_of_creation_out():
    assert shipped_exceptions().of("Microsoft.DBforMySQL/servers", "2017-12-01").optional == {"properties.createmode"}
    assert shipped_exceptions().of("Microsoft.DBforMySQL/flexibleServers", "2023-12-30").optional == frozenset()


@pytest.mark.parametrize("content", [None, b"", b"[]", b"{}", b'{"types": []}'])
def test_a_damaged_file_is_named(tmp_path, content):
    file = tmp_path / "exceptions.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(FactsError, match=r"exceptions\.json"):
        Exceptions(file).of("Microsoft.Storage/storageAccounts", "2023-05-01")


ALPHABET = "aZ0-._/"


@given(st.sampled_from(sorted(shipped_exceptions().data["patterns"]["instead"])), st.text(ALPHABET, max_size=10))
def test_patterns_are_replaced_by_such_as_take_the_same_texts(written, text):
    instead = shipped_exceptions().pattern(written)
    assert instead != written
    assert bool(re.search(written, text)) == bool(re.search(instead, text))


HOSTILE = ("a", "A", "0", "-", "a-", "a.", ".", "/", "/a", "1.", "_", " ", "a:", "10.0.0.0/8,", "a@", "\\")


@pytest.mark.slow
def test_no_pattern_takes_for_ever_on_a_hostile_text():
    namespaces = [shipped_types().namespace(name) for name in shipped_types().index["namespaces"]]
    shapes = (one.shape(number) for one in namespaces for number in range(one.size))
    patterns = {shipped_exceptions().pattern(shape.pattern) for shape in shapes if shape.pattern is not None}
    for pattern in sorted(patterns):
        compiled = re.compile(pattern)
        for start in HOSTILE:
            # One that doubles its time with every character is noticed before it takes for ever.
            began = time.process_time()
            for length in (20, 24, 28, MAX_MATCHED):
                compiled.search((start * length)[:length] + "!")
                assert time.process_time() - began < 2, pattern
