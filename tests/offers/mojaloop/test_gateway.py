"""The gateway in the cluster: the configuration that Helm renders, served by a real nginx to stub services."""

import contextlib
import http.client
import pathlib
import re
import shutil
import socket
import subprocess
import time

import pytest
import yaml

from .stub_server import serving

OPERATIONS = yaml.safe_load(
    (pathlib.Path(__file__).parents[3] / "marketplace/mojaloop/api/operations.yaml").read_text()
)
SAMPLES = {"{Type}": "MSISDN", "{ID}": "%2B27713803912", "{SubId}": "PERSONAL"}
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not NGINX, reason="no nginx: apt-get install nginx-light")]


def free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def services():
    return [*sorted({api["service"] for api in OPERATIONS.values()}), "centralledger-service"]


@contextlib.contextmanager
def running(config, folder, readers):
    """nginx with `config`, whose services are stubs; gives its port and the stubs by service."""
    with contextlib.ExitStack() as stack:
        stubs = {name: stack.enter_context(serving(lambda *_, name=name: (202, {"from": name}))) for name in services()}
        for name, stub in stubs.items():
            config = config.replace(f"moja-{name}.mojaloop.svc.cluster.local:80", f"127.0.0.1:{stub.port}")
        assert "cluster.local" not in config
        port = free_port()
        config = config.replace("listen 8080", f"listen 127.0.0.1:{port}").replace(
            "allow 10.20.4.128/26", f"allow {readers}"
        )
        config = config.replace("/tmp/", f"{folder}/").replace("/dev/stdout", f"{folder}/access.log")
        (folder / "nginx.conf").write_text(config)
        process = subprocess.Popen(
            [NGINX, "-c", str(folder / "nginx.conf"), "-g", "daemon off;"], stderr=subprocess.PIPE
        )
        try:
            wait_for(port, process)
            yield port, stubs
        finally:
            process.terminate()
            process.wait(timeout=10)
            process.stderr.close()


def wait_for(port, process):
    for _ in range(100):
        assert process.poll() is None, process.stderr.read().decode()
        with contextlib.suppress(OSError), contextlib.closing(socket.create_connection(("127.0.0.1", port), 1)):
            return
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")


@pytest.fixture(scope="module")
def config(azure_chart):
    return azure_chart["ConfigMap", "moja-azure-gateway"]["data"]["nginx.conf"]


@pytest.fixture(scope="module")
def gateway(config, tmp_path_factory):
    with running(config, tmp_path_factory.mktemp("nginx"), "127.0.0.1/32") as (port, stubs):
        yield port, stubs


def ask(port, method, path, headers=None):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def operations():
    for path, api in OPERATIONS.items():
        for template, methods in api["operations"].items():
            for method in methods:
                yield method, f"/{path}{'' if template == '/' else template}", api["service"]


def test_that_each_operation_reaches_its_service_and_no_other(gateway):
    port, stubs = gateway
    for method, template, service in operations():
        path = re.sub(r"\{\w+\}", lambda match: SAMPLES[match[0]], template)
        for stub in stubs.values():
            stub.calls.clear()
        assert ask(port, method, path) == (202, f'{{"from": "{service}"}}'), path
        called = {name: [call[:2] for call in stub.calls] for name, stub in stubs.items() if stub.calls}
        assert called == {service: [(method, path)]}


def test_that_signed_headers_go_on_as_they_came(gateway):
    port, stubs = gateway
    stub = stubs["ml-api-adapter-service"]
    stub.headers.clear()
    sent = {
        "FSPIOP-Source": "payerfsp",
        "FSPIOP-Signature": '{"signature":"a=b"}',
        "Date": "Thu, 26 Nov 2026 12:00:00 GMT",
        "Accept": "application/vnd.interoperability.transfers+json;version=1",
        "Content-Type": "application/vnd.interoperability.transfers+json;version=1.1",
        "x-client-id": "payerfsp",
    }
    ask(port, "GET", "/transfers/1?x=%20", sent)
    [seen] = stub.headers
    assert {name.lower(): value for name, value in sent.items()}.items() <= seen.items()


def test_that_what_api_management_appends_is_taken_away_again(gateway):
    """It forwards `POST /transfers` as `/transfers/`, which the services do not know."""
    port, stubs = gateway
    stub = stubs["ml-api-adapter-service"]
    stub.calls.clear()
    ask(port, "POST", "/transfers/")
    assert [call[1] for call in stub.calls] == ["/transfers"]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/health",
        "/metrics",
        "/settlementModels",
        "/v2/settlements",
        "/oracles",
        "/transfersx",
        "/ledgerAccountTypes",
        "/_ledger",
        "/_ledger/settlementModels",
        "/_ledger/participants/a/accounts",
    ],
)
def test_that_nothing_else_is_there(gateway, path):
    port, stubs = gateway
    for stub in stubs.values():
        stub.calls.clear()
    status, body = ask(port, "GET", path)
    assert (status, "3002" in body) == (404, True)
    assert not any(stub.calls for stub in stubs.values())


def test_that_the_ledger_is_read_and_not_written(gateway):
    port, stubs = gateway
    stub = stubs["centralledger-service"]
    stub.calls.clear()
    assert ask(port, "GET", "/_ledger/participants/payerfsp")[0] == 202
    assert [call[:2] for call in stub.calls] == [("GET", "/participants/payerfsp")]
    assert [ask(port, method, "/_ledger/participants/payerfsp")[0] for method in ("POST", "PUT", "DELETE")] == [403] * 3
    assert len(stub.calls) == 1


def test_that_others_may_not_ask_the_ledger(config, tmp_path):
    with running(config, tmp_path, "10.20.4.128/26") as (port, stubs):
        assert ask(port, "GET", "/_ledger/participants/payerfsp")[0] == 403
        assert stubs["centralledger-service"].calls == []


def test_that_a_missing_service_is_told_in_the_words_of_the_api(config, tmp_path):
    config = config.replace("moja-ml-api-adapter-service.mojaloop.svc.cluster.local:80", f"127.0.0.1:{free_port()}")
    with running(config, tmp_path, "127.0.0.1/32") as (port, _):
        status, body = ask(port, "POST", "/transfers")
        assert (status, "2003" in body) == (503, True)


def test_the_probe(gateway):
    assert ask(gateway[0], "GET", "/healthz") == (200, '{"status": "OK"}')
