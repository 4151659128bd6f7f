"""Findings in rendered objects at the values that are to blame for them."""

import json

import pytest

from packager.cli.main import run
from tests.helm.making import chart_archive, chart_files, folder_release, program, write_files, write_offer

POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}
spec:
  containers:
    {{- range .Values.boxes }}
    - name: {{ .name }}
      image: {{ .image }}
      securityContext:
        privileged: {{ .privileged | default false }}
    {{- end }}
    - name: main
      image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
    - name: fixed
      image: docker.io/x/y:latest
  volumes:
    - name: v
      hostPath: {path: {{ .Values.host }}}
"""
SUB = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: sub}\nspec:\n  containers:\n"
    "    - name: c\n      image: {{ .Values.img }}\n"
)
CHART = {
    "Chart.yaml": "apiVersion: v2\nname: acme\nversion: 1.0.0\n"
    "dependencies: [{name: sub, version: 1.0.0, repository: '', alias: other}]\n",
    "values.yaml": "# the chart's own\nimage:\n  repository: docker.io/acme/base\n  tag: latest\nboxes: []\n"
    "host: /var/own\n",
    "templates/pod.yaml": POD,
    "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
    "charts/sub/values.yaml": "img: docker.io/s/s\n",
    "charts/sub/templates/sub.yaml": SUB,
}
VALUES = """\
{% set registry = "docker.io" %}
image:
  repository: {{ registry }}/acme/web
boxes:
  - name: one
    image: {{ registry }}/acme/one
  - name: two
    image: {{ registry }}/acme/two:1.0.0
    privileged: true
"""
RULES = "image-version-missing,workload-privileged"


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    program()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(capsys, rules=RULES):
    run(["helm", "lint", "offer.yaml", "--format", "json", "--select", rules])
    return [
        (
            one["line"],
            f"{one['source']['file']}:{one['source']['line']}",
            [f"{other['file']}:{other['line']}" for other in one["related"]],
        )
        for one in json.loads(capsys.readouterr().out)["findings"]
    ]


def test_values_of_the_release_and_of_the_chart(place, capsys):
    write_offer(place, folder_release(), {"values.yaml.j2": VALUES, **chart_files(CHART)})
    assert found(capsys) == [
        (7, "chart/charts/sub/values.yaml:1", ["chart/charts/sub/templates/sub.yaml:7"]),
        (8, "values.yaml.j2:6", ["chart/templates/pod.yaml:9"]),
        (14, "values.yaml.j2:9", ["chart/templates/pod.yaml:11"]),
        (16, "chart/values.yaml:4", ["values.yaml.j2:3", "chart/templates/pod.yaml:14"]),
        (18, "chart/templates/pod.yaml:16", []),
        (21, "chart/values.yaml:6", ["chart/templates/pod.yaml:19"]),
    ]


def test_a_text_that_only_looks_alike_is_not_to_blame(place, capsys):
    values = "image: {tag: 1.0.0}\nboxes: []\nhost: /x\nother: {img: 'docker.io/s/s:1'}\nlabel: latest\n"
    write_offer(place, folder_release(), {"values.yaml.j2": values, **chart_files(CHART)})
    assert found(capsys, "image-version-missing") == [(10, "chart/templates/pod.yaml:16", [])]


def test_values_of_a_chart_in_the_chart(place, capsys):
    values = "image: {tag: 1.0.0}\nboxes: []\nhost: /x\nother:\n  img: docker.io/t/t\n"
    write_offer(place, folder_release(), {"values.yaml.j2": values, **chart_files(CHART)})
    assert found(capsys, "image-version-missing")[0] == (
        7,
        "values.yaml.j2:5",
        ["chart/charts/sub/templates/sub.yaml:7"],
    )


def test_a_chart_in_an_archive_is_named_in_offer_yaml(place, capsys):
    release = (
        "      - release: web\n        namespace: acme\n        chart: {archive: acme.tgz}\n        values: [v.yaml]\n"
    )
    write_offer(place, release, {"acme.tgz": chart_archive(CHART), "v.yaml": "boxes:\n- {name: a, image: b}\n"})
    assert found(capsys, "image-version-missing") == [
        (7, "offer.yaml:14", []),
        (8, "v.yaml:2", ["offer.yaml:14"]),
        (12, "offer.yaml:14", []),
        (14, "offer.yaml:14", []),
    ]


def test_output_that_is_no_yaml_is_led_back_to_the_value(place, capsys):
    values = "image:\n  repository: 'a: \"b'\n  tag: 1.0.0\nboxes: []\nhost: '{: x'\n"
    write_offer(place, folder_release(), {"values.yaml.j2": values, **chart_files(CHART)})
    ((_, source, related),) = found(capsys, "helm-error")
    assert source in {"values.yaml.j2:2", "values.yaml.j2:5"} and related[-1].startswith("chart/templates/pod.yaml:")


def test_comments_at_the_values_hide_what_they_are_to_blame_for(place, capsys):
    values = VALUES.replace("acme/one\n", "acme/one {# packager: ignore image-version-missing -- a test of ours #}\n")
    write_offer(place, folder_release(), {"values.yaml.j2": values, **chart_files(CHART)})
    assert "values.yaml.j2:6" not in [source for _, source, _ in found(capsys)]
    run(["check", "offer.yaml", "--format", "json", "--select", "suppression-unused"])
    assert json.loads(capsys.readouterr().out)["findings"] == []
    write_files(place, {"values.yaml.j2": values.replace("acme/one ", "acme/one:1.0.0 ")})
    run(["helm", "lint", "offer.yaml", "--format", "json"])
    rules = {one["rule"] for one in json.loads(capsys.readouterr().out)["findings"]}
    assert "suppression-unused" in rules


def test_helm_is_asked_a_bounded_number_of_times(place, capsys, monkeypatch):
    from packager.pipeline import releases

    asked = []
    real = releases.template
    monkeypatch.setattr(releases, "template", lambda *given, **more: asked.append(more) or real(*given, **more))
    boxes = "".join(f"  - {{name: b{number}, image: img{number}, privileged: true}}\n" for number in range(40))
    write_offer(place, folder_release(), {"values.yaml.j2": f"boxes:\n{boxes}", **chart_files(CHART)})
    assert len(found(capsys)) > 80
    assert len(asked) <= 13


SECRET = """\
apiVersion: v1
kind: Secret
metadata: {name: db}
data:
  password: {{ randAlphaNum 20 | b64enc }}
  user-password: {{ .Values.db.userPassword | b64enc }}
  own: {{ .Values.ownPassword | b64enc }}
  fixed: c3VwZXJzZWNyZXQ=
stringData:
  pin: {{ .Values.db.userPassword | quote }}
  random: {{ randAlphaNum 20 | quote }}
"""


def test_secrets_are_judged_by_the_values_that_they_come_from(place, capsys):
    chart = {
        "Chart.yaml": "apiVersion: v2\nname: acme\nversion: 1.0.0\n",
        "values.yaml": "ownPassword: ownown9x\ndb: {userPassword: ''}\n",
        "templates/secret.yaml": SECRET,
    }
    write_offer(place, folder_release(), {"values.yaml.j2": "db:\n  userPassword: hunter22\n", **chart_files(chart)})
    run(["helm", "lint", "offer.yaml", "--format", "json", "--select", "secret-literal"])
    told = [
        (one["severity"], f"{one['source']['file']}:{one['source']['line']}", one["message"].partition(" ")[0])
        for one in json.loads(capsys.readouterr().out)["findings"]
    ]
    assert sorted(told) == [
        ("error", "chart/values.yaml:1", "'own'"),
        ("error", "values.yaml.j2:2", "'userPassword'"),
        ("info", "chart/templates/secret.yaml:8", "'fixed'"),
    ]
