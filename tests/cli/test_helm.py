"""The verb `helm`, with the real program."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

from packager.cli.main import run
from tests.helm.making import CHART, chart_archive, chart_files, folder_release, program, write_files, write_offer

SECOND_PLAN = "  - id: two\n    ui: ui.json\n    template: template.json\n    helm:\n" + folder_release()
REPOSITORY = (
    "      - release: db\n        namespace: acme\n"
    "        chart: {repository: 'https://charts.example.com', name: db, version: 2.0.0}\n"
)
NOISE = r"printf '\\377\\000\\001x: \\n- \\200'"


def definition(name):
    return (
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
        f"metadata: {{name: {name}s.example.com}}\n"
        f"spec:\n  group: example.com\n  names: {{kind: {name.title()}, plural: {name}s}}\n  scope: Namespaced\n"
        "  versions: [{name: v1, served: true, storage: true}]\n"
    )


PARTS = {
    "crds/thing.yaml": definition("thing") + "---\n" + definition("other"),
    "templates/hook.yaml": "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: {{ .Release.Name }}-hook\n"
    "  annotations:\n    helm.sh/hook: 'pre-install, pre-upgrade'\n    helm.sh/hook-delete-policy: hook-succeeded\n"
    "spec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n        - name: a\n"
    "          image: docker.io/acme/hook:1.0.0\n"
    "          resources: {limits: {memory: 9Mi}, requests: {memory: 9Mi, cpu: 9m}}\n",
    "templates/check.yaml": '{{- if eq .Values.host "bad" }}{{ fail "image.tag must not be set here" }}{{ end }}\n'
    '{{- if eq .Values.host "none" }}{{ .Values.nothing.at.all }}{{ end }}\n'
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: k}\n"
    "data:\n  kubeVersion: {{ .Capabilities.KubeVersion.Version }}\n",
}


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    program()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PACKAGER_CHART_DIR", raising=False)
    for name in ("GITHUB_ACTIONS", "TF_BUILD"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def offer(place, values="host: {{ host }}\n", chart=None, more="", plans=""):
    files = {"values.yaml.j2": values, **chart_files({**CHART, **PARTS, **(chart or {})})}
    write_offer(place, folder_release() + more, files, plans)


def helm(capsys, *arguments):
    code = run(["helm", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def findings(out):
    return [
        (one["rule"], one["severity"], one["file"], one["line"], one["source"] and tuple(one["source"].values()))
        for one in json.loads(out)["findings"]
    ]


def test_lint_of_a_good_chart(place, capsys):
    offer(place, plans=SECOND_PLAN)
    code, out, err = helm(capsys, "lint", "offer.yaml")
    summary = "acme 1.2.3: 5 objects, 1 image, 1 hook, 2 custom resource definitions"
    assert err == f"packager: one/web: {summary}\npackager: two/web: {summary}\n"
    assert (code, out) == (0, "checked 15 files of offer.yaml: 0 errors, 0 warnings, 0 info\n")


def test_lint_as_json_names_what_the_releases_hold(place, capsys):
    offer(place, more=REPOSITORY)
    code, out, _ = helm(capsys, "lint", "offer.yaml", "--format", "json")
    report = json.loads(out)
    assert code == 0
    assert report["images"] == ["docker.io/acme/hook:1.0.0"]
    assert [(one["release"], one["status"], one["kubernetes"]) for one in report["releases"]] == [
        ("web", "rendered", "1.34"),
        ("db", "not-at-hand", "1.34"),
    ]
    assert report["releases"][0]["crds"] == ["others.example.com", "things.example.com"]
    assert report["releases"][0]["hooks"] == [
        {"kind": "Job", "name": "web-hook", "events": ["pre-install", "pre-upgrade"]}
    ]
    assert findings(out) == [
        ("chart-digest-missing", "warning", "offer.yaml", 18, None),
        ("chart-not-at-hand", "info", "offer.yaml", 18, None),
    ]


def test_the_folder_of_an_offer_stands_for_it(place, capsys):
    offer(place / "inner", values="imgae: 1\nhost: x\n")
    code, out, _ = helm(capsys, "lint", "inner", "--format", "json")
    assert (code, [(one["path"], one["file"]) for one in json.loads(out)["findings"]]) == (
        0,
        [("inner", "helm/web-values.yaml")],
    )
    assert helm(capsys, "render", "inner")[0] == 0
    (place / "empty").mkdir()
    code, _, err = helm(capsys, "lint", "empty")
    assert code == 2 and "'empty' is a folder" in err


def test_images_alone(place, capsys):
    offer(place)
    code, out, err = helm(capsys, "lint", "offer.yaml", "--images", "-q")
    assert (code, out, err) == (0, "docker.io/acme/hook:1.0.0\n", "")


@pytest.mark.parametrize(
    ("values", "chart", "expected"),
    [
        # What a template refuses, at the values that it names, and else at its line.
        (
            "host: bad\n{# x #}\nimage:\n  tag: x\n",
            {},
            ("helm-error", "helm/web-values.yaml", 4, ("values.yaml.j2", 4)),
        ),
        ("host: bad\n", {}, ("helm-error", "chart/templates/check.yaml", 1, None)),
        ("host: none\n", {}, ("helm-error", "chart/templates/check.yaml", 2, None)),
        (
            "host: x\n",
            {"templates/x.yaml": 'a: 1\nb: {{ include "none" . }}\n'},
            ("helm-error", "chart/templates/x.yaml", 2, None),
        ),
        ("host: x\n", {"templates/x.yaml": "a: 1\n\nb: {{ if }}\n"}, ("helm-error", "chart/templates/x.yaml", 3, None)),
    ],
)
def test_what_helm_refuses_is_said_where_it_belongs(place, capsys, values, chart, expected):
    offer(place, values, chart)
    code, out, _ = helm(capsys, "lint", "offer.yaml", "--format", "json")
    rule, file, line, source = expected
    assert (code, findings(out)) == (1, [(rule, "error", file, line, source)])


def test_templates_in_an_archive_are_named_inside_it(place, capsys):
    release = "      - release: web\n        namespace: acme\n        chart: {archive: acme.tgz}\n"
    archive = chart_archive({**CHART, "templates/x.yaml": '# {{ .Chart.Name }}\n{{ fail "no" }}\n'})
    write_offer(place, release, {"acme.tgz": archive})
    code, out, _ = helm(capsys, "lint", "offer.yaml", "--format", "json")
    assert code == 1
    assert findings(out) == [
        ("helm-error", "error", "helm/acme-1.2.3.tgz/templates/x.yaml", 2, ("offer.yaml", 14)),
    ]


def test_values_that_a_schema_refuses_are_said_once(place, capsys):
    schema = json.dumps({"properties": {"replicas": {"type": "integer"}}, "additionalProperties": True})
    offer(place, "host: x\nreplicas: many\n", {"values.schema.json": schema})
    code, out, _ = helm(capsys, "lint", "offer.yaml", "--format", "json")
    assert code == 1
    assert findings(out) == [("values-schema", "error", "helm/web-values.yaml", 2, ("values.yaml.j2", 2))]
    code, out, _ = helm(capsys, "lint", "offer.yaml", "--format", "json", "--ignore", "values-schema")
    assert code == 1
    assert findings(out) == [("helm-error", "error", "helm/web-values.yaml", 2, ("values.yaml.j2", 2))]


def test_a_schema_that_refers_to_another_host_is_no_error(place, capsys):
    schema = json.dumps({"properties": {"extra": {"$ref": "https://schemas.invalid/all.json"}}})
    offer(place, chart={"values.schema.json": schema})
    code, out, _ = helm(capsys, "lint", "offer.yaml", "--format", "json")
    assert (code, [one[:2] for one in findings(out)]) == (0, [("values-schema", "info")])
    assert json.loads(out)["releases"][0]["status"] == "rendered"


def test_what_helm_recommends_is_for_the_strict(place, capsys):
    offer(place)
    assert helm(capsys, "lint", "offer.yaml", "-q")[:2] == (0, "")
    code, out, _ = helm(
        capsys, "lint", "offer.yaml", "--profile", "strict", "--select", "helm-lint", "--format", "json"
    )
    assert (code, findings(out)) == (0, [("helm-lint", "info", "chart/Chart.yaml", 1, None)])


def test_the_version_of_kubernetes(place, capsys):
    offer(place)
    _, out, _ = helm(capsys, "render", "offer.yaml")
    assert "kubeVersion: v1.34.0\n" in out
    _, out, _ = helm(capsys, "render", "offer.yaml", "--kubernetes-version", "1.31")
    assert "kubeVersion: v1.31.0\n" in out
    _, out, _ = helm(capsys, "render", "offer.yaml", "--set", "kubernetesVersion=1.30.4")
    assert "kubeVersion: v1.30.0\n" in out
    code, _, err = helm(capsys, "render", "offer.yaml", "--kubernetes-version", "new")
    assert code == 2 and "'new' is no version of Kubernetes" in err


def test_render_prints_the_objects_the_same_each_time(place, capsys):
    offer(place)
    code, out, err = helm(capsys, "render", "offer.yaml")
    assert (code, err) == (
        0,
        "packager: one/web: acme 1.2.3: 5 objects, 1 image, 1 hook, 2 custom resource definitions\n",
    )
    head, *files = out.split("---\n# Source: ")
    assert head == "# Plan: one\n# Release: web\n# Namespace: acme\n"
    assert [file.partition("\n")[0] for file in files] == [
        "acme/crds/thing.yaml",
        "acme/templates/check.yaml",
        "acme/templates/hook.yaml",
        "acme/templates/web.yaml",
    ]
    assert files[-1].endswith(
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web-web\ndata:\n  image: docker.io/acme/web:7.0.1\n"
        '  host: "www.example.com"\n  replicas: "2"\n'
    )
    assert helm(capsys, "render", "offer.yaml")[1] == out


def test_render_writes_files(place, capsys):
    offer(place, plans=SECOND_PLAN)
    code, out, _ = helm(capsys, "render", "offer.yaml", "--out", "made", "--plan", "two")
    assert (code, out) == (0, f"two: 4 files in {pathlib.Path('made', 'two')}\n")
    assert (place / "made/two/web/acme/templates/web.yaml").read_text().startswith("apiVersion: v1\n")
    (place / "made/two/mine.txt").touch()
    code, _, err = helm(capsys, "render", "offer.yaml", "--out", "made")
    assert code == 2 and "mine.txt" in err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere")
def test_render_to_a_folder_that_may_not_be_written(place, capsys):
    offer(place)
    (place / "locked").mkdir(mode=0o500)
    code, _, err = helm(capsys, "render", "offer.yaml", "--out", "locked/made")
    assert code == 2 and "locked" in err


def test_render_says_what_it_cannot(place, capsys):
    offer(place, more=REPOSITORY)
    code, out, err = helm(capsys, "render", "offer.yaml")
    assert code == 1 and "# Release: web\n" in out
    assert (
        "one/db is not rendered: chart 'db' 2.0.0 is not at hand: put db-2.0.0.tgz into a folder DIR, and name" in err
    )
    assert (
        "(or have it fetched: helm pull db --repo https://charts.example.com --version 2.0.0 --destination DIR)" in err
    )
    assert helm(capsys, "render", "offer.yaml", "--release", "web")[0] == 0
    code, _, err = helm(capsys, "render", "offer.yaml", "--release", "wbe")
    assert code == 2 and "there is no release 'wbe'; did you mean 'web'?" in err


def test_why_a_chart_is_not_at_hand(place, capsys, monkeypatch):
    offer(place, more=REPOSITORY.replace("2.0.0}", f"2.0.0, digest: 'sha256:{'0' * 64}'}}"))
    monkeypatch.setenv("PACKAGER_CHART_DIR", "shelf")
    _, out, _ = helm(capsys, "lint", "offer.yaml", "-q")
    assert out.endswith(
        ": put db-2.0.0.tgz into 'shelf', the folder that PACKAGER_CHART_DIR names (or have it fetched: "
        "helm pull db --repo https://charts.example.com --version 2.0.0 --destination shelf)\n"
    )
    other = {**CHART, "Chart.yaml": "apiVersion: v2\nname: db\nversion: 2.0.0\n"}
    write_files(place / "shelf", {"db-2.0.0.tgz": chart_archive(other, "db")})
    _, out, _ = helm(capsys, "lint", "offer.yaml", "-q")
    assert ": the one in 'shelf' has another digest, sha256:" in out


def test_a_chart_from_the_folder_of_charts(place, capsys, monkeypatch):
    offer(place, more=REPOSITORY)
    other = {**CHART, "Chart.yaml": "apiVersion: v2\nname: db\nversion: 2.0.0\n"}
    write_files(place / "shelf", {"db-2.0.0.tgz": chart_archive(other, "db")})
    monkeypatch.setenv("PACKAGER_CHART_DIR", str(place / "shelf"))
    code, out, _ = helm(capsys, "render", "offer.yaml", "--release", "db")
    assert code == 0 and "# Source: db/templates/web.yaml\n" in out


@pytest.mark.parametrize("verb", ["lint", "render"])
def test_an_offer_that_cannot_be_read_or_rendered(place, capsys, verb):
    offer(place, "host: {{ nothing }}\n")
    code, out, err = helm(capsys, verb, "offer.yaml")
    assert code == 1 and "'nothing' is undefined" in out + err and "values.yaml.j2:1" in out + err
    (place / "offer.yaml").write_text("schema: 1\nid: [")
    code, out, err = helm(capsys, verb, "offer.yaml")
    assert code == 1 and "offer.yaml" in out + err
    code, out, err = helm(capsys, verb, "none.yaml")
    assert code == 2 and "'none.yaml' does not exist" in err


def test_without_helm(place, capsys, monkeypatch):
    offer(place)
    monkeypatch.setenv("PACKAGER_HELM", str(place / "none"))
    for verb in ("lint", "render"):
        code, out, err = helm(capsys, verb, "offer.yaml")
        assert (code, out) == (2, "")
        assert "which does not exist\n  hint: install Helm 3 or 4" in err
    code, out, _ = helm(capsys, "lint", "offer.yaml", "--format", "json")
    assert code == 2 and json.loads(out)["findings"] == []


def test_comments_and_baselines_hide_findings_of_lint(place, capsys):
    chart = {
        "templates/deploy.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n"
        "  containers:\n    - name: a\n      image: acme/a\n"
    }
    offer(place, chart=chart)
    _, out, _ = helm(capsys, "lint", "offer.yaml", "--format", "json", "--select", "image-version-missing")
    assert [one[:4] for one in findings(out)] == [
        ("image-version-missing", "warning", "helm/web/acme/templates/deploy.yaml", 7)
    ]
    arguments = ("lint", "offer.yaml", "-q", "--select", "image-version-missing")
    assert helm(capsys, *arguments, "--write-baseline", "base.json")[0] == 0
    assert helm(capsys, *arguments, "--baseline", "base.json", "--fail-on", "info")[:2] == (0, "")


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interrupt_ends_helm_too(place):
    offer(place)
    script = place / "slow"
    script.write_text(
        f"#!/bin/sh\ncase $1 in version) echo v4.0.0+g1;; *) touch {place}/begun; sleep 3; touch {place}/mark;; esac\n"
    )
    script.chmod(0o755)
    command = [sys.executable, "-m", "packager", "helm", "lint", "offer.yaml"]
    process = subprocess.Popen(command, env={**os.environ, "PACKAGER_HELM": str(script)}, stderr=subprocess.PIPE)
    until = time.monotonic() + 20
    while not (place / "begun").exists() and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, b"Traceback" in err) == (130, False)
    time.sleep(3.2)
    assert not (place / "mark").exists()


def test_a_reason_in_a_template_takes_its_finding_away(place, capsys):
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: agent}\nspec:\n  restartPolicy: Never\n"
    why = " # packager: ignore workload-privileged -- it reads the counters of the node"
    offer(place, chart={"templates/agent.yaml": f"{pod}  hostNetwork: true{why}\n  hostPID: true\n"})
    code, out, _ = helm(capsys, "lint", "offer.yaml", "--select", "workload-privileged", "--format", "json")
    report = json.loads(out)
    assert (code, report["summary"]["suppressed"]) == (0, 1)
    assert [one["rule"] for one in report["findings"]] == ["workload-privileged"]


def test_lint_looks_for_secrets_in_values(place, capsys):
    offer(place, "host: x\nadmin:\n  password: hunter22\n")
    code, out, _ = helm(capsys, "lint", "offer.yaml", "--select", "secret-literal", "--format", "json")
    assert code == 1
    assert findings(out) == [
        ("secret-literal", "error", "helm/web-values.yaml", 3, ("values.yaml.j2", 3)),
    ]
    assert "hunter22" not in out


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
@pytest.mark.parametrize(("script", "verb"), [("exit 0", "lint"), ("echo 'a: [b'", "template"), (NOISE, "template")])
def test_a_helm_that_answers_without_sense_is_an_error(place, capsys, monkeypatch, script, verb):
    offer(place)
    path = place / "helm"
    path.write_text(f"#!/bin/sh\ncase $1 in version) echo v4.0.1+g0;; *) {script};; esac\n")
    path.chmod(0o755)
    monkeypatch.setenv("PACKAGER_HELM", str(path))
    code, out, _ = helm(capsys, "lint", "offer.yaml", "--format", "json")
    errors = [one for one in json.loads(out)["findings"] if one["rule"] == "helm-error"]
    assert code == 1 and [(one["file"], one["line"]) for one in errors] == [("offer.yaml", 14)]
    assert errors[0]["message"].startswith(f"helm {verb} gives no answer: it prints ")
    if verb == "template":
        code, _, err = helm(capsys, "render", "offer.yaml")
        assert code == 1 and "one/web is not rendered: helm gives no answer: it prints '" in err


def test_a_release_without_any_object_is_told(place, capsys):
    chart = {name: "{{ if .Values.on }}" + text + "{{ end }}\n" for name, text in CHART.items() if "/" in name}
    write_offer(place, folder_release(), {"values.yaml.j2": "host: x\n", **chart_files({**CHART, **chart})})
    code, out, _ = helm(capsys, "lint", "offer.yaml", "-q")
    assert code == 0
    assert "offer.yaml:14:16: warning helm-lint no object comes of chart 'acme' 1.2.3, though it has templates" in out
    said = "packager: one/web: acme 1.2.3 makes no object, though it has templates\n"
    assert helm(capsys, "render", "offer.yaml")[::2] == (0, said)
    assert helm(capsys, "lock", "offer.yaml")[::2] == (0, said)
