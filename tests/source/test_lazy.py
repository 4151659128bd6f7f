"""Patterns that are compiled when they are first used."""

import re

import pytest

from packager.source.lazy import lazy_pattern


def test_a_lazy_pattern_does_what_a_compiled_one_does():
    lazy, compiled = lazy_pattern(r"(?P<a>x)(y)?", re.IGNORECASE), re.compile(r"(?P<a>x)(y)?", re.IGNORECASE)
    for _ in range(2):
        assert lazy.search("aXy").span() == compiled.search("aXy").span()
        assert lazy.fullmatch("x")["a"] == "x"
        assert lazy.match("y") is None
        assert [found.group() for found in lazy.finditer("xxy")] == ["x", "xy"]
        assert lazy.sub("-", "axb") == "a-b"
        assert (lazy.pattern, lazy.groups, lazy.flags) == (compiled.pattern, compiled.groups, compiled.flags)


def test_a_wrong_pattern_fails_when_it_is_used():
    lazy = lazy_pattern("(")
    with pytest.raises(re.error):
        lazy.search("x")
