"""Charts, offers and a helm program for tests."""

import io
import os
import pathlib
import shutil
import tarfile

import pytest

CHART = {
    "Chart.yaml": "apiVersion: v2\nname: acme\nversion: 1.2.3\nappVersion: 7.0.1\n",
    "values.yaml": "image:\n  repository: docker.io/acme/web\n  tag: 7.0.1\nreplicas: 2\nextra: {}\nhost: null\n",
    "templates/web.yaml": (
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-web\n"
        "data:\n  image: {{ .Values.image.repository }}:{{ .Values.image.tag }}\n  host: {{ .Values.host | quote }}\n"
        "  replicas: {{ .Values.replicas | quote }}\n"
    ),
}
OFFER = """schema: 1
id: acme
publisher: acme
kind: managed-application
version: 1.0.0
variables: {host: www.example.com}
plans:
  - id: one
    ui: ui.json
    template: template.json
    helm:
"""


def write_files(folder: pathlib.Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def chart_archive(files: dict[str, str | bytes], root: str = "acme") -> bytes:
    """What `helm package` would make of a chart, more or less."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            entry = tarfile.TarInfo(f"{root}/{name}")
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def write_offer(
    folder: pathlib.Path, releases: str, files: dict[str, str | bytes] | None = None, plans: str = ""
) -> pathlib.Path:
    """An offer with these lines as its first plan's releases; its form and template hold nothing."""
    folder.mkdir(exist_ok=True)
    (folder / "pyproject.toml").touch()
    write_files(
        folder, {"ui.json": "{}", "template.json": "{}", "offer.yaml": OFFER + releases + plans, **(files or {})}
    )
    return folder / "offer.yaml"


def folder_release(values: str = "values.yaml.j2") -> str:
    return (
        f"      - release: web\n        namespace: acme\n        chart: {{path: chart}}\n        values: [{values}]\n"
    )


def chart_files(chart: dict[str, str | bytes], folder: str = "chart") -> dict[str, str | bytes]:
    return {f"{folder}/{name}": content for name, content in chart.items()}


def program() -> str:
    """The helm program; skips the test when there is none."""
    found = shutil.which(os.environ.get("PACKAGER_HELM") or "helm")
    if not found:
        pytest.skip("no helm: put it on the PATH or name it in PACKAGER_HELM")
    return found
