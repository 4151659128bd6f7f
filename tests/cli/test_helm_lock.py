"""`helm lock` and what the other verbs make of the lock; repositories are a real server on this machine."""

import contextlib
import functools
import hashlib
import http.server
import ipaddress
import json
import pathlib
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
import yaml

from packager.cli.main import run
from packager.offer.lock import NAME
from packager.source import schema
from tests.helm.making import CHART, chart_archive, chart_files, folder_release, program, write_files, write_offer

DB = {
    "Chart.yaml": "apiVersion: v2\nname: db\nversion: 2.0.0\nappVersion: 16\ndependencies:\n"
    "- {name: part, version: '>=0.1.0', repository: 'https://parts.example.com', alias: first}\n",
    "charts/part/Chart.yaml": "apiVersion: v2\nname: part\nversion: 0.1.7\n",
    "charts/extra/Chart.yaml": "apiVersion: v2\nname: extra\nversion: 1.0.0\n",
    "values.yaml": "tag: '16'\n",
    "templates/db.yaml": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: db\nspec:\n  containers:\n"
    "    - {name: b, image: 'docker.io/acme/db:{{ .Values.tag }}'}\n"
    f"    - {{name: a, image: 'docker.io/acme/side:1@sha256:{'a' * 64}'}}\n",
}
ARCHIVE = chart_archive(DB, "db")
DIGEST = "sha256:" + hashlib.sha256(ARCHIVE).hexdigest()


def from_repository(address, more=""):
    chart = f"{{repository: '{address}', name: db, version: 2.0.0{more}}}"
    return f"      - release: db\n        namespace: acme\n        chart: {chart}\n"


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    program()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PACKAGER_CHART_DIR", raising=False)
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def certificate(folder):
    x509 = pytest.importorskip("cryptography.x509", reason="the server needs a certificate")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
    made = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    encoding, none = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, none)
    (folder / "server.pem").write_bytes(private + made.public_bytes(encoding))
    return folder / "server.pem"


@pytest.fixture
def repository(tmp_path_factory, monkeypatch):
    """The address of a chart repository with the chart `db`, and what stops it."""
    folder = tmp_path_factory.mktemp("repository")
    entry = {"name": "db", "version": "2.0.0", "apiVersion": "v2", "urls": ["charts/db-2.0.0.tgz"]}
    index = {"apiVersion": "v1", "entries": {"db": [entry]}}
    write_files(folder, {"index.yaml": yaml.safe_dump(index), "charts/db-2.0.0.tgz": ARCHIVE})
    pem = certificate(folder)
    handler = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def stop():
        server.shutdown()
        server.server_close()

    with contextlib.ExitStack() as stack:
        stack.callback(stop)
        yield f"https://127.0.0.1:{server.server_port}", lambda: stack.pop_all().close()


def offer(place, more="", values="host: {{ host }}\n", plans=""):
    write_offer(place, folder_release() + more, {"values.yaml.j2": values, **chart_files(CHART)}, plans)


def helm(capsys, *arguments):
    code = run(["helm", "lock", "offer.yaml", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def locked(place):
    return yaml.safe_load((place / NAME).read_text())


def check(capsys, *rules):
    run(["check", "offer.yaml", "--format", "json", "--select", ",".join(rules)])
    return [(one["file"], one["line"], one["message"]) for one in json.loads(capsys.readouterr().out)["findings"]]


def test_everything_is_resolved(place, capsys, repository):
    second = "  - id: two\n    ui: ui.json\n    template: template.json\n    helm:\n" + folder_release()
    offer(place, from_repository(repository[0]), plans=second)
    assert helm(capsys) == (0, "releases.lock.yaml: 3 releases\n", "")
    value = locked(place)
    web_digest = value["releases"][1]["chart"].pop("digest")
    assert value == {
        "schema": 1,
        "releases": [
            {
                "release": "db",
                "plans": ["one"],
                "chart": {
                    "repository": repository[0],
                    "name": "db",
                    "version": "2.0.0",
                    "appVersion": "16",
                    "digest": DIGEST,
                    "dependencies": [
                        {"name": "extra", "version": "1.0.0"},
                        {
                            "name": "part",
                            "alias": "first",
                            "version": "0.1.7",
                            "repository": "https://parts.example.com",
                        },
                    ],
                },
                "images": [
                    {
                        "image": "docker.io/acme/db:16",
                        "digest": None,
                        "reason": "no registry was asked; a reference with its digest (name:tag@sha256:...) is known "
                        "without",
                    },
                    {"image": f"docker.io/acme/side:1@sha256:{'a' * 64}", "digest": f"sha256:{'a' * 64}"},
                ],
            },
            {
                "release": "web",
                "plans": ["one", "two"],
                "chart": {
                    "path": "chart",
                    "name": "acme",
                    "version": "1.2.3",
                    "appVersion": "7.0.1",
                    "dependencies": [],
                },
                "images": [],
            },
        ],
    }
    run(["render", "offer.yaml", "--out", "made"])
    archive = (place / "made/one/helm/acme-1.2.3.tgz").read_bytes()
    assert web_digest == "sha256:" + hashlib.sha256(archive).hexdigest()
    releases = json.loads((place / "made/one/helm/releases.json").read_text())["releases"]
    assert [one["chart"]["digest"] for one in releases] == [web_digest, DIGEST]


def test_the_lock_fits_its_schema_and_is_the_same_each_time(place, capsys, repository):
    offer(place, from_repository(repository[0]))
    helm(capsys)
    first = (place / NAME).read_bytes()
    definition = json.loads((pathlib.Path(schema.__file__).parents[1] / "offer/lock.schema.json").read_text())
    assert schema.problems(yaml.safe_load(first), definition, {}) == []
    assert helm(capsys)[0] == 0
    assert (place / NAME).read_bytes() == first
    assert helm(capsys, "--check") == (0, "releases.lock.yaml is up to date\n", "")


def test_charts_that_are_kept_are_at_hand_from_then_on(place, capsys, monkeypatch, repository):
    offer(place, from_repository(repository[0]))
    kept = pathlib.Path("kept", "charts")
    told = f"packager: db-2.0.0.tgz is in {kept}\n"
    more = f"packager: name {kept} in PACKAGER_CHART_DIR, and the other verbs find the charts there\n"
    assert helm(capsys, "--charts", str(kept)) == (0, "releases.lock.yaml: 2 releases\n", told + more)
    assert (place / kept / "db-2.0.0.tgz").read_bytes() == ARCHIVE
    repository[1]()
    monkeypatch.setenv("PACKAGER_CHART_DIR", str(kept))
    assert run(["helm", "render", "offer.yaml", "--release", "db"]) == 0
    capsys.readouterr()
    assert helm(capsys, "--check", "--charts", str(kept))[0] == 2
    assert helm(capsys, "--check")[0] == 0


def test_what_cannot_be_fetched_is_locked_as_such(place, capsys, repository):
    repository[1]()
    offer(place, from_repository(repository[0]))
    code, out, err = helm(capsys)
    assert (code, out) == (1, "releases.lock.yaml: 2 releases, 1 of them not resolved\n")
    assert err.startswith("packager: one/db: db 2.0.0 is not resolved: ") and err.count("\n") == 1
    (db, _) = locked(place)["releases"]
    assert db["chart"]["digest"] is None and db["images"] is None
    assert db["chart"]["reason"] == "it is not at hand, and could not be fetched from its repository"
    (found,) = check(capsys, "chart-digest-missing")
    assert found[:2] == ("offer.yaml", 18) and "it could not be locked (it is not at hand, and could" in found[2]
    assert found[2].endswith("or run 'packager helm lock' again where its repository can be reached")


def test_a_digest_is_not_lost_when_the_repository_is_away(place, capsys, repository):
    offer(place, from_repository(repository[0]))
    helm(capsys)
    first = (place / NAME).read_bytes()
    repository[1]()
    code, _, err = helm(capsys)
    assert code == 0 and "one/db: db 2.0.0 is kept as it was locked: " in err
    assert (place / NAME).read_bytes() == first
    assert helm(capsys, "--check")[0] == 0


def test_a_chart_that_was_replaced_under_its_version_is_told(with_lock, capsys):
    other = chart_archive({**DB, "values.yaml": "tag: '16.1'\n"}, "db")
    write_files(with_lock / "shelf", {"db-2.0.0.tgz": other})
    now = "sha256:" + hashlib.sha256(other).hexdigest()
    said = "is another archive than was locked, under the same version"
    told = f"packager: one/db: db 2.0.0 {said}: {DIGEST} before, {now} now\n"
    assert helm(capsys, "--check")[0::2] == (1, told)
    assert helm(capsys)[0::2] == (0, told)
    assert helm(capsys)[0::2] == (0, "")


def test_a_chart_at_hand_is_not_fetched(place, capsys, monkeypatch):
    offer(place, from_repository("https://charts.invalid"))
    write_files(place / "shelf", {"db-2.0.0.tgz": ARCHIVE})
    monkeypatch.setenv("PACKAGER_CHART_DIR", str(place / "shelf"))
    assert helm(capsys)[0] == 0
    assert locked(place)["releases"][0]["chart"]["digest"] == DIGEST


def test_another_chart_than_offer_yaml_means_is_refused(place, capsys, repository):
    offer(place, from_repository(repository[0], f", digest: 'sha256:{'0' * 64}'"))
    code, _, err = helm(capsys)
    assert code == 1 and f"the repository has another chart: its digest is {DIGEST}" in err
    assert locked(place)["releases"][0]["chart"]["digest"] == f"sha256:{'0' * 64}"


def test_a_release_that_helm_refuses(place, capsys):
    offer(place)
    write_files(place, {"chart/templates/x.yaml": '{{ fail "no" }}\n'})
    code, _, err = helm(capsys)
    assert code == 1 and "one/web: acme 1.2.3 is not resolved: acme/templates/x.yaml:1: no\n" in err
    (web,) = locked(place)["releases"]
    assert web["images"] is None and web["chart"]["digest"].startswith("sha256:")


@pytest.fixture
def with_lock(place, capsys, monkeypatch):
    offer(place, from_repository("https://charts.invalid"))
    write_files(place / "shelf", {"db-2.0.0.tgz": ARCHIVE})
    monkeypatch.setenv("PACKAGER_CHART_DIR", str(place / "shelf"))
    helm(capsys)
    assert check(capsys, "lock-stale", "chart-digest-missing") == []
    return place


def change(place, old, new):
    path = place / "offer.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


STALE = [
    ("version: 2.0.0", "version: 2.0.1", 18, "releases.lock.yaml has version 2.0.0 of chart 'db', not 2.0.1"),
    ("release: web", "release: site", 12, "release 'site' of plan 'one' is not in releases.lock.yaml"),
    (
        "charts.invalid",
        "other.invalid",
        18,
        "releases.lock.yaml has the chart of release 'db' from 'https://charts.inv",
    ),
    ("name: db", "name: bd", 18, "releases.lock.yaml has chart 'db' for release 'db'"),
    (
        "version: 2.0.0",
        f"version: 2.0.0, digest: 'sha256:{'0' * 64}'",
        18,
        f"releases.lock.yaml has digest {DIGEST} for chart 'db' 2.0.0, not sha256:{'0' * 64}",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), STALE)
def test_a_lock_of_another_offer_is_stale(with_lock, capsys, old, new, line, message):
    change(with_lock, old, new)
    found = [one for one in check(capsys, "lock-stale") if one[0] == "offer.yaml"]
    assert [(one[1], one[2].startswith(message), one[2].endswith("; run 'packager helm lock'")) for one in found] == [
        (line, True, True)
    ]
    code, out, _ = helm(capsys, "--check")
    assert code == 1 and out


def test_a_chart_that_changed_makes_the_lock_stale(with_lock, capsys):
    write_files(with_lock, {"chart/values.yaml": CHART["values.yaml"] + "more: 1\n"})
    (found,) = check(capsys, "lock-stale")
    assert found[:2] == ("offer.yaml", 14) and "for chart 'acme' 1.2.3, not sha256:" in found[2]
    code, out, _ = helm(capsys, "--check")
    assert code == 1 and out.startswith("one/web: digest: sha256:") and out.count("\n") == 1


def test_images_that_changed_make_the_lock_stale_for_the_pipeline(with_lock, capsys):
    change(with_lock, "version: 2.0.0}\n", "version: 2.0.0}\n        values: [db.yaml]\n")
    write_files(with_lock, {"db.yaml": "tag: '17'\n"})
    assert check(capsys, "lock-stale") == []
    code, out, _ = helm(capsys, "--check")
    assert code == 1
    assert out.splitlines() == [
        "one/db: image docker.io/acme/db:16: without a digest in the lock, nothing now",
        "one/db: image docker.io/acme/db:17: nothing in the lock, without a digest now",
    ]


def test_an_entry_for_a_release_that_is_gone(with_lock, capsys):
    text = (with_lock / "offer.yaml").read_text()
    (with_lock / "offer.yaml").write_text(text[: text.index("      - release: db")])
    assert check(capsys, "lock-stale") == [
        ("releases.lock.yaml", 5, "the offer has no release 'db' in a plan 'one'; run 'packager helm lock'")
    ]


@pytest.mark.parametrize("text", ["schema: [", "schema: 2\nreleases: []\n", "<<<<<<< HEAD\n", "[]\n"])
def test_a_lock_that_cannot_be_read_is_an_error_and_is_written_anew(with_lock, capsys, text):
    (with_lock / NAME).write_text(text)
    run(["check", "offer.yaml", "--format", "json"])
    found = [one for one in json.loads(capsys.readouterr().out)["findings"] if one["file"] == NAME]
    reasons = [f"{NAME}:{one['line']}:{one['column']}: {one['message']}" for one in found]
    assert reasons and helm(capsys, "--check") == (1, "".join(f"{line}\n" for line in reasons), "")
    told = "".join(f"packager: {line}; the file is written anew\n" for line in reasons)
    assert helm(capsys) == (0, "releases.lock.yaml: 2 releases\n", told)
    assert check(capsys, "lock-stale") == []
    (with_lock / NAME).unlink()
    missing = "releases.lock.yaml does not exist; run 'packager helm lock' and commit it\n"
    assert helm(capsys, "--check") == (1, missing, "")


def test_a_broken_lock_is_left_where_writing_it_would_lose_what_it_says(with_lock, capsys, monkeypatch):
    monkeypatch.delenv("PACKAGER_CHART_DIR")
    broken = "<<<<<<< HEAD\n" + (with_lock / NAME).read_text()
    (with_lock / NAME).write_text(broken)
    code, out, err = helm(capsys)
    assert (code, out) == (1, "")
    assert "releases.lock.yaml cannot be read, and what it says of one/db would be lost, so it stays\n" in err
    assert f"\n  {NAME}:" in err and "hint: mend it" in err
    assert (with_lock / NAME).read_text() == broken


def test_build_takes_the_digest_of_the_lock(with_lock, capsys):
    run(["render", "offer.yaml", "--out", "made"])
    releases = json.loads((with_lock / "made/one/helm/releases.json").read_text())["releases"]
    assert releases[1]["chart"] == {
        "name": "db",
        "version": "2.0.0",
        "repository": "https://charts.invalid",
        "digest": DIGEST,
    }


def test_locking_needs_an_offer_and_helm(place, capsys, monkeypatch):
    assert run(["helm", "lock", "none.yaml"]) == 2
    offer(place, values="{{ nothing }}\n")
    code, _, err = helm(capsys)
    assert code == 1 and "values.yaml.j2:1: 'nothing' is undefined" in err
    assert not (place / NAME).exists()
    monkeypatch.setenv("PACKAGER_HELM", str(place / "none"))
    assert helm(capsys)[0] == 2
