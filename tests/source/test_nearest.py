"""Spelling suggestions."""

import pytest

from packager.source.nearest import did_you_mean, nearest, suggester


@pytest.mark.parametrize(
    ("word", "found"),
    [("versoin", "version"), ("VERSION", "version"), ("planz", "Plans"), ("xyz", None), ("", None), ("v" * 200, None)],
)
def test_the_nearest_known_word(word, found):
    assert nearest(word, ["version", "Plans", "id"]) == found


def test_a_suggestion_is_put_behind_a_message():
    assert did_you_mean("versoin", ["version"]) == "; did you mean 'version'?"
    assert did_you_mean("versoin", []) == ""


def test_the_order_of_what_is_known_does_not_matter():
    assert nearest("rubric", ["rubrik", "Rubrik"]) == nearest("rubric", ["Rubrik", "rubrik"]) == "Rubrik"


def test_only_the_first_words_get_a_suggestion():
    suggestion = suggester(["storage"], most=2)
    assert [suggestion("storge") for _ in range(3)] == ["; did you mean 'storage'?"] * 2 + [""]
