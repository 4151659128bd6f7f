"""Whole plans: from an offer.yaml to the entries of its package, and back to the sources by line."""

import json
import os
import pathlib
import tarfile
from io import BytesIO

import pytest

from packager.errors import UsageError
from packager.offer.load import load_offer
from packager.render.model import Rendered
from packager.render.render import render_plan
from packager.render.whole import render_offer
from packager.source.sourcemap import Origin

OFFER = """\
schema: 1
id: acme-app
publisher: acme
kind: managed-application
version: 1.0.0
variables: {size: small, chartVersion: 1.2.3}
plans:
  - id: standard
    ui: form.yaml.j2
    template: main.json.j2
    view: view.json
    variables: {size: large}
    artifacts:
      - {from: nested/*.json.j2, to: nested/}
      - {from: scripts/, to: scripts/, delimiters: {variable: ["<<", ">>"], block: ["<%", "%>"], comment: ["<#", "#>"]}}
      - {from: data.yaml, to: data/data.json}
      - {from: notes.yaml, to: data/}
    helm:
      - release: demo
        namespace: demo
        chart: {path: charts/demo}
        values: [values.yaml.j2]
      - release: other
        namespace: demo
        chart: {repository: "oci://example.org/charts", name: other, version: 2.0.0, digest: "sha256:DIGEST"}
        values: [values.yaml.j2, more.json]
""".replace("DIGEST", "1" * 64)

FILES = {
    "main.json.j2": """\
{
  // comments stay behind
  "size": {{ size | json }},
  "version": "{{ offer.version }}", /* too */
  "script": {{ include_text('scripts/install.sh') | json }},
  {% for name in ['a', 'b'] %}
  "{{ name }}": [{% include 'part.json.j2' %}],
  {% endfor %}
}
""",
    "part.json.j2": '{\n  "plan": "{{ plan.id }}"\n}',
    "form.yaml.j2": "# a comment\nhandler: h\nlist:\n  - {{ size }}\n  - |\n    two\n    lines\n",
    "view.json": '{"b": 1.10, "a": 12345678901234567890, "ü": "\\u00fc"}',
    "nested/db.json.j2": "[1,\n2]",
    "scripts/install.sh": "#!/bin/sh\necho {{ this stays }}\n",
    "scripts/post.sh.j2": "#!/bin/sh\n<# gone #>echo << size >> {{ this stays }} ${#a[@]}\n",
    "scripts/logo.png": "\x00not text",
    "data.yaml": "a: [1, 2]\n",
    "notes.yaml": "# stays YAML\na: 1\n",
    "charts/demo/Chart.yaml": "apiVersion: v2\nname: demo\nversion: 1.2.3\n",
    "charts/demo/values.yaml": "a: 1\n",
    "charts/demo/.helmignore": "*.bak\n",
    "charts/demo/x.bak": "",
    "values.yaml.j2": "# kept\nimage:\n  tag: {{ chartVersion }}\n  pull: true\n",
    "more.json": '{"image": {"tag": "9.9"}, "list": [1]}',
}


def write(root: pathlib.Path, offer: str = OFFER, files: dict[str, str] | None = None) -> pathlib.Path:
    (root / "pyproject.toml").touch()
    for name, text in {**FILES, **(files or {}), "offer.yaml": offer}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root / "offer.yaml"


def render(
    root: pathlib.Path, offer: str = OFFER, files: dict[str, str] | None = None, settings: dict[str, str] | None = None
) -> Rendered:
    loaded = load_offer(write(root, offer, files))
    assert loaded.offer is not None, loaded.problems
    return render_plan(loaded.offer, loaded.offer.plans[0], settings or {})


def problems(rendered: Rendered) -> list[tuple[str, int, str]]:
    return [(problem.file, problem.line, problem.message) for problem in rendered.problems]


def text(rendered: Rendered, name: str) -> str:
    return rendered.bundle.entries[name].read().decode()


def test_a_plan_becomes_its_entries(tmp_path: pathlib.Path) -> None:
    rendered = render(tmp_path)
    assert problems(rendered) == []
    assert list(rendered.bundle.entries) == [
        "createUiDefinition.json",
        "data/data.json",
        "data/notes.yaml",
        "helm/demo-1.2.3.tgz",
        "helm/demo-values.yaml",
        "helm/other-values.yaml",
        "helm/releases.json",
        "mainTemplate.json",
        "nested/db.json",
        "scripts/install.sh",
        "scripts/logo.png",
        "scripts/post.sh",
        "viewDefinition.json",
    ]
    assert all(entry.size == len(entry.read()) for entry in rendered.bundle.entries.values())


def test_json_is_written_strictly(tmp_path: pathlib.Path) -> None:
    rendered = render(tmp_path)
    assert (
        text(rendered, "mainTemplate.json")
        == """\
{
  "size": "large",
  "version": "1.0.0",
  "script": "#!/bin/sh\\necho {{ this stays }}\\n",
  "a": [
    {
      "plan": "standard"
    }
  ],
  "b": [
    {
      "plan": "standard"
    }
  ]
}
"""
    )
    assert text(rendered, "createUiDefinition.json") == (
        '{\n  "handler": "h",\n  "list": [\n    "large",\n    "two\\nlines\\n"\n  ]\n}\n'
    )
    assert text(rendered, "viewDefinition.json") == '{\n  "b": 1.10,\n  "a": 12345678901234567890,\n  "ü": "ü"\n}\n'
    assert text(rendered, "nested/db.json") == "[\n  1,\n  2\n]\n"
    assert text(rendered, "data/data.json") == '{\n  "a": [\n    1,\n    2\n  ]\n}\n'


def test_other_files_are_rendered_or_copied(tmp_path: pathlib.Path) -> None:
    rendered = render(tmp_path)
    assert text(rendered, "scripts/install.sh") == FILES["scripts/install.sh"]
    assert text(rendered, "scripts/post.sh") == "#!/bin/sh\necho large {{ this stays }} ${#a[@]}\n"
    assert text(rendered, "scripts/logo.png") == FILES["scripts/logo.png"]
    assert text(rendered, "data/notes.yaml") == FILES["notes.yaml"]


def test_places_lead_back_to_the_sources(tmp_path: pathlib.Path) -> None:
    rendered = render(tmp_path)
    main = rendered.bundle.document("mainTemplate.json")
    expected = {
        ("size",): Origin("main.json.j2", 3),
        ("version",): Origin("main.json.j2", 4),
        ("script",): Origin("main.json.j2", 5),
        ("a",): Origin("main.json.j2", 7),
        ("b", 0): Origin("part.json.j2", 1),
        ("a", 0, "plan"): Origin("part.json.j2", 2),
    }
    assert {path: main.origin(main.span(path).start) for path in expected} == expected
    form = rendered.bundle.document("createUiDefinition.json")
    assert form.origin(form.span(("list", 0)).start) == Origin("form.yaml.j2", 4)
    assert form.origin(form.span(("list", 1), key=True).start) == Origin("form.yaml.j2", 5)
    view = rendered.bundle.document("viewDefinition.json")
    assert view.origin(view.span(("ü",)).start) == Origin("view.json", 1)
    script = rendered.bundle.document("scripts/post.sh")
    assert script.origin(script.text.index("large")) == Origin("scripts/post.sh.j2", 2)
    values = rendered.bundle.document("helm/demo-values.yaml")
    assert values.origin(values.span(("image", "tag")).start) == Origin("values.yaml.j2", 3)
    merged = rendered.bundle.document("helm/other-values.yaml")
    places = {
        path: merged.origin(merged.span(path).start) for path in [("image", "tag"), ("image", "pull"), ("list", 0)]
    }
    assert places == {
        ("image", "tag"): Origin("more.json", 1),
        ("image", "pull"): Origin("values.yaml.j2", 4),
        ("list", 0): Origin("more.json", 1),
    }
    releases = rendered.bundle.document("helm/releases.json")
    assert releases.origin(0) == Origin("offer.yaml", 18)


def test_the_helm_payload(tmp_path: pathlib.Path) -> None:
    rendered = render(tmp_path)
    archive = rendered.bundle.entries["helm/demo-1.2.3.tgz"].read()
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        assert tar.getnames() == ["demo/.helmignore", "demo/Chart.yaml", "demo/values.yaml"]
    releases = json.loads(text(rendered, "helm/releases.json"))
    digest = releases["releases"][0]["chart"].pop("digest")
    assert len(digest) == len("sha256:") + 64
    assert releases == {
        "schema": 1,
        "releases": [
            {
                "release": "demo",
                "namespace": "demo",
                "chart": {"name": "demo", "version": "1.2.3", "archive": "demo-1.2.3.tgz"},
                "values": "demo-values.yaml",
            },
            {
                "release": "other",
                "namespace": "demo",
                "chart": {
                    "name": "other",
                    "version": "2.0.0",
                    "repository": "oci://example.org/charts",
                    "digest": "sha256:" + "1" * 64,
                },
                "values": "other-values.yaml",
            },
        ],
    }
    assert text(rendered, "helm/demo-values.yaml") == "# kept\nimage:\n  tag: 1.2.3\n  pull: true\n"
    assert text(rendered, "helm/other-values.yaml") == 'image:\n  tag: "9.9"\n  pull: true\nlist:\n  - 1\n'


def test_sources_of_each_entry_are_known(tmp_path: pathlib.Path) -> None:
    sources = render(tmp_path).sources
    assert sources["mainTemplate.json"] == ("main.json.j2", "part.json.j2", "scripts/install.sh")
    assert sources["scripts/install.sh"] == ("scripts/install.sh",)
    assert sources["helm/demo-1.2.3.tgz"] == (
        "charts/demo/.helmignore",
        "charts/demo/Chart.yaml",
        "charts/demo/values.yaml",
    )
    assert sources["helm/other-values.yaml"] == ("values.yaml.j2", "more.json")
    assert sources["helm/releases.json"] == ("offer.yaml",)


def test_set_wins_and_is_read_as_yaml(tmp_path: pathlib.Path) -> None:
    files = {"main.json.j2": '{"size": {{ size | json }}, "n": {{ chartVersion | json }}}'}
    rendered = render(tmp_path, files=files, settings={"size": '{"cpu": [1, true]}', "chartVersion": ""})
    assert json.loads(text(rendered, "mainTemplate.json")) == {"size": {"cpu": [1, True]}, "n": ""}
    assert problems(rendered) == []


def test_a_set_that_nobody_reads_is_told(tmp_path: pathlib.Path) -> None:
    rendered = render(tmp_path, settings={"siz": "x"})
    assert problems(rendered) == [
        ("offer.yaml", 1, "--set siz: no source of this plan asks for it; did you mean 'size'?")
    ]
    assert not rendered.failed


@pytest.mark.parametrize(("name", "value"), [("offer", "x"), ("a-b", "x"), ("x", "[1"), ("x", "!!python/none")])
def test_a_set_that_cannot_be_read(tmp_path: pathlib.Path, name: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"--set {name}: "):
        render(tmp_path, settings={name: value})


BROKEN: dict[str, tuple[dict[str, str], tuple[str, int], str]] = {
    "missing comma": ({"main.json.j2": '{\n"a": 1\n"b": 2}'}, ("main.json.j2", 2), "comma"),
    "missing comma in an include": (
        {"main.json.j2": '{"a":\n\n{% include "part.json.j2" %}}', "part.json.j2": '{\n"a": 1\n"b": 2}'},
        ("part.json.j2", 2),
        "comma",
    ),
    "python's true": ({"main.json.j2": '{\n"a": True}'}, ("main.json.j2", 2), "True"),
    "single quotes": ({"main.json.j2": "{\n\n'a': 1}"}, ("main.json.j2", 3), "quotes"),
    "duplicate names": ({"main.json.j2": '{"a": 1,\n"a": 2}'}, ("main.json.j2", 2), "a"),
    "not a number": ({"main.json.j2": '{\n"a": NaN}'}, ("main.json.j2", 2), "NaN"),
    "empty": ({"main.json.j2": "{# nothing #}"}, ("main.json.j2", 1), "empty"),
    "YAML": ({"form.yaml.j2": "a:\n  - {{ size }}\n b: 1"}, ("form.yaml.j2", 3), ""),
    "YAML's infinity": ({"form.yaml.j2": "a: .inf"}, ("form.yaml.j2", 1), "inf"),
    "not UTF-8": ({"main.json.j2": "{{ '\\ud800' }}"}, ("main.json.j2", 1), "surrogate"),
    "values that are no mapping": ({"more.json": "[1]"}, ("more.json", 1), "Helm values are a mapping"),
    "values with an error": ({"values.yaml.j2": "a: 1\nb: [\n"}, ("values.yaml.j2", 2), ""),
    "chart without a version": (
        {"charts/demo/Chart.yaml": "apiVersion: v2\nname: demo\n"},
        ("charts/demo/Chart.yaml", 1),
        "Chart.yaml has no 'version'",
    ),
    "chart whose version is a number": (
        {"charts/demo/Chart.yaml": "apiVersion: v2\nname: demo\nversion: 1.0\n"},
        ("charts/demo/Chart.yaml", 3),
        "'version' is '1.0'; it must be a SemVer version in quotes",
    ),
    "chart with a bad name": (
        {"charts/demo/Chart.yaml": "apiVersion: v2\nname: De/mo\nversion: 1.0.0\n"},
        ("charts/demo/Chart.yaml", 2),
        "'name' is 'De/mo'",
    ),
    "chart that is a library": (
        {"charts/demo/Chart.yaml": "apiVersion: v2\nname: demo\nversion: 1.0.0\ntype: library\n"},
        ("charts/demo/Chart.yaml", 4),
        "chart type 'library' cannot be installed",
    ),
    "chart with a dependency that is not there": (
        {"charts/demo/Chart.yaml": "apiVersion: v2\nname: demo\nversion: 1.0.0\ndependencies:\n  - {name: redis}\n"},
        ("charts/demo/Chart.yaml", 5),
        "dependency 'redis' is not in 'charts/'; run 'helm dependency build'",
    ),
    "chart with bad values": ({"charts/demo/values.yaml": "a: 1\n b: 2\n"}, ("charts/demo/values.yaml", 2), ""),
    "chart with a bad ignore file": (
        {"charts/demo/.helmignore": "a\n**/b\n"},
        ("charts/demo/.helmignore", 1),
        "line 2: Helm does not know '**'",
    ),
}


@pytest.mark.parametrize(("files", "place", "words"), BROKEN.values(), ids=BROKEN)
def test_sources_that_are_broken(
    tmp_path: pathlib.Path, files: dict[str, str], place: tuple[str, int], words: str
) -> None:
    rendered = render(tmp_path, files=files)
    assert rendered.failed
    assert (rendered.problems[0].file, rendered.problems[0].line) == place
    assert words in rendered.problems[0].message


def with_archive(root: pathlib.Path, digest: str = "") -> Rendered:
    offer = OFFER.replace("{path: charts/demo}", "{archive: demo.tgz" + digest + "}")
    return render(root, offer, files={"demo.tgz": "no archive"})


def test_an_archive_is_copied(tmp_path: pathlib.Path) -> None:
    data = render(tmp_path).bundle.entries["helm/demo-1.2.3.tgz"].read()
    (tmp_path / "demo.tgz").write_bytes(data)
    offer = OFFER.replace("{path: charts/demo}", "{archive: demo.tgz}")
    loaded = load_offer(write(tmp_path, offer))
    assert loaded.offer is not None
    rendered = render_plan(loaded.offer, loaded.offer.plans[0], {})
    assert problems(rendered) == []
    assert rendered.bundle.entries["helm/demo-1.2.3.tgz"].read() == data


def test_an_archive_of_another_digest_is_refused(tmp_path: pathlib.Path) -> None:
    data = render(tmp_path).bundle.entries["helm/demo-1.2.3.tgz"].read()
    (tmp_path / "demo.tgz").write_bytes(data)
    offer = OFFER.replace("{path: charts/demo}", '{archive: demo.tgz, digest: "sha256:%s"}' % ("0" * 64))
    loaded = load_offer(write(tmp_path, offer))
    assert loaded.offer is not None
    rendered = render_plan(loaded.offer, loaded.offer.plans[0], {})
    ((file, line, message),) = problems(rendered)
    assert (file, line) == ("offer.yaml", 21)
    assert message.startswith("chart archive 'demo.tgz' is not the one that was meant: its digest is sha256:")


def test_what_is_no_archive_is_refused(tmp_path: pathlib.Path) -> None:
    (problem,) = with_archive(tmp_path).problems
    assert (problem.file, problem.line) == ("offer.yaml", 21)
    assert problem.message.startswith("chart archive 'demo.tgz' cannot be used: it is no readable gzip tar archive")


def test_an_artifact_in_the_place_of_a_chart_is_told(tmp_path: pathlib.Path) -> None:
    offer = OFFER.replace("{from: notes.yaml, to: data/}", "{from: notes.yaml, to: helm/Demo-1.2.3.tgz}")
    assert problems(render(tmp_path, offer)) == [
        (
            "offer.yaml",
            8,
            (
                "'charts/demo/.helmignore' cannot go into the package: 'helm/demo-1.2.3.tgz' differs from "
                "'helm/Demo-1.2.3.tgz' only in case"
            ),
        )
    ]


def test_rendering_twice_gives_the_same(tmp_path: pathlib.Path) -> None:
    first, second = render(tmp_path), render(tmp_path)
    assert [entry.read() for entry in first.bundle.entries.values()] == [
        entry.read() for entry in second.bundle.entries.values()
    ]
    assert first.sources == second.sources


# A part that reads a table and keeps a list; two files and two plans use it.
COUNTING = {
    "_part.j2": "{% set table = include_data('data.yaml') %}{% set seen = [] %}"
    "{% macro count() %}{% do seen.append(1) %}{{ seen | length }}{% endmacro %}",
    "nested/db.json.j2": "{% import '_part.j2' as part %}"
    "[{{ part.count() }}, {{ part.table.a | json }}, {{ size | json }}]",
    "nested/vm.json.j2": "{% import '_part.j2' as part %}[{{ part.count() }}, {{ part.count() }}]",
}
SECOND_PLAN = """\
  - id: small
    ui: form.yaml.j2
    template: main.json.j2
    artifacts: [{from: nested/*.json.j2, to: nested/}]
"""


def test_what_a_part_sets_is_there_for_one_file_alone(tmp_path: pathlib.Path) -> None:
    rendered = render(tmp_path, files=COUNTING)
    assert [json.loads(text(rendered, f"nested/{name}.json")) for name in ("db", "vm")] == [
        [1, [1, 2], "large"],
        [1, 2],
    ]
    for name in ("db", "vm"):
        assert rendered.sources[f"nested/{name}.json"] == (f"nested/{name}.json.j2", "_part.j2", "data.yaml")


def test_plans_that_are_rendered_together_are_what_they_are_alone(tmp_path: pathlib.Path) -> None:
    file = write(tmp_path, OFFER + SECOND_PLAN, COUNTING)
    _, together = render_offer(file, (), {})
    alone = [render_offer(file, (plan,), {})[1][0] for plan in ("standard", "small")]
    for one, other in zip(together, alone, strict=True):
        assert {name: entry.read() for name, entry in one.bundle.entries.items()} == {
            name: entry.read() for name, entry in other.bundle.entries.items()
        }
        assert one.sources == other.sources
    assert [json.loads(text(one, "nested/db.json"))[2] for one in together] == ["large", "small"]


BICEP = """\
#!/bin/sh
[ "$1 $2 $3" = "build --no-restore --stdout" ] || exit 9
echo "$4(3,7) : Warning no-unused-params: Parameter is declared but never used." >&2
echo "$4(4,1) : Info x: left out" >&2
if grep -q broken "$4"; then echo "$4(2,5) : Error BCP018: Expected the character here." >&2; exit 1; fi
echo '{"resources": [1]}'
"""


@pytest.fixture
def bicep(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> str:
    if os.name != "posix":
        pytest.skip("the stand-in for bicep is a shell script")
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "bicep").write_text(BICEP, encoding="utf-8")
    (folder / "bicep").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return OFFER.replace("template: main.json.j2", "template: main.bicep")


def test_bicep_is_compiled(tmp_path: pathlib.Path, bicep: str) -> None:
    rendered = render(tmp_path, bicep, files={"main.bicep": "param x string\n"})
    assert text(rendered, "mainTemplate.json") == '{\n  "resources": [\n    1\n  ]\n}\n'
    assert problems(rendered) == [("main.bicep", 3, "no-unused-params: Parameter is declared but never used.")]
    assert not rendered.failed
    main = rendered.bundle.document("mainTemplate.json")
    assert main.origin(main.span(("resources", 0)).start) == Origin("main.bicep", 1)


def test_what_bicep_refuses_has_a_line(tmp_path: pathlib.Path, bicep: str) -> None:
    rendered = render(tmp_path, bicep, files={"main.bicep": "broken\n"})
    assert rendered.failed
    assert problems(rendered)[1] == ("main.bicep", 2, "BCP018: Expected the character here.")
    assert "mainTemplate.json" not in rendered.bundle.entries


def test_bicep_that_is_not_there(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    rendered = render(
        tmp_path, OFFER.replace("template: main.json.j2", "template: main.bicep"), files={"main.bicep": ""}
    )
    assert problems(rendered) == [
        (
            "main.bicep",
            1,
            "a Bicep template needs the 'bicep' program, which is not on PATH; install it, or commit its JSON",
        )
    ]
