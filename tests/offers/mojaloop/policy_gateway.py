"""A small API Management: runs the policies that the templates bring, with real certificates and a Function of tests.

Only the policies that this offer uses are known; any other element, attribute or named value is refused.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.oid import NameOID

from . import policy_expressions as csharp
from .certificates import thumbprint

SHORT = {
    NameOID.COMMON_NAME: "CN",
    NameOID.ORGANIZATION_NAME: "O",
    NameOID.COUNTRY_NAME: "C",
    NameOID.ORGANIZATIONAL_UNIT_NAME: "OU",
}


@dataclass
class Request:
    """What a participant sends; header names are compared without case."""

    method: str = "POST"
    api: str = "transfers"
    headers: dict[str, str] = field(default_factory=dict)
    certificate: x509.Certificate | None = None
    body: bytes = b"{}"


@dataclass
class Response:
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""


class Returned(Exception):
    """`return-response` ends everything."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


class PolicyFailed(Exception):
    """A policy's own error, which goes to on-error."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source, self.reason = source, reason


class Headers(dict[str, str]):
    """Headers of a message as policies see them."""

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__({name.lower(): value for name, value in values.items()})

    def GetValueOrDefault(self, name: str, default: str) -> str:  # noqa: N802
        return self.get(name.lower(), default)


class Regex:
    """System.Text.RegularExpressions.Regex; the patterns used here mean the same in Python."""

    @staticmethod
    def Matches(text: str, pattern: str) -> Any:  # noqa: N802
        return SimpleNamespace(Count=len(re.findall(pattern, text)))

    @staticmethod
    def Match(text: str, pattern: str) -> Any:  # noqa: N802
        found = re.search(pattern, text)
        groups = [found[0], *found.groups("")] if found else []
        return SimpleNamespace(Groups=Groups([SimpleNamespace(Value=value) for value in groups]))


class Groups(list[Any]):
    """Groups of a match: one that is not there is empty, not an error."""

    def __getitem__(self, index: Any) -> Any:
        return super().__getitem__(index) if index < len(self) else SimpleNamespace(Value="")


def windows_name(name: x509.Name) -> str:
    """A distinguished name as .NET prints it: last part first, quotes where a value has a comma, quote or plus."""
    parts = []
    for part in reversed(list(name)):
        value = str(part.value)
        quoted = '"' + value.replace('"', '""') + '"' if re.search(r'[,+"=<>#;]', value) else value
        parts.append(f"{SHORT[part.oid]}={quoted}")
    return ", ".join(parts)


class Gateway:
    """`texts` are the policies by name, `function(url, headers)` answers a status or None when nobody is there."""

    def __init__(
        self,
        texts: Mapping[str, str],
        named: Mapping[str, str],
        trusted: list[x509.Certificate],
        function: Callable[[str, dict[str, str]], int | None],
    ) -> None:
        self.texts, self.named, self.trusted, self.function = texts, named, trusted, function
        self.cache: dict[str, tuple[float, str]] = {}
        self.calls: dict[str, int] = {}
        self.asked: list[str] = []
        self.clock = 0.0
        self.now = datetime.now(UTC)
        self.backend: Callable[[str, dict[str, str]], Response] = lambda backend, headers: Response(202)

    def handle(self, request: Request) -> Response:
        """What the participant gets."""
        run = Run(self, request)
        api, service = self.parse("api"), self.parse("service")
        try:
            run.all(api.find("inbound"), service.find("inbound"))
            response = self.backend(run.backend_id, dict(run.headers))
            run.response = response
            run.all(api.find("outbound"), service.find("outbound"))
        except Returned as returned:
            return returned.response
        except (PolicyFailed, csharp.NullReference) as error:
            run.context["LastError"] = SimpleNamespace(
                Source=getattr(error, "source", "expression"), Reason=getattr(error, "reason", "")
            )
            try:
                run.all(api.find("on-error"), service.find("on-error"))
            except Returned as returned:
                return returned.response
            raise AssertionError("on-error answers nothing") from error
        return response

    def parse(self, name: str) -> ET.Element:
        """The policy with its named values filled in, as the service does before it compiles."""

        def value(match: re.Match[str]) -> str:
            return self.named[match[1]]

        return ET.fromstring(re.sub(r"\{\{([\w-]+)\}\}", value, self.texts[name]))


class Run:
    """One request on its way through the policies."""

    def __init__(self, gateway: Gateway, request: Request) -> None:
        self.gateway, self.request, self.headers = gateway, request, Headers(request.headers)
        self.variables: dict[str, Any] = {}
        self.backend_id = ""
        self.response: Response | None = None
        certificate = request.certificate
        shown = certificate and SimpleNamespace(
            SubjectName=SimpleNamespace(Name=windows_name(certificate.subject)), Thumbprint=thumbprint(certificate)
        )
        self.context: dict[str, Any] = {
            "Request": SimpleNamespace(Headers=self.headers, Method=request.method, Certificate=shown),
            "Variables": self.variables,
            "Api": SimpleNamespace(Path=request.api),
        }

    def all(self, section: ET.Element | None, base: ET.Element | None) -> None:
        assert section is not None
        for element in section:
            if element.tag == "base":
                self.all(base, None) if base is not None else None
            else:
                self.one(element)

    def one(self, element: ET.Element) -> None:
        name = element.tag.replace("-", "_")
        if not hasattr(self, f"do_{name}"):
            raise AssertionError(f"unknown policy {element.tag}")
        getattr(self, f"do_{name}")(element)

    def value(self, text: str | None) -> Any:
        text = (text or "").strip()
        if not text.startswith("@("):
            return text
        assert text.endswith(")"), text
        system = SimpleNamespace(Text=SimpleNamespace(RegularExpressions=SimpleNamespace(Regex=Regex)))
        return csharp.evaluate(text[2:-1], {"context": self.context, "System": system})

    def do_choose(self, element: ET.Element) -> None:
        for branch in element:
            if branch.tag == "otherwise":
                return self.all(branch, None)
            assert branch.tag == "when"
            condition = self.value(branch.get("condition"))
            assert isinstance(condition, bool), branch.get("condition")
            if condition:
                return self.all(branch, None)
        return None

    def do_include_fragment(self, element: ET.Element) -> None:
        self.all(self.gateway.parse(element.attrib["fragment-id"]), None)

    def do_set_header(self, element: ET.Element) -> None:
        target = self.headers if self.response is None else self.response.headers
        name = element.attrib["name"]
        key = next((known for known in target if known.lower() == name.lower()), name.lower())
        if element.attrib["exists-action"] == "delete":
            target.pop(key, None)
        else:
            assert element.attrib["exists-action"] == "override"
            target[key] = self.value(element.findtext("value"))

    def do_set_variable(self, element: ET.Element) -> None:
        self.variables[element.attrib["name"]] = self.value(element.attrib["value"])

    def do_return_response(self, element: ET.Element) -> None:
        status = element.find("set-status")
        assert status is not None and status.get("reason")
        headers = {one.attrib["name"]: self.value(one.findtext("value")) for one in element.findall("set-header")}
        raise Returned(Response(int(status.attrib["code"]), headers, (element.findtext("set-body") or "").strip()))

    def do_validate_content(self, element: ET.Element) -> None:
        assert element.attrib["size-exceeded-action"] == "prevent"
        if len(self.request.body) > int(element.attrib["max-size"]):
            raise PolicyFailed("validate-content", "ContentTooLarge")

    def do_validate_client_certificate(self, element: ET.Element) -> None:
        certificate, gateway = self.request.certificate, self.gateway
        for attribute in ("validate-trust", "validate-not-before", "validate-not-after"):
            assert element.attrib[attribute] == "true"
        assert element.attrib["ignore-error"] == "false"
        assert certificate is not None
        if not certificate.not_valid_before_utc <= gateway.now <= certificate.not_valid_after_utc:
            raise PolicyFailed("validate-client-certificate", "ClientCertificateExpired")
        issuer = next((one for one in gateway.trusted if issued(certificate, one)), None)
        if issuer is None:
            raise PolicyFailed("validate-client-certificate", "ClientCertificateNotTrusted")
        accepted = [identity.attrib["issuer-thumbprint"] for identity in element.findall("identities/identity")]
        if accepted and thumbprint(issuer) not in accepted:
            raise PolicyFailed("validate-client-certificate", "ClientCertificateIdentityNotMatched")

    def do_cache_lookup_value(self, element: ET.Element) -> None:
        ends, value = self.gateway.cache.get(self.value(element.attrib["key"]), (0.0, ""))
        fresh = ends > self.gateway.clock
        self.variables[element.attrib["variable-name"]] = (
            value if fresh else self.value(element.attrib["default-value"])
        )

    def do_cache_store_value(self, element: ET.Element) -> None:
        ends = self.gateway.clock + int(self.value(element.attrib["duration"]))
        self.gateway.cache[self.value(element.attrib["key"])] = (ends, self.value(element.attrib["value"]))

    def do_send_request(self, element: ET.Element) -> None:
        assert (element.attrib["mode"], element.attrib["ignore-error"]) == ("new", "true")
        assert element.findtext("set-method") == "GET"
        url = self.value(element.findtext("set-url"))
        headers = {one.attrib["name"]: self.value(one.findtext("value")) for one in element.findall("set-header")}
        self.gateway.asked.append(url)
        status = self.gateway.function(url, headers)
        self.variables[element.attrib["response-variable-name"]] = (
            None if status is None else SimpleNamespace(StatusCode=status)
        )

    def do_rate_limit_by_key(self, element: ET.Element) -> None:
        key = self.value(element.attrib["counter-key"])
        self.gateway.calls[key] = self.gateway.calls.get(key, 0) + 1
        if self.gateway.calls[key] > int(element.attrib["calls"]):
            raise PolicyFailed("rate-limit-by-key", "RateLimitExceeded")

    def do_set_backend_service(self, element: ET.Element) -> None:
        self.backend_id = self.value(element.attrib["backend-id"])


def issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether `issuer` signed the certificate."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
