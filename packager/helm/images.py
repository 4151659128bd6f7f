"""References to container images: registry, repository, tag, digest, as container runtimes read them."""

from typing import NamedTuple

from packager.source.lazy import lazy_pattern

DEFAULT_REGISTRY = "docker.io"

_LONGEST = 1_000  # characters; a reference has at most 255 before its tag
_ALNUM = r"[a-z0-9]+"
_STEP = rf"{_ALNUM}(?:(?:\.|__?|-+){_ALNUM})*"
_HOST = r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?"
_REFERENCE = lazy_pattern(
    rf"(?:(?P<host>{_HOST})/)?(?P<path>{_STEP}(?:/{_STEP})*)"
    r"(?::(?P<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?P<digest>[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,}))?"
)


class Image(NamedTuple):
    """A reference as it is written: without a registry, it comes from Docker Hub; without tag and digest, `latest`."""

    registry: str | None
    repository: str
    tag: str | None
    digest: str | None

    @property
    def is_fixed(self) -> bool:
        """Whether the reference names a version: a digest, or a tag that is not `latest`."""
        return self.digest is not None or self.tag not in {None, "latest"}

    def full_name(self) -> str:
        """The reference with everything that it leaves out: `nginx` is `docker.io/library/nginx:latest`."""
        name = self.repository
        if self.registry in {None, DEFAULT_REGISTRY} and "/" not in name:
            name = f"library/{name}"
        tag = self.tag or (None if self.digest else "latest")
        return f"{self.registry or DEFAULT_REGISTRY}/{name}" + (f":{tag}" if tag else "") + self._digest_part()

    def _digest_part(self) -> str:
        return f"@{self.digest}" if self.digest else ""

    def __str__(self) -> str:
        name = f"{self.registry}/{self.repository}" if self.registry else self.repository
        return name + (f":{self.tag}" if self.tag else "") + self._digest_part()


def parse_image(text: str) -> Image | None:
    """The parts of a reference; None when no runtime takes the text for one.

    The first step is a registry when it has a dot or a port or is `localhost`, else a part of the repository's name.
    """
    match = _REFERENCE.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    host, path = match["host"], match["path"]
    if host is not None and not _is_registry(host):
        host, path = None, f"{host}/{path}"
        if _REFERENCE.fullmatch(path) is None or path != path.lower():
            return None
    return Image(host, path, match["tag"], match["digest"])


def _is_registry(host: str) -> bool:
    return "." in host or ":" in host or host == "localhost" or host != host.lower()
