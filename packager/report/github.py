"""Annotations for GitHub Actions, at the line of the source where there is one."""

from packager.checks.engine import Report
from packager.checks.finding import Finding, Severity
from packager.report.formats import Context

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write(report: Report, _: Context) -> str:
    """One workflow command a finding."""
    return "".join(f"{_line(finding)}\n" for finding in report.findings)


def _line(finding: Finding) -> str:
    file, line = (
        (finding.source.file, finding.source.line) if finding.source else (finding.file or finding.path, finding.line)
    )
    place = f"file={_property(file)},line={line},title={_property(finding.rule)}"
    return f"::{COMMANDS[finding.severity]} {place}::{_data(finding.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
