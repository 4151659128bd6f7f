"""The report as JUnit XML: a test case a finding, so that pipelines show them as failed tests."""

import xml.etree.ElementTree as ET

from packager.checks.engine import Report
from packager.checks.finding import Finding, Severity
from packager.report.formats import Context
from packager.report.place import shown_place


def write(report: Report, context: Context) -> str:
    """One suite; errors and warnings fail, information passes with its text; without findings one passing case.

    Where nothing was checked at all that case is an error, so that no pipeline shows it in green.
    """
    failures = sum(finding.severity > Severity.INFO for finding in report.findings)
    cases = max(len(report.findings), 1)
    nothing = not report.findings and not report.files
    counts = {"tests": str(cases), "failures": str(failures), "errors": str(int(nothing))}
    suite = ET.Element("testsuite", {"name": "packager", **counts})
    for finding in report.findings:
        suite.append(_case(finding, context))
    if not report.findings:
        name = f"{report.files} files without findings"
        case = ET.SubElement(suite, "testcase", {"classname": "packager", "name": name})
        if nothing:
            ET.SubElement(case, "error", {"type": "usage", "message": "nothing was checked; stderr says why"})
    suites = ET.Element("testsuites", counts)
    suites.append(suite)
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"


def _case(finding: Finding, context: Context) -> ET.Element:
    shown = shown_place(finding, context)
    place = f"{shown.file}:{shown.line}:{shown.column or 1}"
    case = ET.Element("testcase", {"classname": finding.rule, "name": _plain(place)})
    if finding.severity > Severity.INFO:
        told = ET.SubElement(case, "failure", {"type": str(finding.severity), "message": _plain(finding.message)})
    else:
        told = ET.SubElement(case, "system-out")
    told.text = _plain(f"{place}: {finding.message}\n{finding.excerpt}".rstrip())
    return case


def _plain(text: str) -> str:
    """XML knows no control characters, no lone surrogates and no U+FFFE or U+FFFF, not even escaped."""
    return "".join(char if _is_known(char) else "\ufffd" for char in text)


def _is_known(char: str) -> bool:
    return char in "\t\n\r" or (char >= " " and not "\ud800" <= char <= "\udfff" and char not in "\ufffe\uffff")
