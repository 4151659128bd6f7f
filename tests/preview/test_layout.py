"""Where the boxes of a graph go."""

from hypothesis import given
from hypothesis import strategies as st

from packager.preview.layout import BOX_HEIGHT, BOX_WIDTH, MOST_IN_COLUMN, layered


def test_what_waits_stands_to_the_right() -> None:
    layout = layered(["c", "b", "a"], {"c": ["b"], "b": ["a"]})
    places = {box.name: box.x for box in layout.boxes}
    assert places["a"] < places["b"] < places["c"]
    assert layout.width == places["c"] + BOX_WIDTH + 8
    assert layout.height == BOX_HEIGHT + 16


def test_boxes_are_ordered_by_what_they_wait_for() -> None:
    layout = layered(["a", "b", "x", "y"], {"x": ["b"], "y": ["a"]})
    places = {box.name: box.y for box in layout.boxes}
    assert (places["x"] > places["y"]) == (places["b"] > places["a"])


def test_many_boxes_of_a_layer_take_several_columns() -> None:
    layout = layered([str(number) for number in range(MOST_IN_COLUMN + 1)], {})
    assert len({box.x for box in layout.boxes}) == 2


def test_nothing_takes_no_room() -> None:
    assert layered([], {}) == ((), 0, 0)


def test_a_long_chain_needs_no_recursion() -> None:
    names = [str(number) for number in range(3000)]
    layout = layered(names, dict(zip(names[1:], ([name] for name in names), strict=False)))
    assert len({box.x for box in layout.boxes}) == 3000


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.lists(st.sampled_from("abcdefghxyz"), max_size=4)))
def test_every_box_has_a_place_of_its_own_whatever_waits_for_what(waits: dict[str, list[str]]) -> None:
    layout = layered("abcdefgh", waits)
    assert sorted(box.name for box in layout.boxes) == list("abcdefgh")
    assert len({(box.x, box.y) for box in layout.boxes}) == 8
