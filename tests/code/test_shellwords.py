"""The commands of shell scripts, and the words in them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.code.shellwords import Word, commands


def found(text):
    return [[word.plain for word in (*one.assignments, *one.words)] for one in commands(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a b  c\n", [["a", "b", "c"]]),
        ("a=1 b=$c d e=f", [["a=1", "b=$c", "d", "e=f"]]),
        ("a; b & c | d && e || f", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]),
        ("if a; then b; elif c; then d; else e; fi", [["a"], ["b"], ["c"], ["d"], ["e"]]),
        ("while ! a; do b; done > c", [["a"], ["b"]]),
        ("{ a; } 2>&1 > b < c", [["a"]]),
        ("a 'b c' \"d e\" f\\ g", [["a", "b c", "d e", "f g"]]),
        ("a \\\n  b", [["a", "b"]]),
        ("a # b\n# c\nd#e", [["a"], ["d#e"]]),
        ("a $(b c) `d`", [["b", "c"], ["a", "$(b c)", "`d`"]]),
        ('a "$(b "$(c)")"', [["c"], ["b", "$(c)"], ["a", "$(b $(c))"]]),
        ("a=$((1 << 2)) b; ((c << 3)); d", [["a=$((1 << 2))", "b"], ["d"]]),
        ("a <<E b\n$(c)\nE\nd", [["a", "b"], ["d"]]),
        ("a <<-'E'; b\n\tc\n\tE\nd", [["a"], ["b"], ["d"]]),
        ("a <<< b c", [["a", "c"]]),
        ("a <<E <<F\nE\nF\nb", [["a"], ["b"]]),
        ("$(a <<E\n)\nE\n) b", [["a"], ["$(a <<E\n)\nE\n)", "b"]]),
        (
            "case $a in b) c ;; (d|e) f ;; esac; g",
            [["case", "$a", "in", "b"], ["c"], ["d"], ["e"], ["f"], ["esac"], ["g"]],
        ),
        (
            "a $(case b in c) d ;; esac) e",
            [["case", "b", "in", "c"], ["d"], ["esac"], ["a", "$(case b in c) d ;; esac)", "e"]],
        ),
        ("f() { a; }; f", [["f"], ["a"], ["f"]]),
        ('a ${b:-"c d"} "${e:-it\'s}" f', [["a", "${b:-c d}", "${e:-its}", "f"]]),
        ("a $'b\\'c' d", [["a", "$bc", "d"]]),
        ("a <(b) c", [["a"], ["b"], ["c"]]),
        ("a 2> b 3 c", [["a", "3", "c"]]),
        ('a "b', [["a", "b"]]),
        ("a $(b", [["b"], ["a", "$(b"]]),
        ("", []),
    ],
)
def test_commands(text, wanted):
    assert found(text) == wanted


def test_pipes():
    one = commands("a $(x | y) | \n b; c | d\n")
    assert [(each.name, each.feeds and one[each.feeds].name) for each in one] == [
        ("x", "y"),
        ("y", None),
        ("a", "b"),
        ("b", None),
        ("c", "d"),
        ("d", None),
    ]


def test_names_are_those_of_programs():
    assert [one.name for one in commands("/usr/bin/az x; a=1; './b c' d")] == ["az", "", "b c"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("$A", ["A"]),
        ("${A}x$B", ["A", "B"]),
        ("\"$A '$B' \\$C\"", ["A", "B"]),
        ("'$A'$B", ["B"]),
        ("${A:-x} ${A:?} ${A%%x} ${A[0]} ${A,,} ${A:1}", ["A"] * 6),
        ("${#A} ${A:+x} ${!A} $1 $$", []),
        ('"$(echo $A)`echo $B`$((C))"', []),
        ("$'$A'", []),
    ],
)
def test_values(text, names):
    assert list(Word(text, 0).values()) == names


@pytest.mark.parametrize("text", ["$A", "$1", '"$@"', "${1}", "${!a}", "a$(b)", '"`a`"', "${a:+b}x$B"])
def test_words_that_are_expanded(text):
    assert Word(text, 0).is_expanded


@pytest.mark.parametrize("text", ["a", "'$A'", "\\$A", '"\\$A"', "$", "a$", "$'a'"])
def test_words_that_stand_as_they_are(text):
    assert not Word(text, 0).is_expanded


@given(st.text(alphabet="ab $(){}\"'`\\<>|&;#\n=E", max_size=60))
def test_any_text_is_read(text):
    for one in commands(text):
        for word in (*one.assignments, *one.words):
            assert text[word.start : word.end] == word.text
            list(word.values())


@pytest.mark.parametrize("part", ["$(", '"$(', "`", "${", "((", "a ", '"', "\\", "$((", "<<E\n", "(a)", "$a", "'", "|"])
def test_long_texts_take_no_long_time(part):
    started = time.perf_counter()
    commands(part * 20_000)
    assert time.perf_counter() - started < 4
