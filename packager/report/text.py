"""The report for people: a line for each finding, the source line with a caret, and what was checked."""

from collections.abc import Iterator

from packager.checks.engine import Report
from packager.checks.finding import Finding, Severity
from packager.report.formats import Context

COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def write(report: Report, context: Context) -> str:
    """Findings in the order of the report, then one line that sums them up."""
    lines = [line for finding in report.findings for line in _finding(finding, context.color)]
    return "\n".join([*lines, summary(report)]) + "\n"


def _finding(finding: Finding, color: bool) -> Iterator[str]:
    severity = str(finding.severity)
    if color:
        severity = f"\033[{COLORS[finding.severity]}m{severity}\033[0m"
    yield f"{finding.file or finding.path}:{finding.line}:{finding.column}: {severity} {finding.rule} {finding.message}"
    if finding.source is not None:
        yield f"    from {finding.source.file}:{finding.source.line}"
    yield from (f"    {line}" for line in finding.excerpt.splitlines())


def summary(report: Report) -> str:
    """How much was checked and what was found."""
    counts = ", ".join(_counted(report.count(severity), str(severity)) for severity in reversed(Severity))
    return f"checked {_counted(report.files, 'file')}: {counts}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 or noun == "info" else f"{count} {noun}s"
