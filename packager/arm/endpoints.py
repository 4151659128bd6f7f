"""Addresses of the public cloud in a text of a template, written so that `environment()` gives them.

Only what `environment()` says in the public cloud, letter by letter, is replaced: the text means the same there.
"""

import re
from collections.abc import Iterator
from typing import Any

from packager.data.clouds import ENVIRONMENTS, PUBLIC

# Where the property is in what environment() returns.
_PROPERTIES: tuple[tuple[str | int, ...], ...] = (
    ("batch",),
    ("gallery",),
    ("graph",),
    ("resourceManager",),
    ("activeDirectoryDataLake",),
    ("authentication", "loginEndpoint"),
    ("authentication", "audiences", 0),
    ("suffixes", "azureDatalakeAnalyticsCatalogAndJob"),
    ("suffixes", "azureDatalakeStoreFileSystem"),
    ("suffixes", "keyvaultDns"),
    ("suffixes", "sqlServerHostname"),
    ("suffixes", "storage"),
)
# Names below the suffix of storage that other clouds do not form like that.
_NO_STORAGE = r"(?<!batch\.)(?<!management\.)"
_WORD = re.compile(r"(?P<literal>'(?:[^']|'')*+')|(?P<call>[A-Za-z_][\w.]*+\s*\()|(?P<open>[(\[])|(?P<close>[)\]])")


def _said(path: tuple[str | int, ...]) -> tuple[str, str]:
    """What the public cloud says at that place, in lower case, and the expression that asks for it."""
    value: Any = ENVIRONMENTS[PUBLIC]
    for step in path:
        value = value[step]
    asked = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return str(value).lower(), f"environment(){asked}"


_ASKED = dict(map(_said, _PROPERTIES))
_VALUE = re.compile(
    "|".join((_NO_STORAGE if one.startswith("core.") else "") + re.escape(one) for one in _ASKED), re.IGNORECASE
)


def asking_environment(text: str) -> str:
    """The text with every address that `environment()` knows asked for; the text itself when it has none."""
    if text.startswith("[[") or _VALUE.search(text) is None:
        return text
    if text.startswith("[") and text.endswith("]"):
        return f"[{''.join(_expression(text[1:-1]))}]"
    pieces = list(_pieces(text))
    return f"[{_joined(pieces)}]"


def _expression(text: str) -> Iterator[str]:
    """The expression with its literals taken apart; those in a `concat` become more arguments of it."""
    around: list[str] = []
    position = 0
    for found in _WORD.finditer(text):
        yield text[position : found.start()]
        position = found.end()
        word = found.group()
        if found["literal"] and _VALUE.search(word):
            pieces = list(_pieces(word[1:-1].replace("''", "'")))
            yield ", ".join(pieces) if around[-1:] == ["concat"] else _joined(pieces)
            continue
        if found["close"]:
            del around[-1:]
        elif not found["literal"]:
            around.append(word[:-1].strip().lower())
        yield word
    yield text[position:]


def _pieces(text: str) -> Iterator[str]:
    position = 0
    for found in _VALUE.finditer(text):
        yield from _literal(text[position : found.start()])
        yield _ASKED[found.group().lower()]
        position = found.end()
    yield from _literal(text[position:])


def _literal(text: str) -> Iterator[str]:
    if text:
        yield "'" + text.replace("'", "''") + "'"


def _joined(pieces: list[str]) -> str:
    return pieces[0] if len(pieces) == 1 else f"concat({', '.join(pieces)})"
