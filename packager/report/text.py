"""The report for people: a line for each finding, the source line with a caret, and what was checked."""

import collections
from collections.abc import Iterable, Iterator

from packager.checks.engine import Report
from packager.checks.finding import Finding, Severity
from packager.report.certification import certification
from packager.report.formats import Context
from packager.report.place import plain, shown_place

COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
BOLD, FAINT = "1", "2"


def write(report: Report, context: Context) -> str:
    """Findings in the order of the report, then what was checked; `quiet` keeps one line a finding.

    What is wrong with one line of a source, in whatever documents and plans it is used, is said once.
    """
    groups = _grouped(report.findings)
    lines = [line for same in groups for line in _finding(same, context)]
    if not context.quiet:
        lines += _summary(report, [same[0] for same in groups], context)
    return "".join(f"{line}\n" for line in lines)


def _grouped(findings: Iterable[Finding]) -> list[list[Finding]]:
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        place = finding.source or (finding.file, finding.line, finding.column)
        said = (finding.path, place, finding.rule, finding.severity, finding.message)
        groups.setdefault(said, []).append(finding)
    return list(groups.values())


def _finding(same: list[Finding], context: Context) -> Iterator[str]:
    finding = same[0]
    place = shown_place(finding, context)
    where = _colored(f"{plain(place.file)}:{place.line}:{place.column or 1}:", BOLD, context)
    severity = _colored(str(finding.severity), COLORS[finding.severity], context)
    yield f"{where} {severity} {_colored(finding.rule, FAINT, context)} {plain(finding.message)}"
    if context.quiet:
        return
    code, *carets = finding.excerpt.splitlines()[:2] or [""]
    if code:
        yield f"    {code}"
        yield from (f"    {_colored(line, COLORS[finding.severity], context)}" for line in carets)
    for one in same:
        if one.source is not None and one.source.file != one.file:
            plan = f" of plan {one.plan}" if one.plan else ""
            yield f"    rendered as {plain(one.file)}:{one.line}:{one.column}{plan}"


def _summary(report: Report, shown: list[Finding], context: Context) -> Iterator[str]:
    """What was checked, and how many findings were `shown`: one of several plans counts once."""
    severities = collections.Counter(finding.severity for finding in shown)
    counts = ", ".join(_counted(severities[severity], str(severity)) for severity in reversed(Severity))
    yield f"checked {_counted(report.files, 'file')}{_of(context)}: {counts}{_hidden(report)}"
    blocking = certification(report)["blocking"]
    if blocking:
        yield f"certification would refuse this: {', '.join(blocking)}"


def _of(context: Context) -> str:
    if len(context.paths) == 1:
        return f" of {plain(context.paths[0])}"
    return f" of {len(context.paths)} PATHs" if context.paths else ""


def _hidden(report: Report) -> str:
    by_comment = report.suppressed - report.baselined
    parts = [f"{by_comment} suppressed"] if by_comment else []
    parts += [f"{report.baselined} in the baseline"] if report.baselined else []
    return f" ({', '.join(parts)})" if parts else ""


def _colored(text: str, color: str, context: Context) -> str:
    return f"\033[{color}m{text}\033[0m" if context.color else text


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 or noun == "info" else f"{count} {noun}s"
