"""The findings that no rule makes: what is wrong with an offer, its sources, a package as a whole, or a comment.

They have names and pages like rules, so that they can be ignored, suppressed and given another severity like them. One
that is an error says that something could not be checked at all, and stays whatever the user chose.
"""

from packager.checks.engine import fingerprint
from packager.checks.finding import Basis, Finding, Severity

# Why a thing could not be checked; other problems are opinions about a thing that was.
UNCHECKED = frozenset(
    {
        "bicep-error",
        "chart-error",
        "helm-error",
        "internal-error",
        "offer-chart",
        "offer-name",
        "offer-path",
        "offer-schema",
        "offer-syntax",
        "offer-variable",
        "source-error",
        "template-error",
        "values-error",
    }
)


def says_unchecked(finding: Finding) -> bool:
    """Whether a finding says that something could not be checked at all; neither comment nor baseline hides it."""
    return finding.rule in UNCHECKED and finding.severity is Severity.ERROR


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
