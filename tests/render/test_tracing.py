"""Every part of rendered text answers with the file and line of its source.

The sources write `@` where it matters. Before rendering, each `@` becomes `[file:line]` with its own place, so the
rendered text says itself what its origins must be.
"""

import hashlib
import pathlib
import re
import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packager.offer.model import Delimiters
from packager.offer.repository import Repository
from packager.render.environment import TracingEnvironment
from packager.render.traced import Traced, origin_at

MARK = re.compile(r"\[(\w+):(\d+)\]", re.IGNORECASE)
VARIABLES = {"items": ["a", "b"], "flag": True, "tree": [{"n": 1, "c": [{"n": 2, "c": []}]}], "name": "n"}


def marked(file: str, text: str) -> str:
    return "\n".join(line.replace("@", f"[{file}:{number}]") for number, line in enumerate(text.split("\n"), 1))


def render(files: dict[str, str]) -> Traced:
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in files.items():
            (root / name).write_text(marked(name, text), encoding="utf-8", newline="")
        environment = TracingEnvironment(Repository(root), Delimiters())
        template = environment.get_template("main")
        text = environment.concat(template.root_render_func(template.new_context(dict(VARIABLES))))
        assert isinstance(text, Traced)
        return text


def wrong_origins(text: Traced) -> list[str]:
    wrong = []
    for match in MARK.finditer(text):
        for offset in range(match.start(), match.end()):
            origin = origin_at(text.runs, offset)
            if origin is None or (origin.file, origin.line) != (match[1].lower(), int(match[2])):
                wrong.append(f"{match[0]} at {offset}: {origin}")
                break
    return wrong


MACROS = (
    "@ text outside\n{% macro box(x) %}\n@ {{ x }} @\n{{ caller() if caller is defined else '' }}@\n{% endmacro %}\n"
)

CORPUS: dict[str, tuple[dict[str, str], int]] = {
    "plain text": ({"main": "@\n @ @\n\n@"}, 4),
    "variables": ({"main": "@{{ name }}@\n{{ name }}\n@"}, 3),
    "expression strings": ({"main": "\n{{ '@' }}\n{{\n  '@'\n}}"}, 2),
    "multi-line expression": ({"main": "@{{ [1,\n2]\n|length }}@\n@"}, 3),
    "comment over lines": ({"main": "@{# a\nb\nc #}@\n@"}, 3),
    "comment with whitespace control": ({"main": "@\n\n{#- a\nb -#}\n\n\n@ @"}, 3),
    "if and else": ({"main": "{% if flag %}\n@\n{% else %}\n@\n{% endif %}\n@"}, 2),
    "loop": ({"main": "{% for i in items %}\n@{{ i }}\n@{% if not loop.last %},{% endif %}\n{% endfor %}@"}, 5),
    "loop with whitespace control": ({"main": "@\n\n{%- for i in items -%}\n\n  @\n\n{%- endfor -%}\n\n @"}, 4),
    "loop with else": ({"main": "{% for i in [] %}\n@\n{% else %}\n@{% endfor %}"}, 1),
    "recursive loop": ({"main": "{% for t in tree recursive %}\n@{{ t.n }}\n{{ loop(t.c) }}@\n{% endfor %}"}, 4),
    "break": ({"main": "{% for i in [1, 2, 3] %}\n@{% if i == 2 %}{% break %}{% endif %}@\n{% endfor %}"}, 3),
    "continue": ({"main": "{% for i in [1, 2, 3] %}\n@{% if i == 2 %}{% continue %}{% endif %}@\n{% endfor %}"}, 5),
    "set block": ({"main": "{% set x %}\n@\n  @{% endset %}\n\n{{ x }}{{ x }}@"}, 5),
    "set block trimmed": ({"main": "{% set x %}\n\n@\n @\n{% endset %}\n\n{{ x | trim }}@"}, 3),
    "set block stripped by its method": ({"main": "{% set x %}\n\n@\n @\n{% endset %}\n\n{{ x.strip() }}@"}, 3),
    "set block with filter": ({"main": "{% set x | upper %}\n@\n@{% endset %}\n\n{{ x }}@"}, 3),
    "indented": (
        {"main": "{% set x %}@\n@ @\n\n@{% endset %}\n{{ x | indent(8) }}\n@{{ x | indent(2, true, true) }}"},
        9,
    ),
    "filter block": ({"main": "{% filter indent(4) %}\n@\n@\n{% endfilter %}@"}, 3),
    "two source lines in one": (
        {"main": "{% filter upper %}@{#\n#}@{% endfilter %}{% filter indent %}\n@{#\n#}@{% endfilter %}"},
        4,
    ),
    "filter block that changes lines' number": ({"main": "@{% filter wordwrap(3) %}a b c{% endfilter %}@\n@"}, 3),
    "replaced": (
        {"main": "{% set x %}@ ,\n@ ,{% endset %}\n\n{{ x | replace(',', ';') }}@{{ x.replace(',', '') }}"},
        5,
    ),
    "concatenated": ({"main": "{% set x %}\n@{% endset %}\n\n{{ 'a' ~ x ~ 'b' }}{{ x + x }}@"}, 4),
    "joined": ({"main": "{% set x %}@\n@{% endset %}\n{{ [x, 1, x] | join(', ') }}@"}, 5),
    "macro of another file": ({"main": "\n{% import 'm' as m %}@\n{{ m.box(1) }}\n@", "m": MACROS}, 5),
    "macro imported by name": (
        {"main": "{% from 'm' import box as b with context %}\n{{ b(1) }}{{ b(2) }}", "m": MACROS},
        6,
    ),
    "call block": ({"main": "{% from 'm' import box %}{% call box(1) %}\n@\n{% endcall %}\n@", "m": MACROS}, 5),
    "call block filtered": (
        {
            "main": "{% from 'm' import box %}{% filter indent %}{% call box(1) %}\n@\n{% endcall %}{% endfilter %}\n@",
            "m": MACROS,
        },
        5,
    ),
    "include": ({"main": "@\n{% include 'part' %}\n@", "part": "\n@\n@{{ name }}\n"}, 4),
    "include in a loop": ({"main": "{% for i in items %}{% include 'part' %}@\n{% endfor %}", "part": "\n@{{ i }}"}, 4),
    "include without context": ({"main": "@{% include 'part' without context %}\n@", "part": "\n@"}, 3),
    "include in a set block": (
        {"main": "{% set x %}@{% include 'part' %}@{% endset %}\n\n{{ x | indent }}", "part": "\n@"},
        3,
    ),
    "include of what is not there": ({"main": "@{% include 'nothing' ignore missing %}\n@"}, 2),
    "inheritance": (
        {
            "main": "{% extends 'base' %}\n@\n{% block one %}\n@{{ super() }}@\n{% endblock %}",
            "base": "@\n{% block one %}\n@{% endblock %}{% block two %}@{% endblock %}\n@ {{ self.one() }}",
        },
        9,
    ),
    "raw": ({"main": "@{% raw %}\n{{ @\n}} @{% endraw %}\n@"}, 4),
    "carriage returns": ({"main": "@\r\n@{% if flag %}\r\n@{% endif %}\r\n@"}, 4),
    "with and scopes": ({"main": "{% with x = '1' %}\n@{{ x }}{% endwith %}\n@"}, 2),
    "text of a file": ({"main": "\n{{ include_text('part') | indent(2) }}\n@", "part": "@\n\n@"}, 3),
    "no final line break": ({"main": "@"}, 1),
    "other alphabets": ({"main": "ü€😀\n😀@\n{{ '😀' }}@"}, 2),
}


@pytest.mark.parametrize(("files", "count"), CORPUS.values(), ids=CORPUS)
def test_origins(files: dict[str, str], count: int) -> None:
    text = render(files)
    assert wrong_origins(text) == []
    assert len(MARK.findall(text)) == count


def test_values_are_never_changed_by_tracing() -> None:
    source = (
        "{% set x %}a\n{{ name }}{% endset %}{{ x == 'a\nn' }} {{ x | length }} {{ 'a\nn' in [x] }} {{ x | json }} "
        "{{ x | b64 }} {{ x | sha256 }} {{ {x: 1}['a\nn'] }} {{ x | upper | tojson }} {{ x[0] }}{{ x[2:] }}"
    )
    digest = hashlib.sha256(b"a\nn").hexdigest()
    assert render({"main": source}) == f'true 3 true "a\\nn" YQpu {digest} 1 "A\\nN" an'


SPACES = st.sampled_from(["", "-"])
TEXTS = st.lists(
    st.sampled_from(["@", " ", "\n", "  \n\n", "x", "{{ name }}", "{{ '@' }}", "{# @ \n #}"]), max_size=5
).map("".join)


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def tag(text: str, left: str, right: str) -> str:
        return f"{{%{left} {text} {right}%}}"

    def block(start: str, end: str, body: str, after: str, signs: list[str]) -> str:
        return tag(start, *signs[:2]) + body + tag(end, *signs[2:4]) + after

    blocks = st.sampled_from(
        [
            ("for i in items", "endfor"),
            ("if flag", "endif"),
            ("filter indent(3)", "endfilter"),
            ("filter trim", "endfilter"),
            ("filter upper", "endfilter"),
            ("call box(1)", "endcall"),
            ("with z = 1", "endwith"),
        ]
    )
    signs = st.lists(SPACES, min_size=4, max_size=4)
    plain = st.builds(lambda pair, *rest: block(*pair, *rest), blocks, inner, inner, signs)
    captured = st.builds(
        lambda body, signs: block("set y", "endset", body, "{{ y }}\n{{ y | indent }}", signs), inner, signs
    )
    included = st.builds(lambda left, right: tag("include 'part'", left, right), SPACES, SPACES)
    return st.builds(lambda *parts: "".join(parts), inner, plain | captured | included, inner)


@settings(max_examples=200, deadline=None)
@given(st.recursive(TEXTS, wrapped, max_leaves=8), TEXTS)
def test_origins_of_any_source(main: str, part: str) -> None:
    text = render({"main": "{% from 'm' import box %}" + main, "part": part, "m": MACROS})
    assert wrong_origins(text) == []
