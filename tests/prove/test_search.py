"""The search finds what a form lets through, and nothing where form and template agree."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packager.pipeline.forms import form_at
from packager.prove.search import Proof, Subject, prove
from packager.source.document import Document
from packager.source.span import to_pointer
from packager.ui.simulation.answers import written
from packager.ui.simulation.form import read_form
from tests.prove.planted import (
    FORM,
    PLANTED,
    TEMPLATE,
    a_choice_more,
    a_resource_name_too_long,
    only_two_answers_together,
    planted,
)

BUDGET = 300


def subject_of(form: Any, template: Any) -> Subject:
    read = read_form(Document.from_text("createUiDefinition.json", json.dumps(form), kind="json"))
    return Subject(read, Document.from_text("mainTemplate.json", json.dumps(template), kind="json"))


def proof_of(change: Callable[[Any, Any], None] | None = None, budget: int = BUDGET, seed: int = 1) -> Proof:
    return prove(subject_of(*(planted(change) if change else (FORM, TEMPLATE))), budget, seed)


def shown(proof: Proof) -> list[tuple[str, str, Any]]:
    return [
        (case.problem.code, to_pointer(case.problem.spot.path), written(case.answers, proof.form))
        for case in proof.cases
    ]


def test_nothing_is_found_where_form_and_template_agree() -> None:
    proof = proof_of()
    assert (proof.cases, proof.stopped, proof.never_accepted) == ([], None, ())
    assert proof.accepted > 30
    assert proof.shown == set(proof.form.by_path)
    assert list(proof.form_conditions.one_sided()) == []
    assert list(proof.template_conditions.one_sided()) == []


@pytest.mark.parametrize("change", PLANTED, ids=lambda change: change.__name__)
def test_what_is_planted_is_found(change: Callable[[Any, Any], None]) -> None:
    code, pointer = PLANTED[change]
    assert [found[:2] for found in shown(proof_of(change))] == [(code, pointer)]


def test_the_answers_are_the_smallest() -> None:
    assert shown(proof_of(a_choice_more)) == [
        ("parameter-value", "/parameters/size", {"basics": {"size": "huge"}, "steps": {"extra": {"secret": "C"}}})
    ]
    ((_, _, answers),) = shown(proof_of(only_two_answers_together))
    assert answers["basics"] == {"size": "large"}
    assert set(answers["steps"]["extra"]) == {"secret", "backup", "vault"}
    ((_, _, answers),) = shown(proof_of(a_resource_name_too_long))
    assert set(answers["steps"]["extra"]) == {"secret", "backup", "vault"}
    # 24 characters are allowed; "storage" and a number take eight of them.
    assert len(answers["basics"].get("prefix", "acme")) + len(answers["steps"]["extra"]["vault"]) == 17


def test_the_same_seed_gives_the_same_proof() -> None:
    once, again = proof_of(only_two_answers_together, seed=7), proof_of(only_two_answers_together, seed=7)
    assert shown(once) == shown(again)
    assert (once.tried, once.accepted, once.expanded) == (again.tried, again.accepted, again.expanded)


def test_the_budget_is_kept() -> None:
    proof = proof_of(budget=5)
    assert (proof.tried, proof.stopped) == (5, "budget")


def test_an_interrupt_keeps_what_was_found() -> None:
    def interrupt(proof: Proof) -> None:
        if proof.cases:
            raise KeyboardInterrupt

    proof = prove(subject_of(*planted(a_choice_more)), BUDGET, 1, interrupt)
    assert proof.stopped == "interrupt"
    assert [case.problem.code for case in proof.cases] == ["parameter-value"]


def test_a_form_that_accepts_nothing_says_why() -> None:
    form, template = planted(lambda form, _: form["parameters"]["basics"][0]["constraints"].update(regex="^(?=a)b$"))
    proof = prove(subject_of(form, template), 50, 1)
    assert (proof.accepted, proof.cases) == (0, [])
    assert proof.never_accepted[0].startswith("basics/prefix: ")


def test_a_condition_that_never_turns_is_told() -> None:
    form, template = planted(
        lambda form, _: form["parameters"]["steps"][0]["elements"][2].update(visible="[equals(basics('size'), 'none')]")
    )
    proof = prove(subject_of(form, template), BUDGET, 1)
    assert [(one.about, way) for one, way in proof.form_conditions.one_sided()] == [
        ("steps/extra/vault is shown", False)
    ]


@settings(max_examples=25, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-3, 99) | st.text(max_size=6),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["name", "type", "label", "constraints", "regex", "min", "options", "elements", "visible"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    ),
    st.sampled_from(["basics", "steps", "outputs", "config"]),
)
def test_no_form_breaks_the_search(value: Any, where: str) -> None:
    form, template = planted(lambda form, _: form["parameters"].update({where: value}))
    started = time.perf_counter()
    proof = prove(subject_of(form, template), 20, 1)
    assert proof.tried <= 20
    assert time.perf_counter() - started < 60


@pytest.mark.parametrize("template", [None, [], {}, {"resources": 3}, {"parameters": [], "resources": [{}]}])
def test_no_template_breaks_the_search(template: Any) -> None:
    assert prove(subject_of(FORM, template), 5, 1).tried == 5


@pytest.mark.slow
@pytest.mark.parametrize("offer", ["starter", "mojaloop"])
def test_the_offers_of_this_repository_hold(offer: str) -> None:
    path = f"marketplace/{offer}/offer.yaml"
    first = form_at(path)
    for plan in (first.plan, *first.others):
        found = form_at(path, plan)
        template = found.bundle.document("mainTemplate.json")
        proof = prove(Subject(read_form(found.document), template, found.bundle.lookup), 150, 1)
        assert [(case.problem.message, written(case.answers, proof.form)) for case in proof.cases] == []
        assert proof.accepted
