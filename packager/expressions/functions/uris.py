"""Addresses: joining, escaping, taking apart."""

import re
from urllib.parse import quote, unquote, urljoin, urlsplit

from packager.expressions.errors import INVALID_URI, ExpressionError
from packager.expressions.function import function
from packager.expressions.kinds import INTEGER, NULL, OBJECT, STRING
from packager.expressions.values import KINDS, Value, kind_of
from packager.source.lazy import lazy_pattern

_SCHEME = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ESCAPES = lazy_pattern(r"(?:%[0-9A-Fa-f]{2})+")
_PORTS = {"http": 80, "https": 443, "ftp": 21, "ws": 80, "wss": 443}


@function(
    STRING,
    STRING,
    gives=STRING,
    example="uri('http://contoso.org/firstpath', 'myscript.sh')",
    result="http://contoso.org/myscript.sh",
)
def uri(base_uri: str, relative_uri: str) -> str:
    """An address relative to another: without a slash at its end, the last part of the base is replaced."""
    base = _normal(base_uri.strip())
    relative = relative_uri.strip()
    if _SCHEME.match(relative) and urlsplit(relative).netloc:
        return _normal(relative)
    try:
        return urljoin(base, relative.replace("\\", "/"))
    except ValueError as error:
        raise ExpressionError(INVALID_URI, f"'{relative[:80]}' is no address: {error}") from None


def _normal(text: str) -> str:
    """The address with scheme and host in lower case, without the usual port."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _no_uri(text) from None
    if not parts.scheme or not parts.netloc:
        raise _no_uri(text)
    user, at, _ = parts.netloc.rpartition("@")
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    shown = "" if port is None or _PORTS.get(parts.scheme) == port else f":{port}"
    return parts._replace(netloc=f"{user}{at}{host}{shown}", path=parts.path or "/").geturl()


def _no_uri(text: str) -> ExpressionError:
    return ExpressionError(INVALID_URI, f"'{text[:80]}' is no absolute address", None, "start it with https://")


@function(STRING, gives=STRING, example="uriComponent('a/b c')", result="a%2Fb%20c")
def uri_component(string_to_encode: str) -> str:
    """The text with everything escaped but letters, digits, `-`, `.`, `_` and `~`."""
    return quote(string_to_encode, safe="", errors="replace")


@function(STRING, gives=STRING, example="uriComponentToString('a%2Fb%20c')", result="a/b c")
def uri_component_to_string(uri_encoded_string: str) -> str:
    """The text of an escaped one; what is no escape stays as it is."""
    return _ESCAPES.sub(_unescape, uri_encoded_string)


def _unescape(match: re.Match[str]) -> str:
    decoded = unquote(match[0], errors="surrogateescape")
    return "".join(f"%{ord(mark) - 0xDC00:02X}" if "\udc80" <= mark <= "\udcff" else mark for mark in decoded)


@function(STRING, gives=OBJECT, example="parseUri('https://example.com:1234/a?b=1').port", result=1234)
def parse_uri(uri_string: str) -> dict[str, Value]:
    """The parts of an address: scheme, host, port, path and query, as far as it has them."""
    parts = urlsplit(_normal(uri_string.strip()))
    found: dict[str, Value] = {"scheme": parts.scheme, "host": parts.hostname, "port": parts.port}
    if parts.path not in ("", "/"):
        found["path"] = parts.path
    if parts.query:
        found["query"] = f"?{parts.query}"
    return found


@function(
    OBJECT,
    gives=STRING,
    example='buildUri(json(\'{"scheme": "https", "host": "example.com", "path": "/a"}\'))',
    result="https://example.com/a",
)
def build_uri(components: dict[str, Value]) -> str:
    """The address of its parts: scheme and host, and port, path and query when they are given."""
    parts = {key.lower(): value for key, value in components.items()}
    scheme, host = _part(parts, "scheme"), _part(parts, "host")
    if not scheme or not host:
        raise ExpressionError(INVALID_URI, "an address needs a scheme and a host")
    port = parts.get("port")
    if port is not None and kind_of(port) != INTEGER:
        raise ExpressionError(INVALID_URI, "the port of an address is a whole number")
    path, query = _part(parts, "path"), _part(parts, "query")
    path = path if path.startswith("/") else f"/{path}"
    query = f"?{query.removeprefix('?')}" if query else ""
    return _normal(f"{scheme}://{host}{'' if port is None else f':{port}'}{path}{query}")


def _part(parts: dict[str, Value], name: str) -> str:
    value = parts.get(name)
    if KINDS[type(value)] & ~(STRING | NULL):
        kind_of(value)
        raise ExpressionError(INVALID_URI, f"the {name} of an address is a text")
    return value or ""
