"""The shape of a JSON text as flat arrays: where every value and name stands, without the values themselves.

A node is an index; nodes are in the order of the text, a container before what is in it.
"""

from array import array

from packager.source.tokens import string_value

NO_NAME = -1


class Layout:
    """`past[node]` is the first node after everything in `node`; a value left out has an empty span."""

    __slots__ = ("ends", "name_ends", "name_starts", "past", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts, self.ends, self.past = array("i"), array("i"), array("i")
        self.name_starts, self.name_ends = array("i"), array("i")

    def steps(self, node: int) -> dict[str | int, int]:
        """The nodes directly in a container, by property name or index; of equal names the last."""
        found: dict[str | int, int] = {}
        child, end = node + 1, self.past[node]
        while child < end:
            start = self.name_starts[child]
            step = len(found) if start == NO_NAME else name_value(self.text[start : self.name_ends[child]])
            found[step] = child
            child = self.past[child]
        return found


def name_value(written: str) -> str:
    """What a property name stands for, quoted or not."""
    return string_value(written) if written[:1] in {'"', "'"} else written
