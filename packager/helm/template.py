"""What helm makes of a chart and values: `helm template` and `helm lint`, run on files of the session's own folder."""

import hashlib
import pathlib
from dataclasses import dataclass

from packager.helm.program import NOWHERE, VARIABLE, Answer, Helm
from packager.source.document import Document
from packager.source.lazy import lazy_pattern
from packager.source.schemawords import shown

_LINTED = "==> Linting"  # what `helm lint` begins with, whatever it finds
_SOURCE = lazy_pattern(r"# Source: (\S.*)")


@dataclass(frozen=True, slots=True)
class Task:
    """A release to be rendered: the archive of its chart, the text of its values, for a version of Kubernetes."""

    release: str
    namespace: str
    archive: bytes
    values: str | None
    kubernetes: str


def template(helm: Helm, task: Task, *, over: str | None = None, debug: bool = False) -> Answer:
    """Render a release; `over` are further values, as YAML or JSON, which no schema is asked about.

    With `debug` helm prints what it made even where that is no YAML.
    """
    arguments = ["template", task.release, str(_stored(helm, task.archive, ".tgz")), "--include-crds"]
    arguments += [*_shared(helm, task), *(["--debug"] if debug else [])]
    if over is None:
        answer = _run(helm, arguments)
        return answer if debug or is_manifest(answer.out) else _without_sense(answer)
    return helm.run(*arguments, "--values", str(_stored(helm, over.encode(), ".yaml")), *_unasked(helm))


def lint(helm: Helm, task: Task) -> Answer:
    """Have helm look at the chart with the values of the release."""
    answer = _run(helm, ["lint", str(_stored(helm, task.archive, ".tgz")), *_shared(helm, task)])
    return answer if answer.code or _LINTED in answer.out else _without_sense(answer)


def is_manifest(output: str) -> bool:
    """Whether a text can be what `helm template` prints: nothing, or files of a chart with lines that name them."""
    lines = (line.strip() for line in output.split("\n"))
    first = next((line for line in lines if line not in {"", "---"}), None)
    return first is None or _SOURCE.fullmatch(first) is not None


def _without_sense(answer: Answer) -> Answer:
    """An answer that helm never gives."""
    if answer.code or answer.failure:
        return answer
    said = f"{shown(answer.out)}, which is" if answer.out.strip() else "nothing, which is"
    return answer._replace(
        code=-1, failure=f"it prints {said} no answer of helm; look at what {VARIABLE} or PATH names"
    )


def _run(helm: Helm, arguments: list[str]) -> Answer:
    """The answer; where a schema wanted to be fetched from another host, that of a run without schemas."""
    answer = helm.run(*arguments)
    wanted_network = answer.code != 0 and NOWHERE in answer.out + answer.err
    return helm.run(*arguments, *_unasked(helm)) if wanted_network and _unasked(helm) else answer


def _unasked(helm: Helm) -> list[str]:
    """The option that leaves schemas out; helm has it since 3.16."""
    return ["--skip-schema-validation"] if helm.program.version >= (3, 16, 0) else []


def objects_folder(release: str) -> str:
    """Where the objects of a release stand in reports."""
    return f"helm/{release}/"


def manifests(task: Task, output: str) -> tuple[Document, ...]:
    """The output of `helm template` as a document for each file of the chart, in order of names.

    They are named `helm/<release>/<chart>/templates/<file>`; several YAML documents of a file stay one text.
    """
    found: dict[str, list[str]] = {}
    name = ""
    for document in _documents(output):
        head, _, body = document.partition("\n")
        match = _SOURCE.fullmatch(head.rstrip("\r"))
        # What a chart's own file separates has no line that says where it is from.
        name, text = (match[1], body) if match else (name, document)
        if name and text.strip():
            found.setdefault(name, []).append(text.rstrip("\n") + "\n")
    folder = objects_folder(task.release)
    return tuple(
        Document.from_text(folder + name, "---\n".join(texts), kind="yaml-stream")
        for name, texts in sorted(found.items())
    )


def _documents(output: str) -> list[str]:
    documents: list[list[str]] = [[]]
    for line in output.split("\n"):
        if line.rstrip() == "---":
            documents.append([])
        else:
            documents[-1].append(line)
    return ["\n".join(lines) for lines in documents]


def _shared(helm: Helm, task: Task) -> list[str]:
    arguments = ["--namespace", task.namespace, "--kube-version", task.kubernetes]
    if task.values is not None:
        arguments += ["--values", str(_stored(helm, task.values.encode("utf-8", "surrogatepass"), ".yaml"))]
    return arguments


def _stored(helm: Helm, data: bytes, suffix: str) -> pathlib.Path:
    """A file of the session with these bytes, named by them."""
    path = helm.folder / (hashlib.sha256(data).hexdigest()[:24] + suffix)
    if not path.exists():
        path.write_bytes(data)
    return path
