"""The report for programs; its shape is a contract, see docs/reference/output.md."""

import json
from typing import Any

from packager.checks.engine import Report
from packager.checks.finding import Finding, Severity
from packager.report.certification import certification
from packager.report.formats import Context


def write(report: Report, context: Context) -> str:
    """The whole report as one JSON object."""
    summary: dict[str, int] = {str(severity): report.count(severity) for severity in reversed(Severity)}
    document = {
        "schema": 1,
        "tool": {"name": "packager", "version": context.tool_version},
        "summary": {**summary, "suppressed": report.suppressed, "files": report.files},
        "certification": certification(report),
        "findings": [_finding(finding) for finding in report.findings],
        **context.more,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    source = finding.source
    return {
        "rule": finding.rule_id,
        "severity": str(finding.severity),
        "message": finding.message,
        "path": finding.path,
        "plan": finding.plan,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
        "pointer": finding.pointer,
        "source": {"file": source.file, "line": source.line} if source else None,
        "related": [{"file": one.file, "line": one.line, "column": one.column} for one in finding.related],
        "basis": str(finding.basis),
        "fingerprint": finding.fingerprint,
        "fixable": finding.fixable,
    }
