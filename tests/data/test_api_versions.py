"""The table of api-versions."""

from packager.data.api_versions import ApiVersions, packed, shipped


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
