"""The operators' script that says whom the gateway in the cluster keeps out, and that its lists reach the gateway."""

import json
import os
import pathlib
import shutil
import subprocess

import pytest

from .certificates import Authority, thumbprint
from .conftest import PLACES
from .helm_program import render_azure_chart
from .participant_gateway import pem

SCRIPT = pathlib.Path(__file__).parents[3] / "marketplace/mojaloop/scripts/gateway-access.sh"
EMPTY = {"proxies": [], "suspended": [], "revoked": []}
# Keeps the one ConfigMap in a file; the cluster has Flux when there is a file that says so.
KUBECTL = """#!/usr/bin/env bash
case "$1 $2" in
  "get configmap") [[ ! -e down ]] || { echo "no route to host" >&2; exit 1; }; cat object 2> /dev/null || true ;;
  "get helmrelease") [[ -e flux ]] ;;
  apply*) cat > object ;;
esac
"""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(shutil.which(program) for program in ("bash", "jq", "openssl")),
        reason="the script needs bash, jq and openssl",
    ),
]


@pytest.fixture
def access(tmp_path):
    """Runs the script at a cluster that is a folder."""
    program = tmp_path / "kubectl"
    program.write_text(KUBECTL)
    program.chmod(0o755)

    def run(*arguments):
        environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
        return subprocess.run(
            ["bash", SCRIPT, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def written(tmp_path):
    return json.loads((tmp_path / "object").read_text())


def shown(access):
    return json.loads(access("show").stdout)


def test_lists_grow_and_shrink(access, tmp_path):
    certificate = Authority("Scheme").issue("payerfsp")
    (tmp_path / "lost.pem").write_bytes(pem(certificate))
    assert shown(access) == EMPTY
    for arguments in (("revoke", "lost.pem"), ("suspend", "sleepyfsp"), ("proxy", "proxy1"), ("proxy", "proxy1")):
        done = access(*arguments)
        assert done.returncode == 0, done.stderr
    known = thumbprint(certificate).lower()
    assert shown(access) == {"proxies": ["proxy1"], "suspended": ["sleepyfsp"], "revoked": [known]}
    capitals = ":".join(known.upper()[place : place + 2] for place in range(0, 40, 2))
    for arguments in (("forget", capitals), ("forget", "proxy1"), ("forget", "sleepyfsp")):
        assert access(*arguments).returncode == 0
    assert shown(access) == EMPTY


def test_the_chart_takes_what_it_writes(access, tmp_path, mojaloop):
    access("revoke", "12" * 20)
    access("proxy", "proxy1")
    (tmp_path / "access.json").write_text(written(tmp_path)["data"]["values.yaml"])
    lists = json.loads((tmp_path / "access.json").read_text())["gateway"]["mutualTls"]
    settings = [f"gateway.mutualTls.{name}={{{','.join(values)}}}" for name, values in lists.items() if values]
    more = ("gateway.internal=false", "gateway.address=", "gateway.ledgerReaders=", "gateway.mutualTls.enabled=true")
    chart = render_azure_chart(mojaloop["standard"], tmp_path, PLACES, *more, *settings)
    configuration = chart["ConfigMap", "moja-azure-gateway"]["data"]["nginx.conf"]
    assert f"    {'12' * 20} 1;" in configuration
    assert '"~^(?:proxy1)$" 1;' in configuration


def test_flux_is_told_and_on_a_stamp_the_operator(access, tmp_path):
    assert "run mojaloop-install now" in access("suspend", "payerfsp").stdout
    (tmp_path / "flux").touch()
    assert "Flux starts the gateway anew" in access("suspend", "payerfsp").stdout
    assert written(tmp_path)["metadata"]["labels"] == {"reconcile.fluxcd.io/watch": "Enabled"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "it is revoke, suspend, proxy or forget with one value, or show"),
        (("revoke",), "it is revoke"),
        (("show", "all"), "it is revoke"),
        (("revoke", "nothing.pem"), "'nothing.pem' is neither a file nor a SHA-1 fingerprint"),
        (("revoke", "kubectl"), "file 'kubectl' holds no certificate"),
        (("suspend", "a b"), "'a b' is no participant's name"),
        (("proxy", 'x"'), "is no participant's name"),
        (("forget", "payerfsp"), "'payerfsp' is in none of the lists"),
        (("--all",), "unknown argument '--all'"),
    ],
)
def test_misuse_changes_nothing(access, tmp_path, arguments, message):
    done = access(*arguments)
    assert (done.returncode, message in done.stderr) == (1, True), done.stderr
    assert not (tmp_path / "object").exists()


def test_lists_that_cannot_be_read_are_not_written_anew(access, tmp_path):
    (tmp_path / "object").write_text(json.dumps({"data": {"values.yaml": "gateway: {}"}}))
    assert "is not what this script writes" in access("suspend", "payerfsp").stderr
    (tmp_path / "down").touch()
    assert "does not say what is in ConfigMap gateway-access" in access("suspend", "payerfsp").stderr
    assert written(tmp_path) == {"data": {"values.yaml": "gateway: {}"}}


def test_a_dry_run_prints_the_object(access, tmp_path):
    done = access("suspend", "payerfsp", "--dry-run")
    assert json.loads(done.stdout)["metadata"]["name"] == "gateway-access"
    assert not (tmp_path / "object").exists()
