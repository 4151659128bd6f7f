"""Annotations for GitHub Actions, at the line of the source where there is one."""

from packager.checks.engine import Report
from packager.checks.finding import Finding, Severity
from packager.report.formats import Context
from packager.report.place import shown_place

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write(report: Report, context: Context) -> str:
    """One workflow command a finding."""
    return "".join(f"{_line(finding, context)}\n" for finding in report.findings)


def _line(finding: Finding, context: Context) -> str:
    shown = shown_place(finding, context)
    column = f",col={shown.column}" if shown.column else ""
    place = f"file={_property(shown.file)},line={shown.line}{column},title={_property(finding.rule)}"
    return f"::{COMMANDS[finding.severity]} {place}::{_data(finding.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
