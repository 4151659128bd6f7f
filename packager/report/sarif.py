"""The report as SARIF 2.1.0, for code scanning."""

import json
from typing import Any
from urllib.parse import quote

from packager.checks.engine import Report
from packager.checks.finding import Finding, Severity
from packager.report.formats import Context
from packager.report.place import shown_place

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
RULE_PAGES = "docs/rules"


def write(report: Report, context: Context) -> str:
    """One run with every finding, at the line of the source where there is one."""
    ids = sorted({finding.rule_id for finding in report.findings})
    rules = [{"id": one, "helpUri": f"{RULE_PAGES}/{one}.md"} for one in ids]
    run = {
        "tool": {"driver": {"name": "packager", "version": context.tool_version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, ids.index(finding.rule_id), context) for finding in report.findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _result(finding: Finding, rule: int, context: Context) -> dict[str, Any]:
    return {
        "ruleId": finding.rule_id,
        "ruleIndex": rule,
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": _physical(finding, context)}],
        "partialFingerprints": {"packager/v1": finding.fingerprint},
        "properties": {"basis": str(finding.basis), "rule": finding.rule, "pointer": finding.pointer},
    }


def _physical(finding: Finding, context: Context) -> dict[str, Any]:
    place = shown_place(finding, context)
    region = {"startLine": place.line}
    if place.column:
        region |= {"startColumn": place.column, "endLine": finding.end_line, "endColumn": finding.end_column}
    return {"artifactLocation": {"uri": quote(place.file, errors="replace")}, "region": region}
