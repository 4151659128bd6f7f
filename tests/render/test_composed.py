"""Texts in written documents lead back to the line of the source that holds them, whatever stands around them."""

import pathlib
import re
import tempfile

from hypothesis import given, settings
from hypothesis import strategies as st

from packager.offer.model import Delimiters, SourceFile
from packager.offer.repository import Repository
from packager.render.pieces import Pieces
from packager.render.template import Renderer

MARK = re.compile(r"\[(\d+):\d+\]")
GAPS = st.sampled_from(
    ["", " ", "\n", "\n\n  ", " // note\n", "/* a\nb */", "{# gone #}", "\n{% if true %}\n{% endif %}"]
)
SCALARS = st.sampled_from(['"@"', '"a @ ü"', "1", "true", '"\\u00e4 @"', '"\\"@"'])


def containers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    lists = st.builds(
        lambda gap, items: "[" + gap + f",{gap}".join(items) + gap + "]", GAPS, st.lists(inner, max_size=4)
    )
    members = st.lists(st.tuples(GAPS, inner), max_size=4)
    objects = members.map(
        lambda found: (
            "{ " + ",".join(f'{gap}"{index} @"{gap}:{value}' for index, (gap, value) in enumerate(found)) + "}"
        )
    )
    return lists | objects


def numbered(text: str) -> str:
    """Each `@` becomes `[line:count]`, so that every one is told apart."""
    counts = iter(range(len(text)))
    lines = text.split("\n")
    return "\n".join(
        re.sub("@", lambda _, line=line: f"[{line}:{next(counts)}]", content) for line, content in enumerate(lines, 1)
    )


def written(text: str, name: str) -> Pieces:
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / name).write_text(text, encoding="utf-8")
        source = SourceFile(name, Delimiters(), ())
        pieces = Pieces()
        pieces.add_json("x.json", source, Renderer(Repository(root), {}).render(source))
        return pieces


def check_marks(text: str, name: str) -> None:
    pieces = written(text, name)
    assert pieces.problems == []
    document = pieces.made[0].document
    assert document is not None
    assert len(MARK.findall(document.text)) == len(MARK.findall(text))
    for match in MARK.finditer(document.text):
        origin = document.origin(match.start())
        assert origin is not None
        assert (origin.file, origin.line) == (name, int(match[1])), match[0]


@settings(max_examples=150, deadline=None)
@given(st.recursive(SCALARS, containers, max_leaves=15))
def test_json(text: str) -> None:
    check_marks(numbered(text), "x.json.j2")


def test_yaml() -> None:
    text = "a: &x\n  - '@'\n  - b: |\n      @\n  # no\n  - >-\n    one @\n'@': {c: '@',\n  d: '@'}\n"
    document = written(numbered(text), "x.yaml").made[0].document
    assert document is not None
    found = {
        match[1]: origin.line for match in MARK.finditer(document.text) if (origin := document.origin(match.start()))
    }
    # A block scalar starts on the line of its indicator.
    assert found == {"2": 2, "4": 3, "7": 6, "8": 8, "9": 9}


def test_offsets_between_and_after_values_have_an_origin() -> None:
    document = written('{\n"a": [\n1\n]\n}\n', "x.json").made[0].document
    assert document is not None
    assert [(origin.line if (origin := document.origin(offset)) else None) for offset in range(len(document.text))][
        -1
    ] == 3
    assert document.source_map is not None
    assert document.source_map.files() == ("x.json",)
