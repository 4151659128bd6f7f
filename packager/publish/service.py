"""Requests to a service that speaks JSON: tokens, retries, etags, pages, and words for what goes wrong.

What may be repeated without harm is retried; a POST whose answer is lost is not, its sender reads what became of it.
"""

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from packager.errors import UsageError
from packager.publish.failure import LostAnswerError, ServiceError, words_of
from packager.publish.pace import Pace, retry_after
from packager.publish.redact import redact

if TYPE_CHECKING:
    import requests

Token = Callable[[bool], str]
MOST_PAGES = 10_000
LARGEST = 64 << 20
TRANSIENT = frozenset({408, 500, 502, 503, 504})
_REQUEST_IDS = ("Request-ID", "x-ms-request-id", "MS-RequestId", "x-ms-correlation-request-id")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered with success; `body` is None where it is empty."""

    status: int
    body: Any
    headers: Mapping[str, str]


class Service:
    """A service at `base`; `token` gives one for it, a fresh one when it is called with True."""

    def __init__(self, base: str, token: Token, pace: Pace, query: str = "") -> None:
        refuse_insecure(base)
        self.base = base.rstrip("/")
        self._token = token
        self._pace = pace
        self._query = query
        self._session: requests.Session | None = None

    def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            self._session.close()

    def get(self, path: str) -> Any:
        """The body of what is at `path`."""
        return self.send("GET", path).body

    def find(self, path: str) -> Any:
        """The body of what is at `path`; None when there is nothing."""
        try:
            return self.get(path)
        except ServiceError as error:
            if error.status == 404:
                return None
            raise

    def pages(self, path: str) -> Iterator[dict[str, Any]]:
        """Every item of a list, however many pages it has."""
        seen: set[str] = set()
        address: str | None = self.address(path)
        while address is not None:
            if address in seen or len(seen) >= MOST_PAGES:
                raise ServiceError(f"GET {path}: the pages of the answer have no end")
            seen.add(address)
            body = self.send("GET", address).body
            items = body.get("value") if isinstance(body, dict) else None
            if not isinstance(items, list):
                raise ServiceError(f"GET {path}: the answer is no list")
            yield from (item for item in items if isinstance(item, dict))
            address = self._next(body)

    def put(self, path: str, body: Any, etag: str | None = None) -> Any:
        """Replace what is at `path`; with `etag` only while it is still what was read."""
        return self.send("PUT", path, body, etag).body

    def post(self, path: str, body: Any = None) -> Any:
        """Add something. Raises LostAnswerError when it may have been added and nobody knows."""
        return self.send("POST", path, body).body

    def delete(self, path: str) -> None:
        """Take away what is at `path`; nothing there is as good."""
        try:
            self.send("DELETE", path)
        except ServiceError as error:
            if error.status != 404:
                raise

    def send(self, method: str, path: str, body: Any = None, etag: str | None = None) -> Answer:
        """One request, tried again as its method allows. Raises ServiceError, LostAnswerError."""
        told = f"{method} {redact(self.address(path))}"
        refreshed, reason, fresh = False, "", False
        identity = str(uuid.uuid4())
        attempt = 0
        while attempt < self._pace.attempts:
            response, reason, sent = self._try(method, path, body, etag, identity, fresh=fresh)
            fresh = False
            if response is not None and response.status_code == 401 and not refreshed:
                refreshed = fresh = True
                continue
            if response is not None and 200 <= response.status_code < 300:
                answer, reason = _read(response)
                if answer is not None:
                    return answer
            elif response is not None and response.status_code not in {*TRANSIENT, 429}:
                raise _refusal(told, response, identity)
            if method == "POST" and sent and not (response is not None and response.status_code == 429):
                raise LostAnswerError(f"{told}: {reason or _told(response)}; whether it was carried out is not known")
            attempt += 1
            if attempt < self._pace.attempts:
                asked = None if response is None else retry_after(response.headers.get("Retry-After"))
                self._pace.wait(attempt - 1, asked)
            reason = reason or _told(response)
        hint = "run this again later: what was done is kept"
        raise ServiceError(f"{told}: {reason}, {self._pace.attempts} times", hint=hint)

    def address(self, path: str) -> str:
        """The whole address of a path; one of a link of the service has to lead to the same host."""
        if "://" not in path:
            return f"{self.base}{path}{self._query_for(path)}"
        if _origin(path) != _origin(self.base):
            raise ServiceError(f"the service names an address of another host: {path}")
        return path

    def _query_for(self, path: str) -> str:
        return f"{'&' if '?' in path else '?'}{self._query}" if self._query else ""

    def _next(self, body: Mapping[str, Any]) -> str | None:
        link = next((body[key] for key in ("nextLink", "@odata.nextLink", "@nextLink") if body.get(key)), None)
        if link is None:
            return None
        if "://" in str(link):
            return self.address(str(link))
        parts = urlsplit(self.base)
        return urljoin(f"{parts.scheme}://{parts.netloc}/", str(link))

    def _try(
        self, method: str, path: str, body: Any, etag: str | None, identity: str, *, fresh: bool
    ) -> "tuple[requests.Response | None, str, bool]":
        """The response, or why there is none; and whether the request may have reached the service."""
        token = self._token(fresh)
        import requests  # goes with the Azure libraries, which say so when they are missing

        headers = {"Client-Request-ID": identity, "Accept": "application/json"}
        if etag is not None:
            headers["If-Match"] = etag
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode("utf-8")
        try:
            response = self._opened().request(
                method,
                self.address(path),
                data=data,
                headers=headers,
                timeout=(min(self._pace.timeout, 20.0), self._pace.timeout),
                allow_redirects=False,
                auth=_Bearer(token),
            )
        except requests.RequestException as error:
            return None, _reason(error), not _never_sent(error)
        return response, "", True

    def _opened(self) -> "requests.Session":
        if self._session is None:
            import requests  # see _try

            self._session = requests.Session()
        return self._session


class _Bearer:
    """Puts the token into the request; without it the library would take a password from a .netrc file instead."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: Any) -> Any:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def refuse_insecure(address: str) -> None:
    """Raise UsageError for an address that a token must not be sent to: https, or http to this machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if host and (parts.scheme == "https" or (parts.scheme == "http" and host in {"127.0.0.1", "localhost", "::1"})):
        return
    raise UsageError(f"'{redact(address)}' is no address to send a token to", hint="it starts with https://")


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc.lower()


def _read(response: "requests.Response") -> tuple[Answer | None, str]:
    """The answer, or why it cannot be read."""
    if len(response.content) > LARGEST:
        return None, "the answer is too large"
    if not response.content.strip():
        return Answer(response.status_code, None, response.headers), ""
    try:
        return Answer(response.status_code, json.loads(response.content), response.headers), ""
    except (ValueError, RecursionError):
        return None, "the answer is no JSON"


def _told(response: "requests.Response | None") -> str:
    if response is None:
        return "no answer"
    return f"the service answered {response.status_code} {_words(response)}".rstrip()


def _words(response: "requests.Response") -> str:
    try:
        return words_of(json.loads(response.content[:LARGEST]))
    except (ValueError, RecursionError):
        return words_of(response.text[:2_000]) if "html" not in response.headers.get("Content-Type", "") else ""


def _refusal(told: str, response: "requests.Response", identity: str) -> ServiceError:
    named = next((response.headers[name] for name in _REQUEST_IDS if name in response.headers), identity)
    words = _words(response) or response.reason or "no reason given"
    return ServiceError(f"{told}: {response.status_code} {words} (request {named})", response.status_code)


def _reason(error: Exception) -> str:
    import requests  # see Service._try

    if isinstance(error, requests.Timeout):
        return "no answer in time"
    if isinstance(error, requests.ConnectionError):
        return "the connection failed" if _never_sent(error) else "the connection broke"
    return redact(str(error))


def _never_sent(error: Exception) -> bool:
    """Whether a request certainly did not reach the service: there never was a connection."""
    import requests  # see Service._try
    from urllib3.exceptions import NewConnectionError  # goes with requests

    if isinstance(error, requests.ConnectTimeout):
        return True
    inner = error.args[0] if error.args else None
    return isinstance(error, requests.ConnectionError) and isinstance(
        getattr(inner, "reason", inner), NewConnectionError
    )
