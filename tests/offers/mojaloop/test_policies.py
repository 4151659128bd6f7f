"""The policies of API Management, run with certificates that are made here: who is let in, what others are told."""

import json
import re
import xml.etree.ElementTree as ET

import pytest

pytest.importorskip("cryptography", reason="certificates are made with cryptography")
from cryptography.x509.oid import NameOID

from . import policy_expressions as csharp
from .certificates import DAY, Authority, thumbprint
from .policy_gateway import Gateway, Request, Response

SCHEME = Authority("Scheme CA")
PUBLIC = Authority("Some public CA")
PAYER = SCHEME.issue("payerfsp")


@pytest.fixture(scope="module")
def texts(mojaloop):
    """The policies as the package's templates carry them."""
    service = mojaloop["standard"].json("nested/apim.json")["resources"]
    api = mojaloop["standard"].json("nested/apim-api.json")["resources"]
    found = {}
    for resource in [*service, *api]:
        if "/policyFragments" in resource["type"] or resource["type"].endswith("/policies"):
            assert resource["properties"]["format"] == "xml"
            name = {
                "Microsoft.ApiManagement/service/policies": "service",
                "Microsoft.ApiManagement/service/apis/policies": "api",
            }
            key = name.get(resource["type"]) or re.findall(r"'/([\w-]+)'\)\]$", resource["name"])[0]
            found[key] = resource["properties"]["value"]
    return found


@pytest.fixture(scope="module")
def named(mojaloop):
    """Named values that the template sets, with what only a deployment knows filled in."""
    found = {}
    for resource in mojaloop["standard"].json("nested/apim.json")["resources"]:
        if resource["type"].endswith("/namedValues"):
            found[resource["properties"]["displayName"]] = resource["properties"].get("value", "")
    return found | {
        "maintenance": "false",
        "dfsp-auth-url": "https://func.example",
        "dfsp-auth-key": "the key",
        "dfsp-ca-thumbprint": thumbprint(SCHEME.certificate),
    }


@pytest.fixture
def gateway(texts, named):
    def function(url, headers):
        assert headers == {"x-functions-key": "the key"}
        name = url.removeprefix("https://func.example/api/dfsps/").partition("?")[0]
        return {"payerfsp": 200, "proxy": 200, "sleeping": 403}.get(name, 404)

    return Gateway(texts, named, [SCHEME.certificate, PUBLIC.certificate], function)


def request(certificate=PAYER, *, api="transfers", method="POST", without=(), **headers):
    usual = {
        "FSPIOP-Source": "payerfsp",
        "FSPIOP-Destination": "payeefsp",
        "Date": "Thu, 26 Nov 2026 12:00:00 GMT",
        "Accept": f"application/vnd.interoperability.{api}+json;version=1",
        "Content-Type": f"application/vnd.interoperability.{api}+json;version=1.1",
        "FSPIOP-Signature": '{"signature": "abc"}',
    }
    given = usual | {name.replace("_", "-"): value for name, value in headers.items()}
    return Request(method, api, {name: value for name, value in given.items() if name not in without}, certificate)


def error_of(response):
    return response.status, json.loads(response.body)["errorInformation"]["errorCode"]


def test_that_a_participant_is_let_in_and_its_message_stays_as_it_was(gateway):
    seen = {}

    def backend(backend_id, headers):
        seen.update(headers, backend=backend_id)
        return Response(202, {"Content-Type": "application/json", "Server": "nginx", "X-Powered-By": "hapi"})

    gateway.backend = backend
    sent = request(X_Client_Id="payeefsp")
    response = gateway.handle(sent)
    assert (response.status, response.headers) == (202, {"Content-Type": "application/json"})
    assert seen.pop("backend") == "mojaloop-transfers"
    assert seen.pop("x-client-id") == "payerfsp"
    expected = {name.lower(): value for name, value in sent.headers.items()} | {}
    expected.pop("x-client-id")
    assert seen == expected


REFUSED = {
    "unknown": (SCHEME.issue("nobody"), {"FSPIOP_Source": "nobody"}, (403, "3200")),
    "inactive": (SCHEME.issue("sleeping"), {"FSPIOP_Source": "sleeping"}, (403, "3200")),
    "mismatch": (PAYER, {"FSPIOP_Source": "payeefsp"}, (403, "3100")),
    "two senders": (PAYER, {"FSPIOP_Source": "payerfsp,payeefsp"}, (403, "3100")),
    "another case": (PAYER, {"FSPIOP_Source": "PayerFSP"}, (403, "3100")),
    "missing": (None, {}, (401, "3000")),
    "expired": (SCHEME.issue("payerfsp", start=-30 * DAY, end=-DAY), {}, (401, "3000")),
    "not valid yet": (SCHEME.issue("payerfsp", start=DAY), {}, (401, "3000")),
    "of an authority that Azure trusts as well": (PUBLIC.issue("payerfsp"), {}, (401, "3000")),
    "of an unknown authority": (Authority("Scheme CA").issue("payerfsp"), {}, (401, "3000")),
    "forged header": (None, {"X_Client_Id": "payerfsp"}, (401, "3000")),
    "proxy for itself": (SCHEME.issue("proxy"), {"FSPIOP_Source": "proxy", "FSPIOP_Proxy": "proxy"}, (403, "3100")),
    "forged proxy": (PAYER, {"FSPIOP_Source": "payeefsp", "FSPIOP_Proxy": "proxy"}, (403, "3100")),
}


@pytest.mark.parametrize("case", REFUSED)
def test_that_others_are_kept_out(gateway, case):
    certificate, headers, expected = REFUSED[case]
    gateway.backend = lambda *_: pytest.fail("the switch is never asked")
    response = gateway.handle(request(certificate, **headers))
    assert error_of(response) == expected
    assert response.headers["Content-Type"] == "application/vnd.interoperability.transfers+json;version=1.0"


SUBJECTS = {
    "no name": [(NameOID.ORGANIZATION_NAME, "payerfsp")],
    "two names": [(NameOID.COMMON_NAME, "payerfsp"), (NameOID.COMMON_NAME, "payeefsp")],
    "a name inside another part": [(NameOID.COMMON_NAME, "mallory"), (NameOID.ORGANIZATION_NAME, "x, CN=payerfsp, y")],
    "a quote": [(NameOID.COMMON_NAME, 'payerfsp"')],
    "a space": [(NameOID.COMMON_NAME, "payerfsp x")],
    "a part that ends like one": [(NameOID.ORGANIZATION_NAME, "xCN=payerfsp")],
}


@pytest.mark.parametrize("case", SUBJECTS)
def test_that_a_subject_which_can_be_read_in_two_ways_is_refused(gateway, case):
    response = gateway.handle(request(SCHEME.issue(subject=SUBJECTS[case])))
    assert error_of(response) == (403, "3000")
    assert gateway.asked == []


@pytest.mark.parametrize("header", ["FSPIOP-Source", "Date", "Content-Type", "Accept"])
def test_that_headers_are_demanded(gateway, header):
    assert error_of(gateway.handle(request(without=[header]))) == (400, "3102")


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_that_answers_need_no_accept(gateway, method):
    assert gateway.handle(request(method=method, without=["Accept"])).status == 202


def test_that_a_proxy_hands_on_messages_of_others(gateway):
    response = gateway.handle(request(SCHEME.issue("proxy"), FSPIOP_Source="payeefsp", FSPIOP_Proxy="proxy"))
    assert response.status == 202
    assert gateway.asked[0].endswith("&kind=proxy")


def test_that_the_function_is_asked_with_the_certificate(gateway):
    gateway.handle(request())
    assert gateway.asked == [f"https://func.example/api/dfsps/payerfsp?thumbprint={thumbprint(PAYER)}&kind=dfsp"]


def test_that_answers_are_kept_and_refusals_not_as_long(gateway):
    unknown = request(SCHEME.issue("nobody"), FSPIOP_Source="nobody")
    for turn, asked in [(0, 2), (29, 2), (31, 3), (299, 4), (301, 5)]:
        gateway.clock = turn
        assert (gateway.handle(request()).status, gateway.handle(unknown).status) == (202, 403)
        assert len(gateway.asked) == asked, turn


def test_that_another_certificate_of_the_same_name_is_asked_for_anew(gateway):
    gateway.handle(request())
    gateway.handle(request(SCHEME.issue("payerfsp")))
    assert len(gateway.asked) == 2


@pytest.mark.parametrize("status", [None, 401, 500, 503])
def test_that_nobody_is_let_in_when_nobody_can_be_asked(gateway, status):
    gateway.function = lambda url, headers: status
    for _ in range(2):
        assert error_of(gateway.handle(request())) == (503, "2003")
    assert len(gateway.asked) == 2, "a failure is not kept"


def test_that_a_participant_can_call_only_so_often(gateway):
    gateway.named = gateway.named | {"dfsp-calls-per-minute": "2"}
    assert [gateway.handle(request()).status for _ in range(3)] == [202, 202, 429]


def test_that_maintenance_is_told(gateway):
    gateway.named = gateway.named | {"maintenance": "true"}
    assert error_of(gateway.handle(request())) == (503, "2003")


def test_that_large_bodies_are_refused(gateway):
    large = request()
    large.body = b"x" * 600_000
    assert error_of(gateway.handle(large)) == (400, "3104")


def test_that_policies_are_well_formed_and_their_expressions_balanced(texts):
    assert set(texts) == {"service", "api", "fspiop-dfsp-auth", "fspiop-error"}
    for text in texts.values():
        for element in ET.fromstring(text).iter():
            for value in [element.text or "", *element.attrib.values()]:
                if value.strip().startswith("@"):
                    expression = re.sub(r"\{\{[\w-]+\}\}", "x", value.strip())
                    assert csharp.tokens_of(expression[2:-1])
                    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", expression)
                    assert bare.count("(") == bare.count(")")


def test_that_named_values_exist_and_are_used(texts, named):
    used = set(re.findall(r"\{\{([\w-]+)\}\}", "".join(texts.values())))
    assert used == set(named)


def test_that_fragments_exist_before_they_are_included(mojaloop, texts):
    included = set(re.findall(r'fragment-id="([\w-]+)"', "".join(texts.values())))
    assert included == set(texts) - {"service", "api"}
    resources = mojaloop["standard"].json("nested/apim.json")["resources"]
    service = next(one for one in resources if one["type"] == "Microsoft.ApiManagement/service/policies")
    assert "fspiop-error" in json.dumps(service["dependsOn"])
