"""Charts of repositories that are at hand: the folder that PACKAGER_CHART_DIR names."""

import pathlib
from collections.abc import Iterator, Mapping

from packager.errors import PackagerError
from packager.helm.archive import METADATA, pack, read_metadata
from packager.helm.charts import read_chart
from packager.offer.repository import Repository
from packager.source.document import Document

VARIABLE = "PACKAGER_CHART_DIR"
OCI = "oci://"
MOST_BYTES = 100 * 1024 * 1024


def chart_at_hand(environment: Mapping[str, str], name: str, version: str) -> bytes | None:
    """The archive of a chart: `<name>-<version>.tgz`, or packed from the folder `<name>-<version>` or `<name>`.

    None where there is none of exactly that name and version, or none that can be read.
    """
    folder = environment.get(VARIABLE)
    if not folder or "/" in name + version or "\\" in name + version:
        return None
    return next((data for data in _candidates(pathlib.Path(folder), name, version) if _is(data, name, version)), None)


def pull_words(repository: str, name: str, version: str) -> tuple[str, ...]:
    """What to ask helm for to fetch a chart: the words behind `helm`."""
    target = (f"{repository.rstrip('/')}/{name}",) if repository.startswith(OCI) else (name, "--repo", repository)
    return ("pull", *target, "--version", version)


def _candidates(folder: pathlib.Path, name: str, version: str) -> Iterator[bytes]:
    archive = folder / f"{name}-{version}.tgz"
    try:
        if archive.is_file() and archive.stat().st_size <= MOST_BYTES:
            yield archive.read_bytes()
        for inner in (f"{name}-{version}", name):
            if (folder / inner / METADATA).is_file():
                chart, _ = read_chart(Repository(folder), inner)
                if chart is not None:
                    yield pack(chart)
    except (OSError, ValueError, PackagerError):
        return


def _is(data: bytes, name: str, version: str) -> bool:
    try:
        metadata = Document.from_bytes(METADATA, read_metadata(data)).value
    except PackagerError:
        return False
    return isinstance(metadata, dict) and (metadata.get("name"), metadata.get("version")) == (name, version)
