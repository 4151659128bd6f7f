from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from packager.helm.values import merged, to_yaml

VALUES = st.dictionaries(
    st.text(max_size=8),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([], {}),
        ([{"a": 1}], {"a": 1}),
        ([{"a": {"b": 1, "c": 2}}, {"a": {"c": 3, "d": 4}}], {"a": {"b": 1, "c": 3, "d": 4}}),
        ([{"a": [1, 2]}, {"a": [3]}], {"a": [3]}),
        ([{"a": {"b": 1}}, {"a": None}], {"a": None}),
        ([{"a": None}, {"a": {"b": 1}}], {"a": {"b": 1}}),
        ([{"a": {"b": 1}}, {"a": "text"}], {"a": "text"}),
    ],
)
def test_merges_as_helm_does(files: list[dict[str, Any]], expected: dict[str, Any]) -> None:
    assert merged(files) == expected


def test_merging_leaves_its_arguments_alone() -> None:
    first = {"a": {"b": 1}}
    merged([first, {"a": {"b": 2}}])
    assert first == {"a": {"b": 1}}


def test_yaml_is_block_style_with_json_scalars() -> None:
    value = {"image": {"tag": "1.10", "yes": True}, "list": [{"a": 1, "b": [2, []]}, "x\ny"], "empty": {}, "on": None}
    assert to_yaml(value) == (
        'image:\n  tag: "1.10"\n  "yes": true\nlist:\n  - a: 1\n    b:\n      - 2\n      - []\n  - "x\\ny"\n'
        'empty: {}\n"on": null\n'
    )


@given(VALUES)
def test_yaml_reads_back(value: dict[str, Any]) -> None:
    assert yaml.safe_load(to_yaml(value)) == value
