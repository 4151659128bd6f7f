"""Which values may be to blame, and what is put in their place."""

import json

from hypothesis import given
from hypothesis import strategies as st

from packager.helm.probe import Candidate, candidates, leaves, overlay, probes

VALUES = {
    "image": {"name": "acme/web", "tag": "1.2"},
    "port": 80,
    "on": True,
    "list": [{"a": "x"}, "acme"],
    "none": None,
}


def test_every_leaf_has_its_path():
    assert {one.path: one.text for one in leaves({**VALUES, "empty": ""})} == {
        ("image", "name"): "acme/web",
        ("image", "tag"): "1.2",
        ("port",): "80",
        ("on",): "true",
        ("list", 0, "a"): "x",
        ("list", 1): "acme",
    }


def test_candidates_are_those_whose_text_occurs():
    every = list(leaves(VALUES))
    assert [one.path for one in candidates("acme/web:1.2", every)] == [("image", "name"), ("list", 1), ("image", "tag")]
    assert [one.path for one in candidates("80", every)] == [("port",)]
    assert candidates("8080", every) == []
    assert [one.path for one in candidates("true", every)] == [("on",)]


def test_overlays_change_nothing_else():
    made = probes(leaves(VALUES))
    over = json.loads(overlay(VALUES, made))
    assert over == {
        "image": {"name": "packager-probe-0x", "tag": "packager-probe-1x"},
        "port": 731_000_003,
        "on": False,
        "list": [{"a": "packager-probe-4x"}, "packager-probe-5x"],
    }
    (port,) = [probe for probe in made if probe.candidate.path == ("port",)]
    assert json.loads(overlay(VALUES, [port])) == {"port": 731_000_002 + 1}
    (inner,) = [probe for probe in made if probe.candidate.path == ("list", 0, "a")]
    assert json.loads(overlay(VALUES, [inner])) == {"list": [{"a": "packager-probe-4x"}, "acme"]}


TREES = st.recursive(
    st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(max_size=3), TREES, max_size=4))
def test_an_overlay_has_what_was_put_there(values):
    before = json.dumps(values)
    made = probes(leaves(values))
    over = json.loads(overlay(values, made))
    assert json.dumps(values) == before
    for probe in made:
        below = over
        for step in probe.candidate.path:
            below = below[step]
        assert below == probe.value


def test_a_truth_value_is_shown_as_its_opposite():
    (probe,) = probes([Candidate(("a",), False)])
    assert (probe.value, probe.shows_as) == (True, "true")
