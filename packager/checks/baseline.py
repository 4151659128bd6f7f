"""The baseline: a file of findings that are known and accepted for now, so that only new ones are reported.

Findings are recognised by fingerprints without lines, each as often as it was there. Rule, file and message stand in
the file for readers only.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from packager.checks.config import Config
from packager.checks.engine import Report
from packager.checks.finding import Finding
from packager.checks.problems import says_unchecked
from packager.errors import UsageError
from packager.source.document import Document
from packager.source.span import Path as Steps
from packager.source.writer import to_json

_HINT = "write it anew with --write-baseline"


@dataclass(frozen=True, slots=True)
class Accepted:
    """An entry of a baseline: `count` findings with the same fingerprint."""

    fingerprint: str
    count: int
    rule: str
    file: str
    message: str


class Baseline:
    """Accepted findings, of which each report that is shown takes its own; what is left over is stale."""

    __slots__ = ("_left", "entries")

    def __init__(self, entries: Iterable[Accepted]) -> None:
        self.entries = tuple(entries)
        self._left = Counter({entry.fingerprint: entry.count for entry in self.entries})

    def apply(self, report: Report, config: Config) -> Report:
        """The report without accepted findings; as it is in profile `arm-ttk`, which predicts and hides nothing."""
        if config.profile == "arm-ttk":
            return report
        kept: list[Finding] = []
        taken: list[Finding] = []
        for finding in report.findings:
            (taken if self._takes(finding) else kept).append(finding)
        return report._replace(
            findings=tuple(kept),
            suppressed=report.suppressed + len(taken),
            baselined=report.baselined + len(taken),
            hidden=(*report.hidden, *taken),
        )

    def stale(self) -> tuple[Accepted, ...]:
        """Entries of which fewer findings were there than are accepted."""
        return tuple(entry for entry in self.entries if self._left[entry.fingerprint] > 0)

    def _takes(self, finding: Finding) -> bool:
        if self._left[finding.fingerprint] <= 0 or says_unchecked(finding):
            return False
        self._left[finding.fingerprint] -= 1
        return True


def accept(findings: Iterable[Finding]) -> tuple[Accepted, ...]:
    """Entries for all findings that a baseline can hold, in order of file, rule and message."""
    found = [finding for finding in findings if not says_unchecked(finding)]
    counts = Counter(finding.fingerprint for finding in found)
    first = {finding.fingerprint: finding for finding in reversed(found)}
    entries = (Accepted(key, counts[key], one.rule, one.file, one.message) for key, one in first.items())
    return tuple(sorted(entries, key=lambda entry: (entry.file, entry.rule, entry.message, entry.fingerprint)))


def to_text(entries: Iterable[Accepted]) -> str:
    """The baseline file; the same findings give the same bytes."""
    findings = [
        {
            "rule": entry.rule,
            "file": entry.file,
            "message": entry.message,
            "count": entry.count,
            "fingerprint": entry.fingerprint,
        }
        for entry in entries
    ]
    return to_json({"schema": 1, "baseline": "packager", "findings": findings})


def read_baseline(name: str, data: bytes) -> Baseline:
    """The baseline in a file's bytes. Raises UsageError with the line of what is wrong."""
    document = Document.from_bytes(name, data, kind="json")
    if document.problem is not None:
        place = document.place_of(document.problem.span)
        message = f"the baseline is damaged: {document.problem.message}"
        raise UsageError(message, where=f"{name}:{place.line}", hint=_HINT)
    value = document.value
    ours = isinstance(value, dict) and value.get("baseline") == "packager" and isinstance(value.get("findings"), list)
    if not ours:
        raise UsageError("this is no baseline of packager", where=f"{name}:1", hint=_HINT)
    if value.get("schema") != 1:
        _refuse(document, ("schema",), f"the baseline has schema {value.get('schema')!r}; this version reads 1")
    return Baseline(_entry(document, index, entry) for index, entry in enumerate(value["findings"]))


def _entry(document: Document, index: int, entry: Any) -> Accepted:
    at: Steps = ("findings", index)
    if not isinstance(entry, dict):
        _refuse(document, at, "an entry of the baseline is no object")
    for key, kind in (("fingerprint", str), ("count", int), ("rule", str), ("file", str), ("message", str)):
        if type(entry.get(key)) is not kind:
            _refuse(document, (*at, key), f"'{key}' of an entry is missing or no {'number' if kind is int else 'text'}")
    if entry["count"] < 1:
        _refuse(document, (*at, "count"), "'count' of an entry is less than 1")
    return Accepted(entry["fingerprint"], entry["count"], entry["rule"], entry["file"], entry["message"])


def _refuse(document: Document, at: Steps, message: str) -> None:
    raise UsageError(message, where=f"{document.name}:{document.place(at).line}", hint=_HINT)
