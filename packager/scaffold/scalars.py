"""Texts as they are written into YAML: plain where that reads as the same text, else in quotes."""

import json

from packager.source.document import Document
from packager.source.lazy import lazy_pattern

_PLAIN = lazy_pattern(r"[A-Za-z0-9_./-]+")


def scalar(text: str) -> str:
    """`text` as a YAML scalar that stands in block and in flow mappings."""
    if _PLAIN.fullmatch(text) and Document.from_text("scalar.yaml", text).value == text:
        return text
    return json.dumps(text, ensure_ascii=False)  # JSON strings are YAML strings
