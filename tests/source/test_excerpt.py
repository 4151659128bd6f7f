"""The source line with a caret."""

import pytest

from packager.source.document import Document
from packager.source.excerpt import WIDTH, excerpt
from packager.source.span import Place, Span


def drawn(text: str, start: int, end: int) -> str:
    document = Document.from_text("a.json", text)
    return excerpt(document, document.place_of(Span(start, end)))


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ('{"a": 1}', 1, 4, '{"a": 1}\n ^^^'),
        ("\t\tx y", 4, 5, "        x y\n          ^"),
        ("ab\ncd\nef", 4, 7, "cd\n ^"),
        ("abc", 3, 3, "abc\n   ^"),
        ("日本 x", 3, 4, "日本 x\n     ^"),
        ("a\x1b[31mb", 6, 7, "a\ufffd[31mb\n      ^"),
        ("   \nx", 0, 1, ""),
        ("", 0, 0, ""),
    ],
)
def test_the_caret_stands_under_the_place(text, start, end, expected):
    assert drawn(text, start, end) == expected


@pytest.mark.parametrize("start", [0, 10, 49, 51, 200, 395, 399])
def test_a_long_line_is_cut_around_the_caret(start):
    line = "".join(chr(0x100 + number) for number in range(400))
    shown, carets = drawn(line, start, start + 1).split("\n")
    assert len(shown) <= WIDTH + 6
    assert shown[carets.index("^")] == line[start]


def test_a_long_mark_shows_its_start():
    shown, carets = drawn("x" * 300, 0, 300).split("\n")
    assert shown == "x" * WIDTH + "..."
    assert carets == "^" * WIDTH


def test_a_line_of_a_megabyte_is_cut_like_a_short_one():
    line = "\t" * 500_000 + "abc" + "\t" * 500_000
    shown, carets = drawn(line, 500_000, 500_003).split("\n")
    assert shown.startswith("...") and len(shown) <= WIDTH + 6
    assert shown.index("abc") == carets.index("^^^")


def test_a_secret_is_drawn_as_asterisks():
    document = Document.from_text("a.txt", 'key = "geheim!" # note')
    assert excerpt(document, Place(1, 8, 1, 15), secret=True) == 'key = "*******" # note\n       ^^^^^^^'
