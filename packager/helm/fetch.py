"""Charts fetched from their repositories with `helm pull`. Nothing but locking does that."""

from typing import NamedTuple

from packager.helm.messages import template_messages
from packager.helm.program import Helm
from packager.helm.shelf import MOST_BYTES, OCI, pull_words
from packager.source.lazy import lazy_pattern

_NAME = lazy_pattern(r"[A-Za-z0-9][\w.-]{0,250}")


class Fetched(NamedTuple):
    """The archive of a chart, or why it could not be had."""

    data: bytes | None
    reason: str | None = None


def fetch(helm: Helm, repository: str, name: str, version: str) -> Fetched:
    """The archive of exactly that version."""
    if not repository.startswith(("https://", "http://", OCI)):
        return Fetched(None, f"'{repository}' is no address of a chart repository")
    if not _NAME.fullmatch(name):
        return Fetched(None, f"'{name}' is no name of a chart")
    if "/" in version or "\\" in version:
        return Fetched(None, f"'{version}' is no version of a chart")
    folder = helm.folder / "fetched"
    folder.mkdir(exist_ok=True)
    answer = helm.run(*pull_words(repository, name, version), "--destination", str(folder), network=True)
    if answer.failure:
        return Fetched(None, f"helm pull was stopped: {answer.failure}")
    if answer.code:
        return Fetched(None, template_messages(answer.err)[0].text)
    archive = folder / f"{name}-{version}.tgz"
    if not archive.is_file():
        return Fetched(None, f"the repository gave another version than {version}")
    if archive.stat().st_size > MOST_BYTES:
        return Fetched(None, f"the chart has more than {MOST_BYTES // 1024 // 1024} MB")
    return Fetched(archive.read_bytes())
