"""The report as SARIF 2.1.0, for code scanning."""

import json
from typing import Any
from urllib.parse import quote

from packager.checks.engine import Report
from packager.checks.finding import Finding, Severity
from packager.checks.registry import all_rules
from packager.report.formats import Context
from packager.report.place import shown_place

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
RULE_PAGES = "docs/rules"


def write(report: Report, context: Context) -> str:
    """One run with every finding, at the line of the source where there is one."""
    ids = sorted({finding.rule_id for finding in report.findings})
    run = {
        "tool": {"driver": {"name": "packager", "version": context.tool_version, "rules": _descriptors(ids)}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, ids.index(finding.rule_id), context) for finding in report.findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _descriptors(ids: list[str]) -> list[dict[str, Any]]:
    """What viewers show of each rule: its summary and its page."""
    known = {rule.id: rule for rule in all_rules()}
    described = []
    for one in ids:
        descriptor: dict[str, Any] = {"id": one, "helpUri": f"{RULE_PAGES}/{one}.md"}
        if one in known:
            page = known[one].page.strip()
            descriptor |= {"shortDescription": {"text": known[one].summary}, "help": {"text": page, "markdown": page}}
        described.append(descriptor)
    return described


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
