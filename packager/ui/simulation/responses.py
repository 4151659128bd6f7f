"""What Azure answers to a form's calls, taken from a list of responses by method and path."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

_API_VERSION = "api-version"


@dataclass(frozen=True, slots=True)
class Response:
    """An answer: `segments` of its path, of which `*` stands for any, and the query that a call must have."""

    method: str
    segments: tuple[str, ...]
    query: frozenset[tuple[str, str]]
    body: Any


@dataclass(frozen=True, slots=True)
class Responses:
    """Answers in order: the first that fits a call is its answer."""

    entries: tuple[Response, ...] = ()

    def find(self, method: str, path: str) -> Response | None:
        """The answer to a call; None when there is none."""
        segments, query = split(path)
        wanted = method.upper()
        return next((one for one in self.entries if one.method == wanted and _fits(one, segments, query)), None)

    def resources(self, kind: str) -> Iterator[Mapping[str, Any]]:
        """Every resource of a type in the answers, with its id: what pickers have to offer."""
        for entry in self.entries:
            for one in _listed(entry.body):
                if resource_type(one.get("id")) == kind.lower():
                    yield one


NO_RESPONSES = Responses()


def response_of(entry: Mapping[str, Any]) -> Response:
    """An entry of a responses file: `{"method", "path", "response"}`; GET goes without saying."""
    segments, query = split(str(entry.get("path", "")))
    return Response(str(entry.get("method") or "GET").upper(), segments, query, entry.get("response"))


def split(path: str) -> tuple[tuple[str, ...], frozenset[tuple[str, str]]]:
    """The segments of a path in lower case, and its query; an address of the endpoint in front does not count."""
    text = path.partition("#")[0]
    if "://" in text:
        text = text.partition("://")[2].partition("/")[2]
    before, _, after = text.partition("?")
    segments = tuple(unquote(one).lower() for one in before.split("/") if one)
    pairs = (one.partition("=") for one in after.split("&") if one)
    return segments, frozenset((unquote(name).lower(), unquote(value).lower()) for name, _, value in pairs)


def resource_type(resource_id: Any) -> str | None:
    """The type in lower case that a resource id names; None for what is no id of a resource."""
    if not isinstance(resource_id, str):
        return None
    parts = resource_id.lower().split("/providers/")[-1].strip("/").split("/")
    if "/providers/" not in resource_id.lower() or len(parts) < 3 or len(parts) % 2 == 0:
        return None
    return "/".join((parts[0], *parts[1::2]))


def _fits(entry: Response, segments: tuple[str, ...], query: Iterable[tuple[str, str]]) -> bool:
    if len(entry.segments) != len(segments):
        return False
    if any(one not in {"*", other} for one, other in zip(entry.segments, segments, strict=True)):
        return False
    names = {name for name, _ in entry.query}
    asked = frozenset(pair for pair in query if pair[0] != _API_VERSION or _API_VERSION in names)
    return not entry.query or asked == entry.query


def _listed(body: Any) -> Iterator[Mapping[str, Any]]:
    values = body.get("value") if isinstance(body, dict) else None
    for one in values if isinstance(values, list) else [body]:
        if isinstance(one, dict):
            yield one
