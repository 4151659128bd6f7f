from hypothesis import given
from hypothesis import strategies as st

from packager.render.traced import Traced, from_file, joined, origin_at, part, retraced
from packager.source.sourcemap import Origin

TEXTS = st.text(alphabet="ab\n ", max_size=8)


@given(st.lists(st.tuples(TEXTS, st.integers(1, 9)), max_size=6), st.integers(0, 30), st.integers(0, 30))
def test_joining_and_cutting_keep_origins(pieces: list[tuple[str, int]], first: int, second: int) -> None:
    text = joined(Traced(piece, ((0, Origin("f", line)),)) for piece, line in pieces)
    lines = [line for piece, line in pieces for _ in piece]
    assert [getattr(origin_at(text.runs, offset), "line", None) for offset in range(len(text))] == lines
    start, end = sorted((min(first, len(text)), min(second, len(text))))
    cut = part(text, start, end)
    assert cut == text[start:end]
    assert [getattr(origin_at(cut.runs, offset), "line", None) for offset in range(len(cut))] == lines[start:end]


@given(TEXTS)
def test_each_line_of_a_file_has_its_number(text: str) -> None:
    traced = from_file(text, "f")
    for offset in range(len(text)):
        assert origin_at(traced.runs, offset) == Origin("f", text.count("\n", 0, offset) + 1)


def test_a_plain_piece_belongs_to_the_one_before_it() -> None:
    text = joined(["x", from_file("a\nb", "f"), "y"])
    assert [origin_at(text.runs, offset) for offset in (0, 1, 3, 4)] == [
        None,
        Origin("f", 1),
        Origin("f", 2),
        Origin("f", 2),
    ]


def test_what_cannot_be_traced_stays_plain() -> None:
    source = from_file("a\nb", "f")
    assert not isinstance(retraced("something else", source), Traced)
    assert not isinstance(retraced("", source), Traced)
    again = retraced("x\ny", source)
    assert isinstance(again, Traced)
    assert again.runs == ((0, Origin("f", 1)), (2, Origin("f", 2)))
