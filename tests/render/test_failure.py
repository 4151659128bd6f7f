"""A template that fails names the file and line that made it fail, and what to write instead."""

import pathlib
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from packager.offer.model import Delimiters, SourceFile
from packager.offer.repository import Repository
from packager.render import environment
from packager.render.model import RenderProblem
from packager.render.template import Renderer

VARIABLES = {
    "location": "westeurope",
    "offer": {"id": "acme", "version": "1.0.0"},
    "items": ["a"],
    "flag": True,
    "nothing": None,
    "mapping": {"b": [1, True]},
}


def render(root: pathlib.Path, files: dict[str, str]) -> tuple[str | None, RenderProblem | None]:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    source = SourceFile("main.j2", Delimiters(), ())
    rendered = Renderer(Repository(root), VARIABLES).render(source)
    return rendered.text, rendered.problem


FAILING: dict[str, tuple[dict[str, str], tuple[str, int], str]] = {
    "undefined name": (
        {"main.j2": "\n{{ locaton }}"},
        ("main.j2", 2),
        "'locaton' is undefined; did you mean 'location'?",
    ),
    "undefined attribute": (
        {"main.j2": "\n\n{{ offer.verson }}"},
        ("main.j2", 3),
        "there is no 'verson' here: it has id, version; did you mean 'version'?",
    ),
    "undefined in a condition": (
        {"main.j2": "{% if\n fleg %}{% endif %}"},
        ("main.j2", 1),
        "'fleg' is undefined; did you mean 'flag'?",
    ),
    "undefined in a filter": (
        {"main.j2": "\n{{ nam | json }}"},
        ("main.j2", 2),
        "'nam' is undefined",
    ),
    "undefined in a mapping for json": ({"main.j2": "\n{{ {'a': nam} | json }}"}, ("main.j2", 2), "'nam' is undefined"),
    "undefined in an include": (
        {"main.j2": "\n{% include 'part.j2' %}", "part.j2": "\n\n{{ itms }}"},
        ("part.j2", 3),
        "'itms' is undefined; did you mean 'items'?",
    ),
    "undefined in a macro": (
        {
            "main.j2": "\n{% from 'm.j2' import m %}\n{{ m(1) }}",
            "m.j2": "\n{% macro m(size) %}\n{{ siz }}{% endmacro %}",
        },
        ("m.j2", 3),
        "'siz' is undefined; did you mean 'size'?",
    ),
    "variable in a macro that is imported without context": (
        {"main.j2": "{% import 'm.j2' as m %}\n{{ m.m() }}", "m.j2": "{% macro m() %}\n{{ location }}{% endmacro %}"},
        ("m.j2", 2),
        ("'location' is undefined in a file that is imported without context; write 'with context' behind the import"),
    ),
    "macro not imported": (
        {"main.j2": "\n{% from 'm.j2' import n %}\n{{ n(1) }}", "m.j2": ""},
        ("main.j2", 3),
        "the template 'm.j2' (imported on line 2 in 'main.j2') does not export the requested name 'n'",
    ),
    "syntax": (
        {"main.j2": "a\n{% if %}"},
        ("main.j2", 2),
        "template syntax: Expected an expression, got 'end of statement block'",
    ),
    "block not closed": (
        {"main.j2": "a\n{% if flag %}\n"},
        ("main.j2", 2),
        (
            "template syntax: Unexpected end of template. Jinja was looking for the following tags: 'elif' or 'else' "
            "or 'endif'. The innermost block that needs to be closed is 'if'"
        ),
    ),
    "syntax in an include": (
        {"main.j2": "\n{% include 'part.j2' %}", "part.j2": "\n{{ a b }}"},
        ("part.j2", 2),
        "template syntax: expected token 'end of print statement', got 'b'",
    ),
    "unknown filter": ({"main.j2": "\n{{ 1 | jsn }}"}, ("main.j2", 2), "template syntax: No filter named 'jsn'"),
    "missing include": (
        {"main.j2": "\n{% include 'prt.j2' %}", "part.j2": ""},
        ("main.j2", 2),
        "'prt.j2' does not exist; did you mean 'part.j2'?",
    ),
    "include in another case": (
        {"main.j2": "\n{% include 'Part.j2' %}", "part.j2": ""},
        ("main.j2", 2),
        (
            "'Part.j2' does not exist, but 'part.j2' does: the case differs; write 'part.j2'; names are case sensitive "
            "in the package and on Linux"
        ),
    ),
    "include from outside": (
        {"main.j2": "\n{% include '../secret' %}"},
        ("main.j2", 2),
        "path '../secret' leaves the repository",
    ),
    "absolute include": (
        {"main.j2": "\n{% include '/etc/passwd' %}"},
        ("main.j2", 2),
        "path '/etc/passwd' is absolute",
    ),
    "include_text from outside": (
        {"main.j2": "\n\n{{ include_text('../secret') }}"},
        ("main.j2", 3),
        "include_text: path '../secret' leaves the repository",
    ),
    "include_text of a folder": (
        {"main.j2": "{{ include_text('x') }}", "x/y": ""},
        ("main.j2", 1),
        "include_text: 'x' is a folder, not a file",
    ),
    "include_data from outside": (
        {"main.j2": "\n{{ include_data('../secret.yaml') }}"},
        ("main.j2", 2),
        "include_data: path '../secret.yaml' leaves the repository",
    ),
    "include_data of a text": (
        {"main.j2": "{{ include_data('x.txt') }}", "x.txt": ""},
        ("main.j2", 1),
        "include_data: 'x.txt' is neither .json nor .yaml",
    ),
    "include_data of bad YAML": (
        {"main.j2": "{{ include_data('x.yaml') }}", "x.yaml": "a: 1\na: 2\n"},
        ("main.j2", 1),
        "include_data: x.yaml:2: the property 'a' is here for the second time; the last one counts",
    ),
    "endless include": (
        {"main.j2": "{% include 'main.j2' %}"},
        ("main.j2", 1),
        "includes or macros call each other without an end",
    ),
    "endless macro": (
        {"main.j2": "{% macro m() %}\n{{ m() }}{% endmacro %}\n{{ m() }}"},
        ("main.j2", 2),
        "includes or macros call each other without an end",
    ),
    "division": ({"main.j2": "\n{{ 1 // 0 }}"}, ("main.j2", 2), "expression fails: integer division or modulo by zero"),
    "wrong types": (
        {"main.j2": "\n{{ 'a' + 1 }}"},
        ("main.j2", 2),
        'expression fails: can only concatenate str (not "int") to str',
    ),
    "macro printed": (
        {"main.j2": "{% macro m() %}{% endmacro %}\n{{ m }}"},
        ("main.j2", 2),
        "macro 'm' is printed, not called; write 'm()'",
    ),
    "generator printed": (
        {"main.j2": "\n{{ items | map('upper') }}"},
        ("main.j2", 2),
        "a generator has no text; write '| list | json' for a list of values",
    ),
    "base64 of a list": (
        {"main.j2": "\n{{ items | b64 }}"},
        ("main.j2", 2),
        "'b64' takes a text, not a list; write '| json | b64'",
    ),
    "infinite number": (
        {"main.j2": "\n{{ 1e308 * 10 }}"},
        ("main.j2", 2),
        "'json' cannot write a number that is not finite, nor a value that holds itself",
    ),
    "inner attributes": (
        {"main.j2": "\n{{ ''.__class__.__mro__ }}"},
        ("main.j2", 2),
        "access to attribute '__class__' of 'str' object is unsafe",
    ),
    "format string that looks inside": (
        {"main.j2": "\n{{ '{0.__class__}'.format(1) }}"},
        ("main.j2", 2),
        "access to attribute '__class__' of 'int' object is unsafe",
    ),
    "include without context in a macro": (
        {"main.j2": "{% macro m() %}\n{% include 'p.j2' without context %}{% endmacro %}{{ m() }}", "p.j2": ""},
        ("main.j2", 2),
        "template syntax: 'include ... without context' does not work inside macros and blocks that capture",
    ),
    "number that is none": (
        {"main.j2": "\n{{ 1e999 }}"},
        ("main.j2", 2),
        "expression fails: name 'inf' is not defined",
    ),
    "random": ({"main.j2": "\n{{ items | random }}"}, ("main.j2", 2), "template syntax: No filter named 'random'"),
}


@pytest.mark.parametrize(("files", "place", "message"), FAILING.values(), ids=FAILING)
def test_failures_name_file_and_line(
    tmp_path: pathlib.Path, files: dict[str, str], place: tuple[str, int], message: str
) -> None:
    text, problem = render(tmp_path, files)
    assert text is None
    assert problem is not None
    assert (problem.message, (problem.file, problem.line)) == (message, place)


def test_failure_in_an_include_leads_back_to_where_it_came_from(tmp_path: pathlib.Path) -> None:
    _, problem = render(
        tmp_path, {"main.j2": "\n{% include 'a.j2' %}", "a.j2": "{% include 'b.j2' %}", "b.j2": "{{ x }}"}
    )
    assert problem is not None
    assert [(origin.file, origin.line) for origin in problem.related] == [("main.j2", 2), ("a.j2", 1)]


def growing(start: str, step: str) -> str:
    return "{% set n = namespace(t=" + start + ") %}{% for a in range(99) %}{% set n.t = " + step + " %}{% endfor %}"


RUNAWAY = {
    "nested loops": "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    "loop variable": "{% for a in range(9999) %}{% for b in range(9999) %}{{ loop.index }}{% endfor %}{% endfor %}",
    "filtered loops": "{% for a in range(9999) %}{% for b in range(9999) if b is odd %}{% endfor %}{% endfor %}",
    "doubling": "{% macro m(n) %}{% if n %}{% set x = m(n - 1) ~ m(n - 1) %}{% endif %}{% endmacro %}{{ m(60) }}",
    "growing text": growing("'x'", "n.t ~ n.t"),
    "growing sum": growing("'x'", "n.t + n.t"),
    "growing list": growing("[1]", "n.t + n.t"),
    "growing number": growing("2", "n.t * n.t"),
    "growing by replace": growing("'x'", "n.t.replace('x', 'xx')"),
    "long output": "{% for a in range(9999) %}" + "x" * 2000 + "{% endfor %}",
    "power": "{{ 9 ** (9 ** 9) }}",
    "repeated text": "{{ 'x' * 999999999999 }}",
    "repeated list": "{{ [1] * 999999999 }}",
    "huge range": "{% for a in range(10 ** 9) %}{% endfor %}",
    "wide format": "{{ '%99999999999d' % 1 }}",
    "wide format method": "{{ '{:99999999999}'.format(1) }}",
    "wide justification": "{{ 'a'.ljust(99999999999) }}",
    "wide centre": "{{ 'a' | center(99999999999) }}",
    "wide indent": "{{ 'a\nb' | indent(99999999999) }}",
}


@pytest.mark.parametrize("source", RUNAWAY.values(), ids=RUNAWAY)
def test_runaways_end(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    monkeypatch.setattr(environment, "MOST_STEPS", 10_000)
    text, problem = render(tmp_path, {"main.j2": "\n" + source})
    assert text is None
    assert problem is not None
    assert (problem.file, problem.line) == ("main.j2", 2)


def test_plain_values_print_as_json(tmp_path: pathlib.Path) -> None:
    text, problem = render(
        tmp_path, {"main.j2": "{{ flag }} {{ nothing }} {{ mapping }} {{ 1.5 }} {{ 'a' ~ flag }} {{ (1, 2) }}"}
    )
    assert problem is None
    assert text == 'true null {"b": [1, true]} 1.5 atrue [1, 2]'


def test_one_template_cannot_change_the_variables_of_the_next(tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.j2").write_text("{% do items.append('b') %}{{ items }}", encoding="utf-8")
    renderer = Renderer(Repository(tmp_path), VARIABLES)
    source = SourceFile("main.j2", Delimiters(), ())
    assert [renderer.render(source).text for _ in range(2)] == ['["a", "b"]', '["a", "b"]']


def test_a_table_is_read_from_a_file(tmp_path: pathlib.Path) -> None:
    files = {
        "main.j2": "{% set sizes = include_data('t/sizes.yaml') %}{{ sizes.dev.nodes }} {{ sizes.keys() | list }}",
        "t/sizes.yaml": "dev: {nodes: 3}  # few\nlarge: {nodes: 6}\n",
    }
    text, problem = render(tmp_path, files)
    assert problem is None
    assert text == '3 ["dev", "large"]'


def test_other_delimiters(tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.j2").write_text(
        "{{ policy }} <# gone #><< location >><% if flag %>!<% endif %> ${#array}", encoding="utf-8"
    )
    delimiters = Delimiters(("<%", "%>"), ("<<", ">>"), ("<#", "#>"))
    rendered = Renderer(Repository(tmp_path), VARIABLES).render(SourceFile("main.j2", delimiters, ()))
    assert rendered.text == "{{ policy }} westeurope! ${#array}"


def test_a_template_names_what_it_used(tmp_path: pathlib.Path) -> None:
    for name, text in {
        "main.j2": "{% include './sub/a.j2' %}",
        "sub/a.j2": "{{ include_text('./s.sh') | json }}",
        "sub/s.sh": "x",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    rendered = Renderer(Repository(tmp_path), VARIABLES).render(SourceFile("main.j2", Delimiters(), ()))
    assert (rendered.text, rendered.files) == ('"x"', ("main.j2", "sub/a.j2", "sub/s.sh"))


def test_links_out_of_the_repository_are_refused(tmp_path: pathlib.Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    root = tmp_path / "repository"
    root.mkdir()
    (root / "link.j2").symlink_to(tmp_path / "secret")
    _, problem = render(root, {"main.j2": "{% include 'link.j2' %}"})
    assert problem is not None
    assert problem.message.startswith("'link.j2' is a link that leaves the repository")


VOCABULARY = (
    "{{ }} {% %} {# #} {%- -%} for in if else endif endfor set endset macro endmacro call endcall filter endfilter "
    "include import from raw endraw block endblock extends with do break continue location items flag offer loop "
    "caller self super namespace range dict 'main.j2' 'x' 1 0 9999999999 1e999 -1 none true ( ) [ ] { } . , | ~ + - * "
    "** % // == < not is defined json b64 sha256 indent join map select list replace format center tojson upper "
    "__class__ strip \n"
)
WORDS = st.sampled_from(re.split(" ", VOCABULARY))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(WORDS, max_size=25).map(" ".join)
    | st.lists(WORDS, max_size=8).map(lambda words: f"{{{{ {' '.join(words)} }}}}")
)
def test_any_template_renders_or_names_a_line(tmp_path: pathlib.Path, source: str) -> None:
    text, problem = render(tmp_path, {"main.j2": source})
    assert (text is None) == (problem is not None)
    if problem is not None:
        assert problem.file == "main.j2"
        assert 1 <= problem.line <= source.count("\n") + 1
        assert problem.message
