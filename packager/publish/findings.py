"""What Partner Center and certification found, in the form of our own findings."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from packager.checks.finding import Finding, Severity
from packager.checks.problems import problem_finding
from packager.publish.failure import words_of
from packager.publish.redact import redact

_SEVERITIES = {
    "error": Severity.ERROR,
    "critical": Severity.ERROR,
    "warning": Severity.WARNING,
    "warn": Severity.WARNING,
}


def validation_findings(validations: Iterable[Mapping[str, Any]], submission: str) -> list[Finding]:
    """A finding for each validation of a submission; the rule is `certification[code]`."""
    return [_validation(one, submission) for one in validations]


def _validation(one: Mapping[str, Any], submission: str) -> Finding:
    severity = _SEVERITIES.get(str(one.get("severity")).lower(), Severity.INFO)
    code = re.sub(r"[^A-Za-z0-9_.-]+", "-", str(one.get("errorCode") or "unnamed"))
    message = redact(str(one.get("message") or words_of(dict(one)) or "no words"))
    about = redact(str(one.get("resource") or ""))
    text = f"{message} ({about})" if about else message
    return problem_finding(f"certification[{code}]", severity, text, f"submission {submission}", about)


def report_findings(reports: Iterable[Mapping[str, Any]], submission: str) -> list[Finding]:
    """A finding for each certification report that is not simply passed."""
    found = []
    for one in reports:
        status = str(one.get("status"))
        if status == "Passed":
            continue
        severity = Severity.ERROR if status == "Failed" else Severity.INFO
        message = f"the certification report of {one.get('reportTimeInUtc')} says: {status}"
        found.append(problem_finding("certification[report]", severity, message, f"submission {submission}", ""))
    return found
