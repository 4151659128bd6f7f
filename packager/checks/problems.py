"""The findings that no rule makes: what is wrong with an offer, its sources, a package as a whole, or a comment.

They have names like rules, so that they can be ignored, suppressed and given another severity like them. One that is
an error says that something could not be checked at all, and stays whatever the user chose.
"""

from packager.checks.engine import fingerprint
from packager.checks.finding import Basis, Finding, Severity

PROBLEMS = {
    "bicep-error": "A Bicep file cannot be compiled",
    "chart-digest-missing": "A chart is named without the digest that pins its bytes",
    "chart-error": "A Helm chart cannot be packed",
    "delimiters-unused": "Jinja delimiters are set for a file that is not rendered",
    "internal-error": "A rule or the tool itself failed",
    "offer-chart": "An offer names a chart in a way that cannot be followed",
    "offer-name": "A name in an offer collides with another",
    "offer-path": "A path in an offer leads to nothing that can be used",
    "offer-schema": "An offer or a listing does not have the shape that it should",
    "offer-syntax": "An offer or a listing is no valid YAML",
    "offer-variable": "A variable hides a name that every source has",
    "source-error": "A source does not become the JSON or YAML that it should",
    "suppression-unknown": "A suppression comment names no rule that exists",
    "suppression-unused": "A suppression comment suppresses nothing",
    "suppression-without-reason": "A suppression comment does not say why",
    "template-error": "A source cannot be rendered",
    "unused-set": "A variable is set that no source asks for",
    "values-error": "Helm values are not a mapping",
}

# Why a thing could not be checked; the others are opinions about a thing that was.
_UNCHECKED = frozenset(PROBLEMS) - {
    "chart-digest-missing",
    "delimiters-unused",
    "suppression-unknown",
    "suppression-unused",
    "suppression-without-reason",
    "unused-set",
}


def says_unchecked(finding: Finding) -> bool:
    """Whether a finding says that something could not be checked at all; neither comment nor baseline hides it."""
    return finding.rule in _UNCHECKED and finding.severity is Severity.ERROR


def problem_finding(code: str, severity: Severity, message: str, path: str, file: str, line: int = 1) -> Finding:
    """A finding of a problem at the start of a line; `severity` is its own, before any choice of the user."""
    return Finding(
        rule=code,
        severity=severity,
        message=message,
        path=path,
        plan=None,
        file=file,
        line=line,
        column=1,
        end_line=line,
        end_column=1,
        pointer="",
        basis=Basis.PACKAGER,
        arm_ttk=None,
        fingerprint=fingerprint(code, file, message),
    )
