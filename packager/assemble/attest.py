"""An in-toto statement of a build: the zip by its digest, and the build record as what is said of it.

It is not signed here: whoever runs the build does that, with the identity of the pipeline.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "urn:packager:build-record:1"


def statement_of(archive: Path) -> Path:
    """Where the statement of a zip lies: beside it, `<name>.intoto.json`."""
    return archive.with_name(f"{archive.stem}.intoto.json")


def statement(record: Mapping[str, Any]) -> dict[str, Any]:
    """The statement as JSON values; like the record it names no time and no machine."""
    archive = record["archive"]
    return {
        "_type": STATEMENT,
        "subject": [{"name": archive["name"], "digest": {"sha256": archive["sha256"]}}],
        "predicateType": PREDICATE,
        "predicate": dict(record),
    }
