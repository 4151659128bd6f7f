"""The table of api-versions."""

import json

import pytest

from packager.data.api_versions import ApiVersions, packed, read_table, shipped
from packager.errors import UsageError


def test_a_table_is_read_back_newest_first_and_without_case(tmp_path):
    table = {"A.B/c": ["2020-01-01", "2020-01-01-Preview", "2021-01-01"], "A.B/c/d": ["2019-01-01"], "X.Y/z": []}
    (tmp_path / "t").write_bytes(packed(table, "a test", "2026-01-01", "0" * 64))
    versions = ApiVersions(tmp_path / "t")
    assert versions.of("a.b/C") == ("2021-01-01", "2020-01-01-preview", "2020-01-01")
    assert versions.of("A.B/c/d") == ("2019-01-01",)
    assert versions.of("A.B/nothing") == versions.of("No.Such/thing") == ()
    assert (versions.header["origin"], versions.header["types"]) == ("a test", 3)


def test_the_shipped_table_names_its_origin_and_knows_azure():
    header = shipped().header
    assert len(header["sha256"]) == 64
    assert header["date"] == "2026-08-01"
    assert shipped().of("Microsoft.Resources/deploymentScripts") == ("2023-08-01", "2020-10-01", "2019-10-01-preview")


GIVEN = {"microsoft.web/sites": ("2024-04-01-preview", "2024-04-01", "2023-01-01")}


@pytest.mark.parametrize(
    "value",
    [
        {"Microsoft.Web/sites": ["2023-01-01", "2024-04-01", "2024-04-01-Preview"]},
        {"Microsoft.Web/sites": [{"apiVersions": ["2024-04-01", "2024-04-01-preview", "2023-01-01"]}]},
        [
            {
                "namespace": "Microsoft.Web",
                "resourceTypes": [
                    {"resourceType": "sites", "apiVersions": ["2024-04-01-preview", "2024-04-01", "2023-01-01"]},
                    {"resourceType": "nothing"},
                    5,
                ],
            },
            None,
        ],
    ],
)
def test_a_table_in_any_of_three_forms(tmp_path, value):
    path = tmp_path / "table.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    table = read_table(path)
    assert table.versions == GIVEN
    assert table.of("MICROSOFT.web/SITES") == GIVEN["microsoft.web/sites"]
    assert table.of("A.B/c") == ()


@pytest.mark.parametrize("text", ["{", "5", "{}", "[]", '{"a": {}}', '{"a": []}', "[[[", "\udcff"])
def test_what_is_no_table_is_refused(tmp_path, text):
    path = tmp_path / "table.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError, match="api-versions"):
        read_table(path)
    with pytest.raises(UsageError, match="cannot be read"):
        read_table(tmp_path / "absent.json")
