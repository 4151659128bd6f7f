"""What participants might send to the gateway to be taken for others, or to reach what is not for them."""

import contextlib
import http.client
import re
import ssl

import pytest

from .nginx_program import NGINX
from .participant_gateway import HEADERS, ask, exchange, head

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not NGINX, reason="no nginx: apt-get install nginx-light")]


def test_a_second_sender_does_not_slip_through(gateway, scheme):
    """Newer versions of nginx refuse both, older ones take the first; the second one never reaches a service."""
    headers = [*HEADERS.items(), ("FSPIOP-Source", "payeefsp")]
    status, _, seen = ask(gateway, scheme.issue_with_key("payerfsp"), headers)
    assert status in {202, 403}
    assert [one["fspiop-source"] for one in seen] == ["payerfsp"] * len(seen)


@pytest.mark.parametrize("name", ["x-client-id", "X-Client-Id", "X_Client_Id", "x_client-id"])
def test_nobody_names_himself_to_the_switch(gateway, scheme, name):
    headers = [*HEADERS.items(), (name, "payeefsp"), (name, "otherfsp")]
    _, _, [seen] = ask(gateway, scheme.issue_with_key("payerfsp"), headers)
    assert {key: value for key, value in seen.items() if "client" in key} == {"x-client-id": "payerfsp"}


@pytest.mark.parametrize("names", [("FSPIOP_Source", "FSPIOP-Source"), ("FSPIOP-Source", "FSPIOP_Source")])
def test_a_header_with_an_underscore_is_no_sender(gateway, scheme, names):
    """nginx calls both by one name."""
    rest = [(key, value) for key, value in HEADERS.items() if key != "FSPIOP-Source"]
    values = {"FSPIOP_Source": "payerfsp", "FSPIOP-Source": "payeefsp"}
    status, body, seen = ask(
        gateway, scheme.issue_with_key("payerfsp"), [*rest, *((name, values[name]) for name in names)]
    )
    assert (status, "3100" in body, seen) == (403, True, [])


def test_an_empty_proxy_before_a_real_one_makes_no_proxy(gateway, scheme):
    headers = [*(HEADERS | {"FSPIOP-Source": "payeefsp"}).items(), ("FSPIOP-Proxy", ""), ("FSPIOP-Proxy", "payerfsp")]
    status, _, seen = ask(gateway, scheme.issue_with_key("payerfsp"), headers)
    assert (status, seen) == (403, [])


@pytest.mark.parametrize(
    "path",
    [
        "/transfers/\\..\\..\\endpointcache",  # an address in Node's eyes: /endpointcache
        "/transfers/..\\..\\endpointcache",
        "/transfers/%5c..%5c..%5cendpointcache",
        "/transfers/../endpointcache",
        "/transfers/%2e%2e/endpointcache",
        "/transfers/.%2E/endpointcache",
        "/transfers/..%2fendpointcache",
        "/transfers/x/../../transfers",
        "/endpointcache/../transfers",
        "/endpointcache%2f..%2ftransfers",
        "/transfers/./1",
        "//endpointcache",
        "/transfersx",
        "/Transfers",
        "http://moja-centralledger-service/participants/\\..\\..\\health",
    ],
)
def test_a_path_that_can_be_read_in_two_ways_is_not_there(gateway, scheme, path):
    status, body, seen = ask(gateway, scheme.issue_with_key("payerfsp"), method="DELETE", path=path)
    assert (status, "3002" in body, seen) == (404, True, [])


def test_ids_keep_what_they_are_made_of(gateway, scheme):
    stub = gateway[1]["ml-api-adapter-service"]
    path = "/transfers/a%2Fb%20..c%2B?x=..//%5c"
    assert ask(gateway, scheme.issue_with_key("payerfsp"), method="GET", path=path)[0] == 202
    assert [call[1] for call in stub.calls] == [path]


@pytest.mark.parametrize("method", ["OPTIONS", "HEAD", "PROPFIND"])
def test_other_methods_are_not_there(gateway, scheme, method):
    status, _, seen = ask(gateway, scheme.issue_with_key("payerfsp"), method=method)
    assert (status, seen) == (404, [])


@pytest.mark.parametrize(
    "lengths",
    [
        ["Transfer-Encoding: chunked", "Content-Length: 5"],
        ["Content-Length: 0", "Content-Length: 5"],
        ["Transfer-Encoding: xchunked"],
        ["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"],
    ],
)
def test_a_body_whose_end_is_not_certain_is_refused(gateway, scheme, lengths):
    request = ["POST /transfers HTTP/1.1", *head(), *lengths]
    answer = exchange(
        gateway, scheme.issue_with_key("payerfsp"), *request, body=b"0\r\n\r\nGET /health HTTP/1.1\r\n\r\n"
    )
    assert re.match(r"HTTP/1\.1 (400|501) ", answer)
    assert "errorInformation" in answer
    assert gateway[1]["ml-api-adapter-service"].headers == []


def test_a_chunked_body_arrives_whole(gateway, scheme):
    request = ["POST /transfers HTTP/1.1", *head(), "Transfer-Encoding: chunked"]
    answer = exchange(gateway, scheme.issue_with_key("payerfsp"), *request, body=b"2\r\n{}\r\n0\r\n\r\n")
    assert answer.startswith("HTTP/1.1 202 ")
    [seen] = gateway[1]["ml-api-adapter-service"].headers
    assert (seen.get("content-length"), "transfer-encoding" in seen) == ("2", False)


@pytest.mark.parametrize(
    ("request_line", "more", "status", "code"),
    [
        ("POST /transfers HTTP/1.1", {"Content-Length": "524289"}, 400, "3104"),
        # Longer than nginx's buffer, short enough to be sent before nginx closes.
        ("POST /transfers HTTP/1.1", {"X-Long": "x" * 10_000}, 400, "3101"),
        (f"GET /transfers/{'x' * 10_000} HTTP/1.1", {}, 400, "3101"),
        ("GET /transfers/%00 HTTP/1.1", {}, 400, "3101"),
        ("GET /../.. HTTP/1.1", {}, 400, "3101"),
        ("POST /transfers HTTP/1.1", {"Content-Length": "-1"}, 400, "3101"),
        ("TRACE /transfers HTTP/1.1", {}, 404, "3002"),
        ("POST /transfers HTTP/7.0", {}, 400, "3101"),
    ],
)
def test_nginx_itself_refuses_in_the_words_of_the_api(gateway, scheme, request_line, more, status, code):
    answer = exchange(gateway, scheme.issue_with_key("payerfsp"), request_line, *head(**more))
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert f'"errorCode": "{code}"' in answer
    assert gateway[1]["ml-api-adapter-service"].headers == []


def test_plain_http_is_refused_in_the_words_of_the_api(gateway):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", gateway[0], timeout=10)) as connection:
        connection.request("POST", "/transfers", headers=HEADERS)
        answer = connection.getresponse()
        assert (answer.status, "3000" in answer.read().decode()) == (400, True)


@pytest.mark.parametrize(
    "offer",
    [
        {
            "maximum_version": ssl.TLSVersion.TLSv1_1,
            "minimum_version": ssl.TLSVersion.TLSv1,
            "ciphers": "ALL@SECLEVEL=0",
        },
        {"maximum_version": ssl.TLSVersion.TLSv1_2, "ciphers": "ECDHE-ECDSA-AES128-SHA"},
        {"maximum_version": ssl.TLSVersion.TLSv1_2, "ciphers": "ECDHE-ECDSA-AES256-SHA384"},
    ],
)
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_what_is_weak_in_tls_is_not_spoken(gateway, scheme, offer):
    with pytest.raises((ssl.SSLError, ConnectionError)):
        exchange(gateway, scheme.issue_with_key("payerfsp"), "POST /transfers HTTP/1.1", *head(), **offer)
