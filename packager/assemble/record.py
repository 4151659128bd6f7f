"""The build record: what a zip holds, where each entry came from, and what the checks said."""

from collections.abc import Mapping
from typing import Any

from packager import __version__
from packager.assemble.archive import Archive


def build_record(
    offer: str,
    plan: str,
    version: str,
    archive: Archive,
    sources: Mapping[str, tuple[str, ...]],
    checks: Mapping[str, int],
) -> dict[str, Any]:
    """The record as JSON values; it names no time and no machine, so that it is as reproducible as the zip."""
    return {
        "schema": 1,
        "offer": offer,
        "plan": plan,
        "version": version,
        "archive": {"name": archive.path.name, "bytes": archive.bytes, "sha256": archive.sha256},
        "entries": [
            {"name": one.name, "bytes": one.bytes, "sha256": one.sha256, "sources": list(sources.get(one.name, ()))}
            for one in archive.entries
        ],
        "checks": dict(checks),
        "tool": {"name": "packager", "version": __version__},
    }
