"""What templates see as `.Values`; `test_helm_agrees` asks the real program."""

import json
import subprocess

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from packager.helm.coalesce import coalesced, scopes
from packager.helm.tree import ChartTree
from tests.helm.making import chart_archive, program, write_files


def tree(files):
    return ChartTree({name: content.encode() for name, content in files.items()})


def chart(values, name="acme", more=""):
    return {"Chart.yaml": f"apiVersion: v2\nname: {name}\nversion: 1.0.0\n{more}", "values.yaml": json.dumps(values)}


def below(folder, files):
    return {f"charts/{folder}/{name}": content for name, content in files.items()}


ALIASED = (
    "dependencies:\n- {name: db, version: 1.0.0, repository: x, alias: first, condition: first.enabled, tags: [data]}\n"
    "- {name: db, version: 1.0.0, repository: x, alias: second, tags: [data]}\n"
)
DB = below("db", chart({"port": 1, "opts": {"a": 1, "b": 2}}, "db"))


@pytest.mark.parametrize(
    ("own", "given_values", "expected"),
    [
        ({}, {}, {}),
        ({"a": 1}, {"a": 2}, {"a": 2}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}}, {"a": {"b": 1, "c": 3}}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"c": None}}, {"a": {"b": 1}}),
        ({"a": {"b": 1}}, {"a": None}, {}),
        ({"a": [1, 2]}, {"a": [3]}, {"a": [3]}),
        ({"a": {"b": 1}}, {"a": "text"}, {"a": "text"}),
    ],
)
def test_values_lie_over_those_of_the_chart(own, given_values, expected):
    assert coalesced(tree(chart(own)), given_values) == expected


def test_charts_in_the_chart_have_their_values_under_each_of_their_names():
    parent = tree({**chart({"first": {"port": 2}, "global": {"zone": "x"}}, more=ALIASED), **DB})
    seen = coalesced(parent, {"second": {"opts": {"a": None}}, "global": {"pull": "y"}})
    shared = {"zone": "x", "pull": "y"}
    assert seen == {
        "global": shared,
        "first": {"port": 2, "opts": {"a": 1, "b": 2}, "global": shared},
        "second": {"port": 1, "opts": {"b": 2}, "global": shared},
    }


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ["acme", "acme/first", "acme/second"]),
        ({"first": {"enabled": False}}, ["acme", "acme/second"]),
        ({"tags": {"data": False}}, ["acme"]),
        ({"tags": {"data": False}, "first": {"enabled": True}}, ["acme", "acme/first"]),
        ({"first": {"enabled": "no"}}, ["acme", "acme/first", "acme/second"]),
    ],
)
def test_conditions_win_over_tags(values, expected):
    parent = tree({**chart({}, more=ALIASED), **DB})
    assert [scope.chart.title for scope in scopes(parent, values)] == expected


def test_null_for_a_chart_in_the_chart_takes_its_own_default_away_too():
    parent = tree({**chart({"first": {"opts": {"a": 3}}}, more=ALIASED), **DB})
    assert coalesced(parent, {"first": {"opts": None}, "second": {"port": None}}) == {
        "first": {"port": 1},
        "second": {"opts": {"a": 1, "b": 2}},
    }


def test_archives_in_the_chart_are_read_and_broken_ones_left_out():
    db = {name.removeprefix("charts/db/"): content for name, content in DB.items()}
    files = {name: content.encode() for name, content in chart({}, more=ALIASED).items()}
    parent = ChartTree({**files, "charts/db-1.0.0.tgz": chart_archive(db, "db"), "charts/broken.tgz": b"none"})
    assert [one.title for one in parent.every()] == ["acme", "acme/first", "acme/second"]
    assert parent.charts[0].folder == "charts/db-1.0.0.tgz/"


def test_charts_do_not_nest_for_ever():
    files, folder = {}, ""
    for number in range(30):
        files |= {folder + name: content for name, content in chart({}, f"c{number}").items()}
        folder += f"charts/c{number + 1}/"
    assert len(list(tree(files).every())) == 9


LEAVES = st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["", "x"])
TREES = st.recursive(LEAVES, lambda inner: st.dictionaries(st.sampled_from("abcd"), inner, max_size=3), max_leaves=8)
MAPPINGS = st.dictionaries(st.sampled_from("abcd"), TREES, max_size=4)


def without_nulls(value):
    """Helm's `toJson` shows a null that nobody took away; templates take it for nothing all the same."""
    if isinstance(value, dict):
        return {key: without_nulls(below) for key, below in value.items() if below is not None}
    return value


@settings(max_examples=8, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(own=MAPPINGS, amended=MAPPINGS, inner=MAPPINGS, given_values=MAPPINGS, given_inner=MAPPINGS)
def test_helm_agrees(own, amended, inner, given_values, given_inner, tmp_path):
    helm = program()
    own, given_values = {**own, "db": amended}, {**given_values, "db": given_inner, "global": {"g": 1}}
    files = {**chart(own), **below("db", chart(inner, "db"))}
    template = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  v: {{ .Values | toJson | quote }}\n"
    write_files(tmp_path, {**files, "templates/x.yaml": template, "given.json": json.dumps(given_values)})
    command = [helm, "template", "x", str(tmp_path), "--values", str(tmp_path / "given.json")]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    seen = json.loads(yaml.safe_load(out)["data"]["v"])
    assert without_nulls(coalesced(tree(files), given_values)) == without_nulls(seen)
