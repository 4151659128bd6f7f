"""Patterns as JavaScript takes them, and which rules of an element hold patterns."""

import time

import pytest
import regress
from hypothesis import example, given, settings
from hypothesis import strategies as st

from packager.expressions.errors import ExpressionError
from packager.ui.backtracking import _Counter, steps
from packager.ui.constraints import has_computed_rule, is_computed, patterns_of
from packager.ui.patternprogram import compile_pattern
from packager.ui.patternreader import read_pattern
from packager.ui.patterns import MAX_LENGTH, is_catastrophic, matches, pattern_problem
from packager.ui.reach import fits


@pytest.mark.parametrize("pattern", ["^[a-z]{3}$", r"[a-\d]", "{", r"\Z", "[^]", "(?<=a)b", "(" * MAX_LENGTH + "("])
def test_taken(pattern):
    assert pattern_problem(pattern) is None


@pytest.mark.parametrize("pattern", ["(", "(?i)a", "a**", "[z-a]", "(?P<a>b)", "(?>a)", "(" * MAX_LENGTH])
def test_refused(pattern):
    assert pattern_problem(pattern)


def test_patterns_of_constraints():
    constraints = {
        "regex": "[concat('a')]",
        "validations": [{"regex": "b"}, {"isValid": "[true]"}, "c", {"regex": "[d]"}],
    }
    assert list(patterns_of(constraints, ("x",))) == [
        (("x", "validations", 0, "regex"), "b"),
        (("x", "validations", 3, "regex"), "[d]"),
    ]
    assert has_computed_rule(constraints)
    assert not has_computed_rule({"regex": "a", "validations": "b"})


@pytest.mark.parametrize(
    ("text", "computed"), [("[concat('a')]", True), ("[a]", False), ("[a-z]", False), ("[^a]", False), ("a", False)]
)
def test_computed(text, computed):
    assert is_computed(text) is computed


HOSTILE = [
    "^(a+)+$",
    "^(a|aa)+$",
    "^(a|a)*$",
    r"^(\w+\s?)*$",
    "^(a?){30}a{30}$",
    "^(a?){300}$",
    "^(.*a){12}$",
    "(x+x+)+y",
    "^(ab|a|b)*$",
    "^(a{1,50}){1,50}$",
    "^((ab)*)*c$",
    "^([^x]+)+$",
    "^(a?b?)*c$",
    "^(?:(?:(?:a*)*)*)*$",
    r"^([a-z0-9]+\.?)*[a-z0-9]+@([a-z0-9-]+\.)*[a-z0-9-]+$",
    "(?=(a+)+$)b",
    "^(a*)*(?<=b+)$",
]
HARMLESS = [
    "^[a-z]{3,24}$",
    r"^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])(?=.*[^\w]).{12,72}$",
    r"^[^\s@]+@[^\s@]+\.[^\s@]+$",
    r"^(?:(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\.){3}(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)$",
    r"^([a-z0-9]+(-[a-z0-9]+)*\.)+[a-z]{2,}$",
    "(a+)+",
    "^(a?)*b$",
    "^((?!foo).)*$",
    r"(a)\1+$",
    r"^(?<name>a)\k<name>$",
    "(.*?){5,100}",
    "^[a-z]{1,2000}$",
]


@pytest.mark.parametrize("pattern", HOSTILE)
def test_catastrophic_patterns_are_refused_at_once(pattern):
    assert is_catastrophic(pattern)
    with pytest.raises(ExpressionError, match="takes too long; let no two repetitions take the same text"):
        matches(pattern, "a")


@pytest.mark.parametrize("pattern", HARMLESS)
def test_harmless_patterns_are_tried(pattern):
    assert not is_catastrophic(pattern)
    assert isinstance(matches(pattern, "aa"), bool)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(\d+)x(\d+)x(\d+)$", "1" * 20_000),
        ("^.*.*.*=.*$", "a" * 3_000),
        ("a*a*a*a*$", "a" * 500 + "b"),
        ("^(" + "a?" * 40 + ")" + "a" * 40 + "$", "a" * 39),
    ],
)
def test_texts_that_take_long_are_refused(pattern, text):
    start = time.perf_counter()
    with pytest.raises(ExpressionError, match="takes too long"):
        matches(pattern, text)
    assert time.perf_counter() - start < 10


def test_what_is_no_pattern_says_why():
    with pytest.raises(ExpressionError, match=r"JavaScript does not take the pattern '\('"):
        matches("(", "a")
    with pytest.raises(ExpressionError, match="tried on up to 100,000"):
        matches("a", "a" * 100_001)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"^[\w-]+$", "a-b", True),
        (r"[a-\d]", "-", True),
        (r"^\x41\u0042\cJ\101$", "AB\nA", True),
        ("[^]", "\n", True),
        ("[]", "a", False),
        ("^.$", "\n", False),
        (r"^\p{L}$", "p{L}", True),
        (r"\bb", "a b", True),
        (r"\Bb", "a b", False),
        ("a{,2}", "a{,2}", True),
        ("^a{2}$", "aa", True),
        ("(?<=a)b", "ab", True),
        (r"[\b]", "\b", True),
        (r"^\8$", "8", True),
        ("(?=a)*b", "b", True),
    ],
)
def test_patterns_mean_what_they_mean_in_a_browser(pattern, text, found):
    assert matches(pattern, text) is found
    if "<=" not in pattern:
        assert finds(compile_pattern(pattern), text) is found


def finds(program, text):
    counter = _Counter(program, text)
    found = False
    for position in range(len(text), -1, -1):
        counter.move(position, program.order)
        found = found or counter.wins[program.start]
    return found


ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\w", r"\d", "^", "$", r"\b", r"\B", "[a-c]", r"\x61", ""])
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.tuples(inner, inner).map("|".join).map("({})".format),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "*?", "{2}", "{1,3}", "{2,}", "{0,2}?"])).map(
            lambda part: f"(?:{part[0]}){part[1]}"
        ),
        st.tuples(st.sampled_from(["(?=", "(?!"]), inner).map(lambda part: f"{part[0]}{part[1]})"),
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(PATTERNS, st.text("ab1 \n", max_size=6))
@example("(?:(?:a)*)*b", "aab")
@example("(?:(?:|a){2})+$", "aa")
def test_counting_finds_what_the_matcher_finds(pattern, text):
    program = compile_pattern(pattern)
    assert finds(program, text) is (regress.Regex(pattern).find(text) is not None)
    assert steps(program, text) > 0


@settings(max_examples=300, deadline=None)
@given(PATTERNS, st.text("ab1 \n", max_size=8))
@example("(?:(?:a)*)*b", "aab")
@example("^(?:(?:a{2}){1,3}){2}$", "aaaaaaaa")
@example("(?<=a{2})b", "aab")
@example("(?<!(?:ab)+)b$", "abb")
def test_reaching_finds_what_the_matcher_finds(pattern, text):
    assert fits(read_pattern(pattern), text) is (regress.Regex(pattern).find(text) is not None)


@pytest.mark.parametrize("end", ["com", "com1!"])
def test_a_repetition_in_a_repetition_takes_no_longer_than_its_text(end):
    labels = ".".join(["a" + "b1-" * 20 + "b"] * 8)
    assert matches(r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,20}$", f"{labels}.{end}") is (end == "com")


@settings(max_examples=200, deadline=None)
@given(st.text("a(){}[]|*+?.^$\\\\<>=!:,-12kxucdwb", max_size=16), st.text("ab1", max_size=5))
def test_no_pattern_crashes(pattern, text):
    try:
        matches(pattern, text)
    except ExpressionError as error:
        assert error.code in {"invalid-pattern", "limit"}
