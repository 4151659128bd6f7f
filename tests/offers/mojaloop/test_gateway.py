"""The gateway in the cluster: the configuration that Helm renders, served by a real nginx to stub services."""

import contextlib
import http.client
import re

import pytest

from .nginx_program import NGINX, OPERATIONS, free_port, running

# The tests are among those who may ask the ledger.
FROM_HERE = {"allow 10.20.4.128/26": "allow 127.0.0.1/32"}
SAMPLES = {"{Type}": "MSISDN", "{ID}": "%2B27713803912", "{SubId}": "PERSONAL"}
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not NGINX, reason="no nginx: apt-get install nginx-light")]


@pytest.fixture(scope="module")
def config(azure_chart):
    return azure_chart["ConfigMap", "moja-azure-gateway"]["data"]["nginx.conf"]


@pytest.fixture(scope="module")
def gateway(config, tmp_path_factory):
    with running(config, tmp_path_factory.mktemp("nginx"), FROM_HERE) as (
        port,
        stubs,
    ):
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
    with running(config, tmp_path) as (port, stubs):
        assert ask(port, "GET", "/_ledger/participants/payerfsp")[0] == 403
        assert stubs["centralledger-service"].calls == []


def test_that_a_missing_service_is_told_in_the_words_of_the_api(config, tmp_path):
    config = config.replace("moja-ml-api-adapter-service.mojaloop.svc.cluster.local:80", f"127.0.0.1:{free_port()}")
    with running(config, tmp_path, FROM_HERE) as (port, _):
        status, body = ask(port, "POST", "/transfers")
        assert (status, "2003" in body) == (503, True)


def test_the_probe(gateway):
    assert ask(gateway[0], "GET", "/healthz") == (200, '{"status": "OK"}')
