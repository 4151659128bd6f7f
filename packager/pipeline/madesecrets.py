"""Secrets that a chart makes: what differs from one rendering to the next is known to nobody, what values say is."""

from collections.abc import Callable, Iterable, Mapping

from packager.checks.config import Config, problem_severity
from packager.checks.finding import Finding, Severity, SourcePlace
from packager.checks.literalsecrets import is_secret
from packager.helm.probe import Candidate
from packager.pipeline.releases import Made, Runs
from packager.source.document import Document
from packager.source.span import from_pointer

SECRETS = "secret-literal"
_IN_SECRETS = f"{SECRETS}[object]"
_NO_VALUES = "{}"


def without_random(
    runs: Runs, made: Made, findings: Iterable[Finding], documents: Mapping[str, Document]
) -> list[Finding]:
    """The findings but those on members of Secrets that become something else when the release is rendered again."""
    listed = list(findings)
    if made.task is None or not any(one.rule == _IN_SECRETS for one in listed):
        return listed
    again = {document.name: document for document in runs.probe(made.task, _NO_VALUES, broken=False)}
    return [one for one in listed if one.rule != _IN_SECRETS or not _differs(one, documents, again)]


def _differs(finding: Finding, documents: Mapping[str, Document], again: Mapping[str, Document]) -> bool:
    first, second = documents.get(finding.file), again.get(finding.file)
    path = from_pointer(finding.pointer)
    return first is not None and second is not None and first.at(path) != second.at(path)


def severity_of_values(config: Config) -> Callable[[Finding, Candidate], Severity]:
    """How bad a finding is that a value is to blame for: a secret in the values is as bad in the Secret it ends in."""
    as_error = problem_severity(SECRETS, Severity.ERROR, config)

    def severity(finding: Finding, value: Candidate) -> Severity:
        secret = finding.rule == _IN_SECRETS and is_secret(str(value.path[-1]), value.value)
        return as_error if secret and as_error is not None else finding.severity

    return severity


def once(findings: Iterable[Finding], of_values: Iterable[Finding]) -> list[Finding]:
    """The findings but those on members of Secrets whose value one of the others, or one on values, reports."""
    seen = {one.source or SourcePlace(one.file, one.line) for one in of_values if one.rule_id == SECRETS}
    kept = []
    for one in findings:
        if one.rule == _IN_SECRETS and one.severity is not Severity.INFO and one.source is not None:
            if one.source in seen:
                continue
            seen.add(one.source)
        kept.append(one)
    return kept
