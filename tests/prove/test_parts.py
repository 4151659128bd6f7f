"""Texts for patterns, combinations of answers, and answers for every kind of element."""

import itertools
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packager.prove.candidates import MAKERS, MOST, Asked, candidates
from packager.prove.pairs import pairwise
from packager.prove.samples import texts_for
from packager.source.document import Document
from packager.ui.catalogue import ELEMENTS
from packager.ui.patterns import matches
from packager.ui.simulation.form import read_form
from packager.ui.simulation.kinds.table import BEHAVIOURS
from packager.ui.simulation.simulate import simulate

PATTERNS = {
    "^[a-z][a-z0-9]{2,9}$": (3, 10),
    r"^(?:[0-9]{1,3}\.){3}[0-9]{1,3}$": (7, 15),
    "^$|^v[0-9]+$": (0, 18),
    r"^\d{4}-\d{2}$": (7, 7),
    "^[^<>]{1,5}$": (1, 5),
    "^(?=.*[A-Z])(?=.*[0-9])(?=.*[a-z]).{12,72}$": (16, 60),
    "(abc|de)": (3, 6),
    r"^(?=.{6,100}$)[a-z.]{1,64}@[a-z-]{1,63}(\.[a-z-]{1,63}){1,8}$": (14, 40),
}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_texts_of_every_length_that_a_pattern_allows(pattern: str) -> None:
    texts = texts_for(pattern, random.Random(1))
    least, most = PATTERNS[pattern]
    assert min(map(len, texts)) <= least
    assert max(map(len, texts)) >= most
    assert all(matches(pattern, text) for text in texts)


@pytest.mark.parametrize("pattern", ["[a-z", "^(a+)+$", "(?=b)a", "(?<!x)", "^a{2000}$", ""])
def test_patterns_without_texts(pattern: str) -> None:
    assert all(matches(pattern, text) for text in texts_for(pattern, random.Random(1)))


@settings(max_examples=100, deadline=None)
@given(st.text("ab[]()*+?{1,3}|\\dw^$.-", max_size=14), st.integers())
def test_every_text_fits_its_pattern(pattern: str, seed: int) -> None:
    for text in texts_for(pattern, random.Random(seed)):
        assert matches(pattern, text)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 4), max_size=5), st.integers())
def test_every_two_answers_come_together(counts: dict[str, int], seed: int) -> None:
    names = [name for name, count in counts.items() if count > 1]
    met = set()
    for choice in pairwise(counts, random.Random(seed)):
        assert set(choice) == set(names)
        met |= {(one, choice[one], two, choice[two]) for one, two in itertools.combinations(names, 2)}
    wanted = {
        (one, a, two, b)
        for one, two in itertools.combinations(names, 2)
        for a in range(counts[one])
        for b in range(counts[two])
    }
    assert met == wanted


def test_answers_count_only_with_what_their_question_needs() -> None:
    found = list(pairwise({"shown": 2, "a": 3, "b": 3}, random.Random(1), {"b": {"shown": 1}}))
    assert {(one["a"], one["b"]) for one in found if one["shown"] == 1} == set(itertools.product(range(3), range(3)))


def test_what_contradicts_itself_is_passed_over() -> None:
    found = list(pairwise({"x": 2, "a": 2, "b": 2}, random.Random(1), {"a": {"x": 0}, "b": {"x": 1}}))
    assert {one["x"] for one in found} == {0, 1}


def test_pairs_take_few_combinations() -> None:
    assert len(list(pairwise(dict.fromkeys("abcdefgh", 4), random.Random(1)))) < 40


KINDS = [name for name in ELEMENTS if name.rpartition(".")[2] in MAKERS]


def asked_of(kind: str, **more: Any) -> Asked:
    element = {"name": "e", "type": kind, "label": "e", **more}
    form = {"parameters": {"basics": [element], "steps": [], "outputs": {}}}
    simulation = simulate(
        read_form(Document.from_text("createUiDefinition.json", __import__("json").dumps(form), kind="json"))
    )
    return Asked(simulation.states[0], simulation.shown(simulation.states[0].control), (), random.Random(1))


@pytest.mark.parametrize("kind", KINDS)
def test_answers_of_every_kind_are_few_and_different(kind: str) -> None:
    found = candidates(
        asked_of(kind, constraints={"allowedValues": [{"label": str(n), "value": n} for n in range(99)]})
    )
    assert len(found) <= MOST
    assert len({repr(one) for one in found}) == len(found)


def test_there_are_answers_for_every_element_that_asks_for_some() -> None:
    without = {name.rpartition(".")[2] for name, one in ELEMENTS.items() if one.is_input} - set(MAKERS)
    assert without == {
        "JitConfigurator", "LocationSelector", "ResourceGroupSelector", "ResourceScope", "ServicePrincipalV2Selector",
        "SubscriptionSelector", "TenantSelector", "WorkspaceSelector",
    }  # fmt: skip
    assert set(MAKERS) <= set(BEHAVIOURS)


def test_ends_of_a_slider() -> None:
    assert candidates(asked_of("Microsoft.Common.Slider", min=2, max=9, defaultValue=5)) == [2, 9, 5, 3, 8]
    assert candidates(asked_of("Microsoft.Common.Slider", min=2, max=2)) == [2]


def test_several_choices_at_once() -> None:
    allowed = [{"label": "a", "value": 1}, {"label": "b", "value": 2}]
    several = asked_of("Microsoft.Common.DropDown", multiselect=True, constraints={"allowedValues": allowed})
    assert candidates(several) == [[], [1, 2], [1], [2]]


def test_rows_of_a_table() -> None:
    columns = [{"id": "name", "element": {"constraints": {"regex": "^[a-z]{2,4}$"}}}, {"id": "n", "element": {}}]
    grid = asked_of(
        "Microsoft.Common.EditableGrid", constraints={"columns": columns, "rows": {"count": {"min": 0, "max": 2}}}
    )
    assert [len(rows) for rows in candidates(grid)] == [0, 1, 2]
    assert all(2 <= len(row["name"]) <= 4 for rows in candidates(grid) for row in rows)


@pytest.mark.parametrize(
    ("mode", "begin"), [("binary", "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t"), ("text", "-----BEGIN CERTIFICATE-----")]
)
def test_a_certificate_is_tried_where_certificates_are_wanted(mode: str, begin: str) -> None:
    options = {"uploadMode": "file", "openMode": mode}
    wanted = asked_of("Microsoft.Common.FileUpload", options=options, constraints={"accept": ".crt,.pem"})
    other = asked_of("Microsoft.Common.FileUpload", options=options, constraints={"accept": ".pfx"})
    assert [str(content).startswith(begin) for content in candidates(wanted)] == [True, False, False]
    assert not any(str(content).startswith(begin) for content in candidates(other))
