"""A file of the package holds a key, a signature or a token in the clear.

Every customer can download the package, and certification refuses credentials in it (policy 300.4.4). Every text file
is searched for what looks like one; the sub-id tells what:

- `[account-key]`: `AccountKey=` or `SharedAccessKey=` with a key;
- `[sas]`: the signature of a shared access signature (`sig=`), in an address or a text;
- `[private-key]`: a private key;
- `[token]`: a JSON web token.

Leave it out, and treat it as known: renew it. Take keys at the deployment (`listKeys()`, Key Vault, a managed identity)
and files from the package itself (`_artifactsLocation`).
"""

import re
from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.rules.package.secret_file import secret_kind
from packager.source.document import Document
from packager.source.lazy import lazy_pattern
from packager.source.span import Span
from packager.source.spot import Spot

# Files that hold no text; they would be decoded for nothing.
_BINARY = lazy_pattern(
    r".+\.(?:zip|gz|tgz|tar|bz2|xz|7z|png|jpe?g|gif|ico|pdf|exe|dll|so|bin|jar|war|whl|woff2?|vhdx?)", re.IGNORECASE
)
_LINE = r"(?:\\r|\\n|\s){0,8}"
# Sub-id, what is said, a text without which the pattern cannot fit, and the pattern.
_KINDS = (
    (
        "account-key",
        "the key of an account",
        "Key=",
        lazy_pattern(r"(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{20,90}={0,2}"),
    ),
    ("sas", "the signature of a shared access signature", "sig=", lazy_pattern(r"\bsig=[A-Za-z0-9%+/_-]{16,200}")),
    (
        "private-key",
        "a private key",
        "PRIVATE KEY-----",
        lazy_pattern(rf"-----BEGIN (?:[A-Z]{{2,12}} ){{0,2}}PRIVATE KEY-----{_LINE}[A-Za-z0-9+/]{{16}}"),
    ),
    (
        "token",
        "a JSON web token",
        "eyJ",
        lazy_pattern(r"\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{20,1000}", re.ASCII),
    ),
)
# The key of the storage emulator is the same everywhere and opens nothing.
_EMULATOR = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw"
# What stands beside a signature: in the same address its version, in whatever text another of its parts.
_VERSION = lazy_pattern(r"\bsv=")
_PARTS = lazy_pattern(r"\b(?:sv|se|sp|sr)=")
_END = lazy_pattern(r"[\s\"'<>]")
_LONG, _NEAR = 30, 400


@rule(on="package", severity=Severity.ERROR)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Search every text file that is not reported as a whole."""
    for name, entry in package.bundle.entries.items():
        if not _BINARY.fullmatch(name) and secret_kind(entry) is None:
            yield from _found(package.bundle.document(name))


def _found(document: Document) -> Iterator[Hit]:
    text = document.text
    for sub, what, mark, pattern in _KINDS:
        for match in pattern.finditer(text) if mark in text else ():
            if _EMULATOR not in match.group() and (sub != "sas" or _is_signature(text, match.span())):
                spot = Spot(document, span=Span(match.start(), match.end()))
                message = f"this is {what}, and every customer can read it; leave it out, and renew it"
                yield Hit(spot, message, sub, secret=True)


def _is_signature(text: str, span: tuple[int, int]) -> bool:
    """Whether `sig=` belongs to a shared access signature: a long one near its other parts, or one in an address."""
    start, end = max(0, span[0] - _NEAR), span[1] + _NEAR
    if span[1] - span[0] > _LONG and _PARTS.search(text, start, end):
        return True
    before, after = text[start : span[0]], text[span[1] : end]
    address = _END.split(before)[-1] + _END.split(after, maxsplit=1)[0]
    return "?" in address and _VERSION.search(address) is not None
