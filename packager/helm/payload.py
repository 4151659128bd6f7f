"""What of a plan's Helm releases goes into the package: `helm/releases.json`, which the install script reads."""

from typing import Any

from packager.helm.model import PayloadRelease


def values_name(release: str) -> str:
    """The base name of a release's values; a deployment script finds its files by base name in one folder."""
    return f"{release}-values.yaml"


def releases_document(releases: list[PayloadRelease]) -> dict[str, Any]:
    """The value of releases.json, releases in the order in which they are installed."""
    return {"schema": 1, "releases": [_release(release) for release in releases]}


def _release(release: PayloadRelease) -> dict[str, Any]:
    chart = {
        "name": release.chart,
        "version": release.version,
        "archive": release.archive,
        "repository": release.repository,
        "digest": release.digest,
    }
    return {
        "release": release.release,
        "namespace": release.namespace,
        "chart": {key: value for key, value in chart.items() if value is not None},
        "values": release.values,
    }
