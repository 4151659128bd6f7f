"""Cutting pieces out by their places in the first text gives what looking for each one anew gives."""

import json

from hypothesis import given
from hypothesis import strategies as st

from packager.checks.armttk.cuts import Cuts, is_plain
from packager.checks.armttk.inner import is_exact
from packager.checks.armttk.powershell import collation_key
from packager.checks.armttk.search import Search
from packager.checks.armttk.text import SourceText
from packager.source.document import Document

WORDS = st.sampled_from(
    ["a", "b", "template", "[x('y', 'z')]", "{0}", "{", "}", "[", "]", "[[x]", '"', "a, {b}", "/", ""]
)
VALUES = st.recursive(
    WORDS | st.integers(0, 9) | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "template"]), inner, max_size=3)
    ),
    max_leaves=25,
)


def paths_in(value):
    """The exact paths of the objects called `template`, in the order in which arm-ttk cuts them out."""
    found = [one for one in Search.over((value, ())).by_key("template") if is_exact(one)]
    return sorted((one.path for one in found), key=collation_key, reverse=True)


def taken(text, paths, *, exact):
    left = Cuts(SourceText.of(Document.from_text("t.json", text)), '"template": {}', only_few=exact)
    pieces = [left.take(path) for path in paths]
    return [piece and piece.value for piece in pieces], left.text.value, left.text.offset(len(left.text.value) - 1)


@given(value=st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES, max_size=3), indent=st.sampled_from([None, 1]))
def test_both_ways_are_one(value, indent):
    text, paths = json.dumps(value, indent=indent), paths_in(value)
    assert taken(text, paths, exact=True) == taken(text, paths, exact=False)


def test_what_is_plain():
    plain = ['{"a": "[x(\'y\')]"}', '{"a": "{0} {1}"}', '{"a": "[[x]"}', '{"a": "//"}', '{"a": [1, [2]]}']
    misleading = [
        '{"a": "{"}',
        '{"a": "}{"}',
        '{"a": "]["}',
        '{"a": 1} // x',
        "{'a': 1}",
        '{"a": [[1]]}',
        '{"a": "\\\\\\\\"}',
    ]
    assert [is_plain(text) for text in plain] == [True] * len(plain)
    assert [is_plain(text) for text in misleading] == [False] * len(misleading)
