"""The gateway where no API Management stands in front of it: who is let in, as whom, and what it is told who is not."""

import contextlib
import http.client
import ssl

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID

from .certificates import DAY, Authority
from .nginx_program import NGINX, free_port, running

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not NGINX, reason="no nginx: apt-get install nginx-light")]
NOT_FOR_PARTICIPANTS = ("/", "/health", "/healthz", "/settlementModels", "/_ledger/participants/payerfsp", "/oracles")
HEADERS = {
    "FSPIOP-Source": "payerfsp",
    "Date": "Thu, 26 Nov 2026 12:00:00 GMT",
    "Content-Type": "application/vnd.interoperability.transfers+json;version=1.1",
}


@pytest.fixture(scope="module")
def scheme():
    return Authority("Scheme")


@pytest.fixture(scope="module")
def gateway(mutual_tls_chart, scheme, tmp_path_factory):
    folder = tmp_path_factory.mktemp("gateway")
    write_pair(folder, "tls", *Authority("gateway").issue_with_key("gateway.example"))
    (folder / "ca.crt").write_bytes(pem(scheme.certificate))
    config = mutual_tls_chart["ConfigMap", "moja-azure-gateway"]["data"]["nginx.conf"]
    changes = {
        "/tls/tls": f"{folder}/tls",
        "/authorities/ca.crt": f"{folder}/ca.crt",
        "listen 8081": f"listen 127.0.0.1:{free_port()}",
        "rate=100r/s": "rate=5r/s",
        "burst=200": "burst=20",
    }
    with running(config, folder, changes, port_in_config=8443) as (port, stubs):
        yield port, stubs, folder


def pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM)


def write_pair(folder, name, certificate, key):
    (folder / f"{name}.crt").write_bytes(pem(certificate))
    (folder / f"{name}.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def ask(gateway, pair, headers=HEADERS, method="POST", path="/transfers"):
    """The answer, and what reached the service."""
    port, stubs, folder = gateway
    context = ssl._create_unverified_context()
    if pair is not None:
        write_pair(folder, "caller", *pair)
        context.load_cert_chain(folder / "caller.crt", folder / "caller.key")
    stub = stubs["ml-api-adapter-service"]
    stub.calls.clear()
    stub.headers.clear()
    with contextlib.closing(http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=10)) as connection:
        connection.putrequest(method, path)
        for name, value in headers if isinstance(headers, list) else headers.items():
            connection.putheader(name, value)
        connection.putheader("Content-Length", "0")
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), list(stub.headers)


def test_a_participant_is_let_in_and_named_to_the_switch(gateway, scheme):
    forged = HEADERS | {"x-client-id": "payeefsp"}
    status, _, [seen] = ask(gateway, scheme.issue_with_key("payerfsp"), forged)
    assert status == 202
    assert (seen["x-client-id"], seen["fspiop-source"]) == ("payerfsp", "payerfsp")
    assert {name.lower(): value for name, value in HEADERS.items()}.items() <= seen.items()


@pytest.mark.parametrize(
    ("dates", "other"), [({}, True), ({"start": -9 * DAY, "end": -DAY}, False), ({"start": DAY, "end": 9 * DAY}, False)]
)
def test_a_certificate_of_another_authority_or_another_time_is_refused(gateway, scheme, dates, other):
    authority = Authority("Scheme") if other else scheme
    status, body, seen = ask(gateway, authority.issue_with_key("payerfsp", **dates))
    assert (status, "3000" in body, seen) == (401, True, [])


def test_nobody_is_let_in_without_a_certificate(gateway):
    status, body, seen = ask(gateway, None)
    assert (status, "3000" in body, seen) == (401, True, [])


@pytest.mark.parametrize(
    "headers",
    [
        {"FSPIOP-Source": "payeefsp"},
        {"FSPIOP-Source": "PAYERFSP"},
        {"FSPIOP-Source": "payerfsp|payerfsp"},
        {"FSPIOP-Source": "payeefsp", "FSPIOP-Proxy": "otherproxy"},
        {"FSPIOP-Source": "payerfsp", "FSPIOP-Proxy": "payerfsp"},
        {"FSPIOP-Source": "payerfsp", "FSPIOP-Proxy": "otherproxy"},
    ],
)
def test_a_sender_who_is_not_the_caller_is_refused(gateway, scheme, headers):
    status, body, seen = ask(gateway, scheme.issue_with_key("payerfsp"), HEADERS | headers)
    assert (status, "3100" in body, seen) == (403, True, [])


def test_a_proxy_hands_on_the_messages_of_others(gateway, scheme):
    headers = HEADERS | {"FSPIOP-Source": "payeefsp", "FSPIOP-Proxy": "proxy1"}
    status, _, [seen] = ask(gateway, scheme.issue_with_key("proxy1"), headers)
    assert (status, seen["x-client-id"], seen["fspiop-proxy"]) == (202, "proxy1", "proxy1")


def test_a_second_sender_does_not_slip_through(gateway, scheme):
    """Newer versions of nginx refuse both, older ones take the first; the second one never reaches a service."""
    headers = [*HEADERS.items(), ("FSPIOP-Source", "payeefsp")]
    status, _, seen = ask(gateway, scheme.issue_with_key("payerfsp"), headers)
    assert status in {202, 403}
    assert [one["fspiop-source"] for one in seen] == ["payerfsp"] * len(seen)


@pytest.mark.parametrize("name", HEADERS)
def test_a_message_without_a_mandatory_header_is_refused(gateway, scheme, name):
    headers = {key: value for key, value in HEADERS.items() if key != name}
    status, body, seen = ask(gateway, scheme.issue_with_key("payerfsp"), headers)
    assert (status, f"header {name}" in body, seen) == (400, True, [])


@pytest.mark.parametrize(
    "subject",
    [
        [(NameOID.ORGANIZATION_NAME, "Bank")],
        [(NameOID.COMMON_NAME, "payerfsp"), (NameOID.COMMON_NAME, "payeefsp")],
        [(NameOID.ORGANIZATION_NAME, "Bank,CN=payerfsp")],
        [(NameOID.ORGANIZATION_NAME, "Bank,CN=payerfsp"), (NameOID.COMMON_NAME, "payeefsp")],
        [(NameOID.COMMON_NAME, "payer fsp")],
        [(NameOID.COMMON_NAME, "payerfsp|x")],
    ],
)
def test_a_subject_that_names_no_participant_is_refused(gateway, scheme, subject):
    status, body, seen = ask(gateway, scheme.issue_with_key(subject=subject))
    assert (status, "names no participant" in body, seen) == (403, True, [])


@pytest.mark.parametrize(
    "path", ["/", "/health", "/healthz", "/settlementModels", "/_ledger/participants/payerfsp", "/oracles"]
)
def test_what_is_not_for_participants_is_not_there(gateway, scheme, path):
    status, body, seen = ask(gateway, scheme.issue_with_key("payerfsp"), method="GET", path=path)
    assert (status, "3002" in body, seen) == (404, True, [])


def test_who_asks_too_often_is_told_to_wait_and_others_are_not(gateway, scheme):
    eager, other = scheme.issue_with_key("eagerfsp"), scheme.issue_with_key("otherfsp")
    answers = [ask(gateway, eager, HEADERS | {"FSPIOP-Source": "eagerfsp"}) for _ in range(60)]
    assert {status for status, *_ in answers} == {202, 429}
    assert "2005" in answers[-1][1]
    assert ask(gateway, other, HEADERS | {"FSPIOP-Source": "otherfsp"})[0] == 202


def test_what_kubernetes_gets_to_run_it(mutual_tls_chart):
    pod = mutual_tls_chart["Deployment", "moja-azure-gateway"]["spec"]["template"]["spec"]
    [container] = pod["containers"]
    assert {one["name"] for one in container["ports"]} == {"https", "health"}
    assert {container[probe]["httpGet"]["port"] for probe in ("readinessProbe", "livenessProbe")} == {"health"}
    assert {one["name"] for one in container["volumeMounts"]} == {one["name"] for one in pod["volumes"]}
    service = mutual_tls_chart["Service", "moja-azure-gateway"]
    assert "annotations" not in service["metadata"]
    assert [(one["port"], one["targetPort"]) for one in service["spec"]["ports"]] == [(443, "https")]
