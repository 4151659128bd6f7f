"""How old the facts are."""

import datetime

import pytest

from packager.data.facts import STALE_DAYS, api_versions_fact, facts, stale_note

DAY = datetime.date(2026, 11, 24)


def test_every_fact_has_an_origin_and_a_digest_of_its_own():
    names = [fact.name for fact in facts()]
    assert names == ["api-versions", "clouds", "images", "kubernetes", "platforms", "resource-types", "roles"]
    assert all(fact.origin and fact.renewal and len(fact.sha256) == 64 for fact in facts())
    assert len({fact.sha256 for fact in facts()}) == len(facts())


@pytest.mark.parametrize(("days", "stale"), [(-3, False), (0, False), (STALE_DAYS, False), (STALE_DAYS + 1, True)])
def test_a_table_is_stale_after_half_a_year(days, stale):
    fact = api_versions_fact()
    today = fact.date + datetime.timedelta(days)
    assert fact.age(today) == max(days, 0)
    assert fact.is_stale(today) == stale
    assert (stale_note(today) is not None) == stale


def test_what_has_no_date_is_never_stale():
    clouds = facts()[1]
    assert (clouds.age(DAY), clouds.is_stale(DAY)) == (None, False)
