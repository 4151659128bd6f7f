"""Logging commands for Azure Pipelines, at the line of the source where there is one."""

from packager.checks.engine import Report
from packager.checks.finding import Finding, Severity
from packager.report.formats import Context
from packager.report.place import shown_place


def write(report: Report, context: Context) -> str:
    """One logging command a finding; Azure Pipelines knows errors and warnings only."""
    return "".join(f"{_line(finding, context)}\n" for finding in report.findings)


def _line(finding: Finding, context: Context) -> str:
    shown = shown_place(finding, context)
    kind = "error" if finding.severity is Severity.ERROR else "warning"
    column = f"columnnumber={shown.column};" if shown.column else ""
    place = f"sourcepath={_property(shown.file)};linenumber={shown.line};{column}code={_property(finding.rule)}"
    return f"##vso[task.logissue type={kind};{place}]{_data(finding.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace("]", "%5D").replace(";", "%3B")
