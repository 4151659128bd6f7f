"""Takes secrets out of what is shown or kept: tokens, the queries of signed addresses, and what was noted as secret."""

from packager.source.lazy import lazy_pattern

SHOWN = "<redacted>"
# The query of an address that carries a signature, whatever else is in it.
_SIGNED = lazy_pattern(r"\?[^\s\"'<>?]*?\bsig(?:=|%3[dD])[^\s\"'<>]*")
_PAIR = lazy_pattern(
    r"(?i)\b(sig|client_secret|client_assertion|access_token|refresh_token|password|assertion|oidctoken)"
    r"(\"?\s*[=:]\s*\"?)[^\s\"'&<>,}]+"
)
_BEARER = lazy_pattern(r"(?i)\b(bearer|sharedaccesssignature|sharedkey)\s+[A-Za-z0-9._~+/=:\-]{8,}")
_JWT = lazy_pattern(r"\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)?")
# A secret that is this short would be found everywhere.
_LEAST = 8

_noted: set[str] = set()


def note_secret(text: str) -> None:
    """Never show `text` in this process, wherever it turns up."""
    if len(text) >= _LEAST:
        _noted.add(text)


def redact(text: str) -> str:
    """`text` without secrets."""
    for secret in _noted:
        text = text.replace(secret, SHOWN)
    text = _SIGNED.sub(f"?{SHOWN}", text)
    text = _JWT.sub(SHOWN, text)
    text = _BEARER.sub(rf"\1 {SHOWN}", text)
    return _PAIR.sub(rf"\1\2{SHOWN}", text)


def is_signed(url: str) -> bool:
    """Whether an address carries a signature, and so is a secret."""
    return _SIGNED.search(url) is not None


def note_signed(url: str) -> str:
    """A signed address, whose query and signature are never shown from now on."""
    query = url.partition("?")[2]
    note_secret(query)
    for part in query.split("&"):
        name, _, value = part.partition("=")
        if name.lower() == "sig":
            note_secret(value)
    return url
