"""Rules on releases: values against the chart that they are for."""

import datetime
import json

import pytest

from packager.checks.config import Config
from packager.helm.tree import ChartTree
from packager.pipeline.check import check_path
from packager.pipeline.offers import check_offer
from tests.helm.making import CHART, chart_archive, chart_files, folder_release, write_files, write_offer

DAY = datetime.date(2026, 11, 26)
SCHEMA = json.dumps(
    {
        "type": "object",
        "properties": {
            "replicas": {"type": "integer", "minimum": 1},
            "image": {"type": "object", "required": ["tag"], "additionalProperties": False}
            | {"properties": {"tag": {"type": "string"}, "repository": {"type": "string"}}},
        },
    }
)
ITS_VALUES = "in the chart's values.yaml"
DB = {
    "charts/db/Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.0.0\n",
    "charts/db/values.yaml": "port: 1\nresources: {cpu: 1}\nservice: {type: ClusterIP}\n",
    "charts/db/values.schema.json": json.dumps({"properties": {"port": {"type": "integer"}}}),
    "charts/db/templates/db.yaml": "{{- with .Values.resources }}\nresources: {{ toYaml . }}\n{{- end }}\n",
    "Chart.yaml": CHART["Chart.yaml"]
    + "dependencies:\n- {name: db, version: 1.0.0, repository: x, alias: store,\n"
    + "   condition: 'parts.store.on,store.on.deep'}\n",
}


def found(folder, *rules):
    report = check_offer(str(folder / "offer.yaml"), Config(select=frozenset(rules)), DAY, {}).report
    return [(f"{one.source.file}:{one.source.line}", str(one.severity), one.message) for one in report.findings]


def with_values(folder, values, chart=None, **more):
    files = {"values.yaml.j2": values, **chart_files({**CHART, **(chart or {})}), **more}
    write_offer(folder, folder_release(), files)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("replicas: 3\nimage: {tag: x}\nextra: {any: 1}\nglobal: {x: 1}\n", []),
        (
            "# a comment\nreplica: 3\n",
            [(2, "'replica' is no key in the values of chart 'acme'{}; did you mean 'replicas'?")],
        ),
        (
            "{% set tag = 1 %}\nimage:\n  # {{ host }}\n  tga: {{ tag }}\n",
            [(4, "'tga' is no key in 'image' of chart 'acme'{}; did you mean 'tag'?")],
        ),
        (
            "image: {}\nzzzzzz: 1\n",
            [
                (
                    2,
                    "'zzzzzz' is no key in the values of chart 'acme'{}; remove it, or look up its name " + ITS_VALUES,
                )
            ],
        ),
        ("nothing: null\n", []),
        ("image: x\nreplicas: {a: 1}\n", []),
        ("", []),
    ],
)
def test_keys_that_the_chart_does_not_know(tmp_path, values, expected):
    with_values(tmp_path, values)
    lines = [(f"values.yaml.j2:{line}", "warning", text.format(", so it has no effect")) for line, text in expected]
    assert found(tmp_path, "values-key-unknown") == lines


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            "store: {port: 2, resources: {memory: 1}, global: {a: 1}}\nparts: {store: {on: true}}\n",
            [],
        ),
        ("store: {on: {deep: true}}\n", []),
        ("store: {prot: 2}\n", ["'prot' is no key in 'store' of chart 'acme/store'"]),
        ("store: {service: {tpye: x}}\n", ["'tpye' is no key in 'store.service' of chart 'acme/store'"]),
        ("tags: {a: true}\n", []),
        ("db: {port: 2}\n", ["'db' is no key in the values of chart 'acme'"]),
    ],
)
def test_keys_of_charts_in_the_chart(tmp_path, values, expected):
    with_values(tmp_path, values, DB)
    assert [message.partition(",")[0] for _, _, message in found(tmp_path, "values-key-unknown")] == expected


def test_what_a_parent_amends_and_what_the_chart_has_are_both_known(tmp_path):
    own = CHART["values.yaml"] + "store:\n  service: {port: 1}\n  mode: x\n  resources: {}\n  port: {a: 1}\n"
    values = "store:\n  service: {type: a, port: 2, prot: 3}\n  mode: y\n  port: {b: 1}\n"
    with_values(tmp_path, values, {**DB, "values.yaml": own})
    assert [message[:22] for _, _, message in found(tmp_path, "values-key-unknown")] == ["'prot' is no key in 's"]


def test_dependencies_that_are_not_vendored_are_taken_to_know_everything(tmp_path):
    chart = {"Chart.yaml": DB["Chart.yaml"], **CHART, "templates/x.yaml": "{{ .Values.store.mode }}"}
    archive = chart_archive({**chart, "Chart.yaml": DB["Chart.yaml"]})
    release = (
        "      - release: web\n        namespace: acme\n        chart: {archive: acme.tgz}\n        values: [v.yaml]\n"
    )
    write_offer(tmp_path, release, {"acme.tgz": archive, "v.yaml": "store: {any: 1}\nother: 1\n"})
    assert [place for place, _, _ in found(tmp_path, "values-key-unknown")] == ["v.yaml:2"]


def test_a_template_that_reads_a_key_knows_it(tmp_path):
    template = '{{ .Values.hidden }}{{ index .Values "a-b" }}{{ range .Values.listed }}{{ end }}\n'
    chart = {"templates/more.yaml": template, "values.yaml": CHART["values.yaml"] + "listed: {a: 1}\n"}
    with_values(tmp_path, "hidden: 1\na-b: 2\nlisted: {b: 1}\nab: 3\n", chart)
    assert [place for place, _, _ in found(tmp_path, "values-key-unknown")] == ["values.yaml.j2:4"]


def test_keys_that_only_schemas_declare_are_known(tmp_path):
    schema = {
        "properties": {"level": {"enum": ["a", "b"]}, "image": {"$ref": "#/definitions/image"}},
        "patternProperties": {"^x-": {}},
        "definitions": {"image": {"allOf": [{"properties": {"pullPolicy": {"type": "string"}}}]}},
    }
    db = {"oneOf": [{"properties": {"mode": {"type": "string"}}}]}
    chart = {**DB, "values.schema.json": json.dumps(schema), "charts/db/values.schema.json": json.dumps(db)}
    values = "level: a\nlevle: a\nx-any: 1\nimage: {tag: x, pullPolicy: y, policy: z}\nstore: {mode: x, moed: x}\n"
    with_values(tmp_path, values, chart)
    assert [(place, text.partition(",")[0]) for place, _, text in found(tmp_path, "values-key-unknown")] == [
        ("values.yaml.j2:2", "'levle' is no key in the values of chart 'acme'"),
        ("values.yaml.j2:4", "'policy' is no key in 'image' of chart 'acme'"),
        ("values.yaml.j2:5", "'moed' is no key in 'store' of chart 'acme/store'"),
    ]


def test_many_unknown_keys_are_told_in_bounds(tmp_path):
    with_values(tmp_path, "".join(f"key{number}: 1\n" for number in range(3000)))
    assert len(found(tmp_path, "values-key-unknown")) == 100


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("replicas: 3\n", []),
        ("\nreplicas: x\n", [(2, "'replicas' must be an integer, not 'x'{}")]),
        ("image:\n  tag: {{ 17 }}\n", [(2, "'tag' must be text, not 17; put it in quotes{}")]),
        ("image:\n  tga: x\n", [(2, "unknown key 'tga'{}")]),
        ("image:\n  tag: null\n", [(2, "'image' has no 'tag'{}")]),
        (
            "replicas: 0\nimage: []\n",
            [(1, "'replicas' must be at least 1, not 0{}"), (2, "'image' must be an object, not a list{}")],
        ),
    ],
)
def test_values_that_the_schema_refuses(tmp_path, values, expected):
    with_values(tmp_path, values, {"values.schema.json": SCHEMA})
    of_chart = " (values.schema.json of chart 'acme')"
    lines = [(f"values.yaml.j2:{line}", "error", text.format(of_chart)) for line, text in expected]
    assert found(tmp_path, "values-schema") == lines


def test_schemas_of_charts_that_are_switched_off_do_not_count(tmp_path):
    with_values(tmp_path, "store:\n  port: x\n", DB)
    assert found(tmp_path, "values-schema") == [
        ("values.yaml.j2:2", "error", "'port' must be an integer, not 'x' (values.schema.json of chart 'acme/store')")
    ]
    write_files(tmp_path, {"values.yaml.j2": "store:\n  port: x\nparts: {store: {on: false}}\n"})
    assert found(tmp_path, "values-schema") == []


def test_of_several_values_files_the_last_one_counts(tmp_path):
    release = folder_release("a.yaml, b.yaml.j2")
    values = {"a.yaml": "replicas: x\nimgae: {}\n", "b.yaml.j2": "# more\nreplicas: 0\n"}
    write_offer(tmp_path, release, {**values, **chart_files({**CHART, "values.schema.json": SCHEMA})})
    assert [(place, message[:24]) for place, _, message in found(tmp_path, "values-schema", "values-key-unknown")] == [
        ("b.yaml.j2:2", "'replicas' must be at le"),
        ("a.yaml:2", "'imgae' is no key in the"),
    ]


REPOSITORY = (
    "      - release: web\n        namespace: acme\n"
    "        chart: {{repository: https://charts.example.com, name: acme, version: 1.2.3{digest}}}\n"
    "        values: [values.yaml]\n"
)


@pytest.mark.parametrize("name", ["acme-1.2.3.tgz", "acme", "acme-1.2.3", None, "acme-1.2.4.tgz"])
def test_charts_of_repositories_are_looked_for_in_a_folder(tmp_path, monkeypatch, name):
    write_offer(tmp_path, REPOSITORY.format(digest=""), {"values.yaml": "imgae: {}\n"})
    shelf = tmp_path / "shelf"
    if name and name.endswith(".tgz"):
        write_files(shelf, {name: chart_archive(CHART)})
    elif name:
        write_files(shelf, chart_files(CHART, name))
    monkeypatch.setenv("PACKAGER_CHART_DIR", str(shelf))
    assert len(found(tmp_path, "values-key-unknown")) == (1 if name and "1.2.4" not in name else 0)


def test_a_chart_with_another_digest_is_not_the_one_that_is_meant(tmp_path, monkeypatch):
    write_offer(tmp_path, REPOSITORY.format(digest=f', digest: "sha256:{"0" * 64}"'), {"values.yaml": "imgae: {}\n"})
    write_files(tmp_path / "shelf", {"acme-1.2.3.tgz": chart_archive(CHART)})
    monkeypatch.setenv("PACKAGER_CHART_DIR", str(tmp_path / "shelf"))
    assert found(tmp_path, "values-key-unknown") == []


def test_values_of_half_a_megabyte_are_checked_in_a_second_or_two(tmp_path):
    services = {f"service-{number}": {"config": {f"key_{one}": "x" * 20 for one in range(60)}} for number in range(250)}
    given = json.loads(json.dumps(services))
    given["service-7"]["config"]["kye_7"] = "y"
    assert len(json.dumps(services)) > 500_000
    with_values(tmp_path, json.dumps(given, indent=1), {"values.yaml": json.dumps(services)})
    assert [message[:35] for _, _, message in found(tmp_path, "values-key-unknown")] == [
        "'kye_7' is no key in 'service-7.con"
    ]


def test_a_schema_that_refers_elsewhere_is_compared_as_far_as_it_goes(tmp_path):
    elsewhere = {"$ref": "https://schemas.example.com/all.json#/definitions/x"}
    schema = {"$id": "https://acme.example.com/s", "definitions": {"count": {"type": "integer"}}}
    schema["properties"] = {"extra": elsewhere, "replicas": {"$ref": "https://acme.example.com/s#/definitions/count"}}
    with_values(tmp_path, "replicas: x\nextra: 1\n", {"values.schema.json": json.dumps(schema)})
    assert [(place, severity, message[:60]) for place, severity, message in found(tmp_path, "values-schema")] == [
        ("offer.yaml:14", "info", "values.schema.json of chart 'acme' refers to 'https://schema"),
        ("values.yaml.j2:1", "error", "'replicas' must be an integer, not 'x' (values.schema.json o"),
    ]


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "\\p{L}", "[", "x" * 5000])
def test_patterns_that_cannot_be_tried_are_left_out(tmp_path, pattern):
    schema = {
        "properties": {"host": {"pattern": pattern, "maxLength": 5}},
        "patternProperties": {pattern: {"type": "null"}},
    }
    with_values(tmp_path, f"host: {'a' * 50}!\n", {"values.schema.json": json.dumps(schema)})
    assert [message[:40] for _, _, message in found(tmp_path, "values-schema")] == [
        "'host' must have at most 5 characters, n"
    ]


@pytest.mark.parametrize("schema", ['{"type": 5}', '{"properties": []}', '{"required": "x"}', '{"$ref": "#/none"}'])
def test_a_schema_that_is_none_does_not_stop_the_rest(tmp_path, schema):
    with_values(tmp_path, "imgae: 1\n", {"values.schema.json": schema})
    report = check_offer(str(tmp_path / "offer.yaml"), Config(), DAY, {}).report
    assert not report.crashed
    assert {"values-schema", "values-key-unknown"} <= {one.rule_id for one in report.findings}


@pytest.mark.parametrize("schema", ["[]", "{", "", "null"])
def test_a_schema_that_cannot_be_read_is_left_to_helm(tmp_path, schema):
    with_values(tmp_path, "replicas: 1\n", {"values.schema.json": schema})
    assert found(tmp_path, "values-schema", "internal-error") == []


def test_archives_in_archives_unpack_to_a_bounded_size(monkeypatch):
    inner = chart_archive({**CHART, "templates/big.txt": "x" * 300_000}, "inner")
    files = {name: content.encode() for name, content in CHART.items()}
    monkeypatch.setattr("packager.helm.tree.MOST_BYTES", 1_000_000)
    tree = ChartTree({**files, **{f"charts/c{number}.tgz": inner for number in range(50)}})
    assert sum(len(data) for one in tree.every() if one is not tree for data in one.files.values()) < 1_000_000


LINE = {"release": "web", "namespace": "a", "chart": {"name": "acme", "version": "1.2.3", "archive": "acme-1.2.3.tgz"}}
PACKED = chart_archive(CHART)
TEMPLATE = json.dumps(
    {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [],
    }
)


@pytest.mark.parametrize(
    ("releases", "archive", "expected"),
    [
        ([{**LINE, "values": "web-values.yaml"}], PACKED, ["helm/web-values.yaml:1"]),
        ([{**LINE, "values": "../../etc/passwd"}], PACKED, []),
        ([{**LINE, "values": "/helm/web-values.yaml"}], PACKED, []),
        ([{**LINE, "values": None}], PACKED, []),
        ([{**LINE, "values": ["web-values.yaml"]}], PACKED, []),
        ([{**LINE, "values": "web-values.yaml"}], PACKED[:-20], []),
        ([{**LINE, "values": "web-values.yaml"}], b"", []),
        ([{**LINE, "values": "web-values.yaml"}], chart_archive({"Chart.yaml": "[]", "values.yaml": "- a"}), None),
        ([{**LINE, "values": "web-values.yaml"}], chart_archive({**CHART, "../values.yaml": "a: 1"}), []),
        (["web", None, 3, {}, {"release": "a", "chart": "b"}], PACKED, []),
        ({"web": LINE}, PACKED, []),
        ("none", PACKED, []),
    ],
)
def test_releases_of_any_package(tmp_path, releases, archive, expected):
    files = {"helm/releases.json": json.dumps({"schema": 1, "releases": releases}), "helm/acme-1.2.3.tgz": archive}
    write_files(tmp_path, {**files, "helm/web-values.yaml": "imgae: {}\n", "mainTemplate.json": TEMPLATE})
    checked = check_path(str(tmp_path), Config(select=frozenset({"values-key-unknown"})), DAY, {})
    assert not checked.report.crashed
    if expected is not None:
        assert [f"{one.file}:{one.line}" for one in checked.report.findings] == expected
