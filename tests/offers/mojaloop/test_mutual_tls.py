"""The gateway where no API Management stands in front of it: who is let in, as whom, and what it is told who is not."""

import re
import time

import pytest
from cryptography.x509.oid import NameOID

from .certificates import DAY, Authority, thumbprint
from .conftest import MUTUAL_TLS, PLACES
from .helm_program import render_azure_chart
from .nginx_program import NGINX
from .participant_gateway import HEADERS, ask, pem, serving_gateway

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not NGINX, reason="no nginx: apt-get install nginx-light")]


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


@pytest.mark.parametrize("name", ["proxy1", "proxy.2"])
def test_a_proxy_hands_on_the_messages_of_others(gateway, scheme, name):
    headers = HEADERS | {"FSPIOP-Source": "payeefsp", "FSPIOP-Proxy": name}
    status, _, [seen] = ask(gateway, scheme.issue_with_key(name), headers)
    assert (status, seen["x-client-id"], seen["fspiop-source"], seen["fspiop-proxy"]) == (202, name, "payeefsp", name)


@pytest.mark.parametrize(
    ("caller", "proxy"),
    [
        ("payerfsp", "payerfsp"),  # a participant that calls itself a proxy
        ("payerfsp", "proxy1"),  # the name of a proxy, the certificate of somebody else
        ("proxyX2", "proxyX2"),  # a dot in a listed name is a dot
        ("PROXY1", "PROXY1"),
        ("proxy1x", "proxy1x"),
        ("proxy1", "proxy.2"),
    ],
)
def test_nobody_else_speaks_for_others(gateway, scheme, caller, proxy):
    headers = HEADERS | {"FSPIOP-Source": "payeefsp", "FSPIOP-Proxy": proxy}
    status, body, seen = ask(gateway, scheme.issue_with_key(caller), headers)
    assert (status, "3100" in body, seen) == (403, True, [])


@pytest.mark.parametrize("source", ["proxy1", "payee fsp", "payeefsp, otherfsp", "|", "-"])
def test_a_proxy_names_one_other_sender(gateway, scheme, source):
    headers = HEADERS | {"FSPIOP-Source": source, "FSPIOP-Proxy": "proxy1"}
    status, body, seen = ask(gateway, scheme.issue_with_key("proxy1"), headers)
    assert (status, "3100" in body, seen) == (403, True, [])


@pytest.mark.parametrize("name", ["Hub", "hub", "HUB", "switch", "National.Switch", "national.switch", "sleepyfsp"])
def test_the_switch_and_who_is_suspended_are_kept_out(gateway, scheme, name):
    status, body, seen = ask(gateway, scheme.issue_with_key(name), HEADERS | {"FSPIOP-Source": name})
    assert (status, "3200" in body, seen) == (403, True, [])


def test_a_revoked_certificate_is_kept_out_and_another_of_the_participant_is_not(gateway, scheme, lost):
    headers = HEADERS | {"FSPIOP-Source": "carelessfsp"}
    status, body, seen = ask(gateway, lost, headers)
    assert (status, "3200" in body, seen) == (403, True, [])
    assert ask(gateway, scheme.issue_with_key("carelessfsp"), headers)[0] == 202


def test_a_list_of_the_authority_revokes_as_well(mojaloop, scheme, tmp_path):
    settings = (*MUTUAL_TLS, "gateway.mutualTls.revocationLists=scheme-lists")
    chart = render_azure_chart(mojaloop["standard"], tmp_path, PLACES, *settings)
    pod = chart["Deployment", "moja-azure-gateway"]["spec"]["template"]["spec"]
    assert {"name": "lists", "configMap": {"name": "scheme-lists"}} in pod["volumes"]
    revoked, other = scheme.issue_with_key("payerfsp"), scheme.issue_with_key("payerfsp")
    (tmp_path / "ca.crl").write_bytes(pem(scheme.revoke(revoked[0])))
    with serving_gateway(chart, scheme, tmp_path, {"/lists/ca.crl": f"{tmp_path}/ca.crl"}) as served:
        status, body, seen = ask(served, revoked)
        assert (status, "3000" in body, seen) == (401, True, [])
        assert ask(served, other)[0] == 202


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("revoked={AB:CD}", "revoked: 'AB:CD' is not a SHA-1 fingerprint"),
        ("proxies={proxy 1}", "proxies: 'proxy 1' is not a participant's name"),
        ('suspended={a";}', "suspended: 'a\";' is not a participant's name"),
        ("hubName=a b", "hubName: 'a b' is not a participant's name"),
    ],
)
def test_a_list_that_cannot_be_meant_is_no_release(mojaloop, tmp_path, setting, message):
    with pytest.raises(AssertionError, match=re.escape(message)):
        render_azure_chart(mojaloop["standard"], tmp_path, PLACES, *MUTUAL_TLS, f"gateway.mutualTls.{setting}")


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_message_that_asks_says_what_it_accepts(gateway, scheme, method):
    headers = {key: value for key, value in HEADERS.items() if key != "Accept"}
    status, body, seen = ask(gateway, scheme.issue_with_key("payerfsp"), headers, method)
    assert (status, "header Accept" in body, seen) == (400, True, [])


def test_a_callback_need_not_say_what_it_accepts(gateway, scheme):
    headers = {key: value for key, value in HEADERS.items() if key != "Accept"}
    assert ask(gateway, scheme.issue_with_key("payerfsp"), headers, "PUT", "/transfers/1")[0] == 202


@pytest.mark.parametrize("name", ["FSPIOP-Source", "Date", "Content-Type"])
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


def test_the_log_says_who_called_with_which_certificate(gateway, scheme):
    pair = scheme.issue_with_key("loggedfsp")
    ask(gateway, pair)
    wanted = f'"POST /transfers HTTP/1.1" 403 loggedfsp {thumbprint(pair[0]).lower()} payerfsp'
    for _ in range(100):  # it is written after the answer
        if wanted in (gateway[2] / "access.log").read_text():
            return
        time.sleep(0.05)
    raise AssertionError(f"not logged: {wanted}")


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
