"""Whether a text in a payload is a secret in the clear: told by the name that it stands under, and by what it is."""

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from typing import Any

from packager.checks.credentialnames import is_credential, plain
from packager.helm.literals import is_placeholder
from packager.source.lazy import lazy_pattern

_KEYS = lazy_pattern(r".*(?:apikey|privatekey|secretkey|signingkey|encryptionkey|masterkey|storagekey|passphrase)")
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
_AZURE_KEY = lazy_pattern(r"[A-Za-z0-9+/]{86}==")  # of a storage account and the like
# Filled in by what reads the text: formats of C and Python, variables of shells, calls.
_FORMAT = lazy_pattern(r"%[a-z]|.*[$(){}\[\]<>].*")
_EVIDENT = lazy_pattern(r"(?=.*[0-9])(?=.*[A-Za-z])\S{6,200}")
_OPTION = lazy_pattern(r"--?([A-Za-z][\w.-]{0,80})(?:=(.*))?", re.DOTALL)
_LINE = lazy_pattern(
    r"[ \t]*(?:export[ \t]+)?[\"']?([A-Za-z][\w.-]{0,120})[\"']?[ \t]{0,4}[=:][ \t]{0,4}(\S[^\r\n]{0,300})"
)
_COMMENTS = ("#", ";", "//", "--", "*")
_RANDOM = 16  # characters from which letters and digits without a mark are no name that somebody chose
_LONGEST = 4_000
_LONGEST_TEXT = 200_000


def is_secret(name: str, value: Any) -> bool:
    """Whether a value under a name is a secret that everyone can read.

    A text that is filled in later is none, nor is the name or the path of something that holds the secret.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return abs(value) > 9_999 and plain(name).endswith(("password", "passwd", "pwd"))
    if not isinstance(value, str) or not value.strip():
        return False
    if has_credentials(value):
        return True  # even where another part of it is filled in later
    if is_placeholder(value) or _WORD.fullmatch(value):
        return False
    if _AZURE_KEY.fullmatch(value) and plain(name).endswith("key") and not plain(name).endswith("publickey"):
        return True
    if not is_credential(name) and not _KEYS.fullmatch(plain(name)):
        return False
    if plain(name).endswith("connectionstring") or _PATH.fullmatch(value):
        return False
    return _SECRETS.fullmatch(plain(name)) is not None or not _is_name(value)


def has_credentials(value: str) -> bool:
    """Whether a text is an address or a connection string with a password in it."""
    found = _ADDRESS.search(value[:_LONGEST]) or _PART.search(value[:_LONGEST])
    if found is None or is_placeholder(found[1]):
        return False
    return not _FORMAT.match(found[1]) and not _WORD.fullmatch(found[1])


def secret_arguments(arguments: Sequence[Any]) -> Iterator[tuple[int, str]]:
    """The arguments that are secrets, or hold one (`--password=x`, `--password x`): position, name of the option."""
    before = ""
    for position, argument in enumerate(arguments):
        text = argument[:_LONGEST] if isinstance(argument, str) else ""
        option = _OPTION.fullmatch(text)
        name, value = (option[1], option[2] or "") if option is not None else (before, text)
        before = option[1] if option is not None and option[2] is None else ""
        if _is_evident_secret(name, value):
            yield position, name


def secret_lines(text: str) -> Iterator[str]:
    """The names in a text of several lines, `name=value` or `name: value`, under which a secret stands."""
    for line in text[:_LONGEST_TEXT].splitlines():
        found = _LINE.match(line) if not line.lstrip().startswith(_COMMENTS) else None
        if found is not None and _is_evident_secret(found[1], found[2].strip().rstrip(",").strip("\"'")):
            yield found[1]


def _is_evident_secret(name: str, value: str) -> bool:
    """Whether a text is a secret that is no word of a language, no variable and no call."""
    if has_credentials(value):
        return True
    return not _FORMAT.match(value) and _EVIDENT.fullmatch(value) is not None and is_secret(name, value)


def is_secret_datum(key: str, value: Any, *, encoded: bool) -> bool:
    """Whether a member of a Secret is one; `encoded` tells that it is written in base64."""
    text = decoded(value) if encoded and isinstance(value, str) else value
    if not isinstance(text, str) or not text.strip() or is_placeholder(text) or _CERTIFICATE in text:
        return False
    if has_credentials(text):
        return True
    return not _BESIDE.fullmatch(plain(key)) and not _WORD.fullmatch(text) and text.strip() not in {"{}", "[]"}


def decoded(text: str) -> str:
    """The text in base64; what is no text, or no base64, as it is."""
    try:
        return base64.b64decode(text, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return text


def _is_name(value: str) -> bool:
    if not _NAME.fullmatch(value):
        return False
    mixed = value.isalnum() and not value.isalpha()
    return not (mixed and len(value) >= _RANDOM)
