"""Chart folders: Chart.yaml checked as Helm and `helm lint` would, files chosen as `helm package` chooses them."""

import re
from typing import Any

from packager.errors import PackagerError
from packager.helm.ignore import ignored, read_ignore
from packager.helm.model import Chart, ChartFile, ChartProblem
from packager.offer.repository import Repository
from packager.source.document import Document
from packager.source.lazy import lazy_pattern
from packager.source.span import Path

_NAME = lazy_pattern(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
_NUMBER = r"(?:0|[1-9][0-9]*)"
_LABEL = rf"(?:{_NUMBER}|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)"
_SEMVER = lazy_pattern(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(-{_LABEL}(\.{_LABEL})*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?")


def read_chart(repository: Repository, folder: str) -> tuple[Chart | None, tuple[ChartProblem, ...]]:
    """The chart in `folder` (from the repository root), or what keeps it from being one."""
    try:
        names = [name.removeprefix(f"{folder}/") for name in repository.walk(folder, hidden=True)]
        data = {name: repository.data(f"{folder}/{name}") for name in _packed(repository, folder, names)}
    except PackagerError as error:
        return None, (ChartProblem(str(error.message), f"{folder}/{error.where or ''}".rstrip("/")),)
    if "Chart.yaml" not in data:
        message = f"folder '{folder}' is no chart: it has no Chart.yaml"
        return None, (ChartProblem(message, folder),)
    document = Document.from_bytes(f"{folder}/Chart.yaml", data["Chart.yaml"])
    problems = [*check_metadata(document), *_values_problems(folder, data)]
    if not problems:
        problems = _missing_dependencies(document, data)
    if problems:
        return None, tuple(problems)
    files = tuple(ChartFile(name, data[name]) for name in sorted(data))
    return Chart(document.value["name"], document.value["version"], files), ()


def check_metadata(document: Document) -> list[ChartProblem]:
    """What is wrong with a Chart.yaml."""
    if document.problem is not None:
        place = document.place_of(document.problem.span)
        return [ChartProblem(document.problem.message, document.name, place.line, place.column)]
    value = document.value
    if not isinstance(value, dict):
        return [ChartProblem("Chart.yaml is not a mapping", document.name)]
    found = [
        _field(document, "apiVersion", "'v2' (or 'v1')", re.compile("v[12]")),
        _field(document, "name", "lower-case letters, digits and '-'", _NAME),
        _field(document, "version", 'a SemVer version in quotes, like "1.2.3"', _SEMVER),
    ]
    if value.get("type", "application") != "application":
        found.append(
            _problem(document, ("type",), f"chart type '{value['type']}' cannot be installed; it is 'application'")
        )
    return [problem for problem in found if problem]


def _field(document: Document, key: str, wanted: str, pattern: re.Pattern[str]) -> ChartProblem | None:
    value: dict[str, Any] = document.value
    if key not in value:
        return _problem(document, (), f"Chart.yaml has no '{key}'; it is {wanted}")
    if not isinstance(value[key], str) or not pattern.fullmatch(value[key]):
        return _problem(document, (key,), f"'{key}' is '{value[key]}'; it must be {wanted}")
    return None


def _problem(document: Document, at: Path, message: str) -> ChartProblem:
    place = document.place(at)
    return ChartProblem(message, document.name, place.line, place.column)


def _packed(repository: Repository, folder: str, names: list[str]) -> list[str]:
    text = repository.data(f"{folder}/.helmignore").decode("utf-8", "replace") if ".helmignore" in names else ""
    patterns = read_ignore(text.removeprefix("\ufeff"))
    return [name for name in names if not ignored(patterns, name)]


def _values_problems(folder: str, data: dict[str, bytes]) -> list[ChartProblem]:
    if "values.yaml" not in data:
        return []
    document = Document.from_bytes(f"{folder}/values.yaml", data["values.yaml"])
    if document.problem is not None:
        place = document.place_of(document.problem.span)
        return [ChartProblem(document.problem.message, document.name, place.line, place.column)]
    if not isinstance(document.value, (dict, type(None))):
        return [ChartProblem("values.yaml is not a mapping", document.name)]
    return []


def _missing_dependencies(document: Document, data: dict[str, bytes]) -> list[ChartProblem]:
    """Dependencies that are not in `charts/`: Helm refuses to package without them, and a build fetches nothing."""
    dependencies = document.value.get("dependencies") or []
    vendored = {name.split("/")[1] for name in data if name.startswith("charts/")}
    problems = []
    for index, dependency in enumerate(dependencies):
        name = dependency.get("name") if isinstance(dependency, dict) else None
        if not any(known == name or known.startswith(f"{name}-") for known in vendored):
            message = f"dependency '{name}' is not in 'charts/'; run 'helm dependency build' and commit what it fetches"
            problems.append(_problem(document, ("dependencies", index), message))
    return problems
