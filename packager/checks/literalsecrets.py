"""Whether a text in a payload is a secret in the clear: told by the name that it stands under, and by what it is."""

import base64
import binascii
from typing import Any

from packager.checks.credentialnames import is_credential, plain
from packager.helm.literals import is_placeholder
from packager.source.lazy import lazy_pattern

_KEYS = lazy_pattern(r".*(?:apikey|privatekey|secretkey|signingkey|encryptionkey|masterkey|passphrase)")
# Under these names stands a secret itself; under others that end in `secret` or `key` mostly the name of one.
_SECRETS = lazy_pattern(
    r".*(?:password|passwd|pwd|passphrase|token|apikey|accountkey|accesskey"
    r"|(?:client|app|application|api|shared|consumer|webhook|jwt|oauth)secret)"
)
_NAME = lazy_pattern(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")
_PATH = lazy_pattern(r"\.{0,2}/[\w./-]*")
_WORD = lazy_pattern(r"(?i:true|false|yes|no|none|null|enabled|disabled|optional|required|[0-9]{1,4}[smhd]?)")
_ADDRESS = lazy_pattern(r"[a-zA-Z][a-zA-Z0-9+.-]{0,20}://[^\s/@:]{0,100}:([^\s/@]{1,200})@")
_PART = lazy_pattern(r"(?i:(?:password|pwd|accountkey|sharedaccesskey|accesskey|secret))\s?=\s?([^;&\s]+)")
_CERTIFICATE = "-----BEGIN CERTIFICATE"
# What often stands beside a secret in the same object, and is none.
_BESIDE = lazy_pattern(
    r".*(?:crt|cert|certificate|pub|username|user|login|host|hostname|server|port|database|dbname|name|url|uri|endpoint"
    r"|region|type|namespace|email|mode|enabled|ca|issuer|tenantid|clientid|subscriptionid)"
)
_RANDOM = 16  # characters from which letters and digits without a mark are no name that somebody chose
_LONGEST = 4_000


def is_secret(name: str, value: Any) -> bool:
    """Whether a value under a name is a secret that everyone can read.

    A text that is filled in later is none, nor is the name or the path of something that holds the secret.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return abs(value) > 9_999 and plain(name).endswith(("password", "passwd", "pwd"))
    if not isinstance(value, str) or not value.strip() or is_placeholder(value) or _WORD.fullmatch(value):
        return False
    if has_credentials(value):
        return True
    if not is_credential(name) and not _KEYS.fullmatch(plain(name)):
        return False
    if plain(name).endswith("connectionstring") or _PATH.fullmatch(value):
        return False
    return _SECRETS.fullmatch(plain(name)) is not None or not _is_name(value)


def has_credentials(value: str) -> bool:
    """Whether a text is an address or a connection string with a password in it."""
    found = _ADDRESS.search(value[:_LONGEST]) or _PART.search(value[:_LONGEST])
    return found is not None and not is_placeholder(found[1])


def is_secret_datum(key: str, value: Any, *, encoded: bool) -> bool:
    """Whether a member of a Secret is one; `encoded` tells that it is written in base64."""
    text = _decoded(value) if encoded else value
    if not isinstance(text, str) or not text.strip() or is_placeholder(text) or _CERTIFICATE in text:
        return False
    if has_credentials(text):
        return True
    return not _BESIDE.fullmatch(plain(key)) and not _WORD.fullmatch(text) and text.strip() not in {"{}", "[]"}


def _decoded(value: Any) -> Any:
    """The text in base64; what is no text, or no base64, as it is."""
    if not isinstance(value, str):
        return value
    try:
        return base64.b64decode(value, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return value


def _is_name(value: str) -> bool:
    if not _NAME.fullmatch(value):
        return False
    mixed = value.isalnum() and not value.isalpha()
    return not (mixed and len(value) >= _RANDOM)
