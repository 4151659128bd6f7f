"""What a finding is recognised by when the text around it changes."""

from typing import Any

from packager.source.document import ABSENT, Document
from packager.source.span import Path, to_pointer


def stable_pointer(document: Document, path: Path) -> str:
    """The JSON pointer of `path`, with items of lists by type and name where they have them, not by number.

    A Kubernetes object has a kind and, in its metadata, a name.

    So a resource or an element that is put in front of others does not make their findings new ones.
    """
    value = document.value
    steps: list[str | int] = []
    for step in path:
        value = _below(value, step)
        steps.append(_called(value, step) if isinstance(step, int) else step)
    return to_pointer(tuple(steps))


def _below(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(step, ABSENT)
    inside = isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value)
    return value[step] if inside else ABSENT


def _called(item: Any, number: int) -> str | int:
    if not isinstance(item, dict):
        return number
    name, kind, metadata = item.get("name"), item.get("type"), item.get("metadata")
    if isinstance(metadata, dict) and isinstance(item.get("kind"), str):
        name, kind = metadata.get("name"), item["kind"]
    if not isinstance(name, str):
        return number
    return f"{kind} {name}" if isinstance(kind, str) else name
