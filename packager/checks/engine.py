"""Runs the rules over a package and turns their hits into findings; a rule that crashes becomes a finding itself."""

import contextlib
from collections.abc import Iterator
from typing import NamedTuple

from packager.checks.config import Config, enabled, only_certified, severity_of
from packager.checks.finding import Basis, Finding, Fix, Related, Severity, SourcePlace
from packager.checks.identity import stable_pointer
from packager.checks.lens import Judged, distinct, judged, predicted
from packager.checks.package import Package
from packager.checks.rule import Hit, Rule
from packager.errors import PackagerError
from packager.source.excerpt import excerpt
from packager.source.span import to_pointer

INTERNAL_ERROR = "internal-error"


class Report(NamedTuple):
    """What a run found, sorted by place; `crashed` tells that a rule failed, `files` how many entries were looked at.

    `hidden` are the findings that certification has all the same: those that a comment or the baseline keeps out of
    `findings`, `suppressed` of them in all, `baselined` of those by the baseline; and those of tests that the profile
    leaves out.
    """

    findings: tuple[Finding, ...]
    files: int
    crashed: bool = False
    suppressed: int = 0
    baselined: int = 0
    hidden: tuple[Finding, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings have exactly that severity."""
        return sum(finding.severity is severity for finding in self.findings)


def run(package: Package, rules: tuple[Rule, ...], config: Config) -> Report:
    """Every finding that the profile keeps."""
    chosen = [rule for rule in rules if enabled(rule, config)]
    _start(chosen, package)
    found, crashed = _found(chosen, package, config)
    unsaid, crashed_unsaid = _found([rule for rule in rules if only_certified(rule, config)], package, config)
    files = sum(package.bundle.is_reported(name) for name in package.bundle.entries)
    return Report(found, files, crashed or crashed_unsaid, hidden=unsaid)


def _found(rules: list[Rule], package: Package, config: Config) -> tuple[tuple[Finding, ...], bool]:
    """What these rules find, each place once and sorted, and whether one of them failed."""
    found: dict[tuple[str, str, int, int, str], Finding] = {}
    crashed = False
    for rule in rules:
        try:
            for finding in _findings(rule, package, config):
                found.setdefault((finding.rule, finding.file, finding.line, finding.column, finding.message), finding)
        except Exception as error:  # the guard around a rule: one bad rule must not hide the others
            crashed = True
            finding = _crash(rule, error, package)
            found[(finding.rule, finding.file, 1, 1, finding.message)] = finding
    reported = [finding for finding in found.values() if _is_reported(finding, package, config)]
    return tuple(sorted(reported, key=lambda one: (one.file, one.line, one.column, one.rule, one.message))), crashed


def _start(rules: list[Rule], package: Package) -> None:
    """Start what rules wait for; one that fails here fails when it runs, and is reported then."""
    for rule in rules:
        if rule.early and package.has(rule.on):
            with contextlib.suppress(Exception):
                if rule.body.start is not None:
                    rule.body.start(package)


def _is_reported(finding: Finding, package: Package, config: Config) -> bool:
    if finding.rule == INTERNAL_ERROR:
        return True
    return package.bundle.is_reported(finding.file) and not any(skip.covers(finding) for skip in config.skips)


def _findings(rule: Rule, package: Package, config: Config) -> Iterator[Finding]:
    if not package.has(rule.on):
        # Nothing to look at: the rule is not even loaded.
        return
    for one in _judged(rule, package, config):
        if one.hit.strict and config.profile != "strict":
            continue
        written = one.hit.severity if one.basis is Basis.PACKAGER else one.arm_ttk_severity or one.hit.severity
        severity = severity_of(rule, one.basis, written, config)
        if severity is None:
            continue
        finding = finding_of(rule, one.hit, one.basis, severity, package)
        yield _credited(finding, one) if config.profile == "arm-ttk" else finding


def _judged(rule: Rule, package: Package, config: Config) -> Iterator[Judged]:
    if config.profile == "arm-ttk" and rule.arm_ttk is not None:
        yield from predicted(rule, package.turns, package)
        return
    body = rule.body
    truths = (
        [hit for subject in package.subjects(rule.on) for hit in body.check(subject, package)] if body.check else []
    )
    if body.prediction is None:
        yield from (Judged(hit, hit.basis or Basis.PACKAGER, hit.spot.document.name) for hit in truths)
        return
    predictions = predicted(rule, package.certification_turns, package)
    yield from judged(truths, predictions) if body.check else distinct(predictions)


def _credited(finding: Finding, one: Judged) -> Finding:
    """The finding at the file that arm-ttk credits it to; the true place is related when it is another file."""
    if finding.file == one.file:
        return finding
    related = Related(finding.file, finding.line, finding.column)
    return finding._replace(
        file=one.file, line=1, column=1, end_line=1, end_column=1, pointer="", source=None, related=(related,)
    )


def finding_of(rule: Rule, hit: Hit, basis: Basis, severity: Severity, package: Package) -> Finding:
    """The hit as the reports show it."""
    document, extent = hit.spot.document, hit.spot.extent()
    place = document.place_of(extent)
    origin = document.origin(extent.start)
    # The text that is meant rather than the message: ages and suggestions change without anyone touching the file.
    written = document.text[extent.start : extent.end] or hit.message if hit.spot.span else ""
    path = hit.spot.path
    if not path and hit.spot.span is not None:
        path = document.path_at(extent.start)
    pointer, place_name = to_pointer(path), stable_pointer(document, path)
    name = f"{rule.id}[{hit.sub}]" if hit.sub else rule.id
    return Finding(
        rule=name,
        severity=severity,
        message=_message(rule, hit, basis),
        path=package.bundle.root,
        plan=package.bundle.plan,
        file=document.name,
        line=place.line,
        column=place.column,
        end_line=place.end_line,
        end_column=place.end_column,
        pointer=pointer,
        basis=basis,
        arm_ttk=rule.arm_ttk,
        fingerprint=fingerprint(name, document.name, place_name, written),
        source=SourcePlace(origin.file, origin.line) if origin else None,
        related=tuple(Related(spot.document.name, spot.place().line, spot.place().column) for spot in hit.related),
        fix=Fix(document.name, hit.edits) if hit.edits else None,
        excerpt=excerpt(document, place, secret=hit.secret),
    )


def _message(rule: Rule, hit: Hit, basis: Basis) -> str:
    why = hit.explanation or rule.body.false_alarm
    return f"{hit.message}; a false alarm of arm-ttk: {why}" if basis is Basis.ARM_TTK and why else hit.message


def fingerprint(*parts: str) -> str:
    """A name for a finding that stays when lines move."""
    import hashlib  # 3 ms that a package without findings does not pay

    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _failure(rule: Rule, error: Exception) -> str:
    """What to say of a rule that failed: what to do about it, or whom to tell."""
    if isinstance(error, PackagerError):
        said = f"{error.where}: {error.message}" if error.where else error.message
        return f"{said}; {error.hint}" if error.hint else said
    import traceback  # 3 ms, for failures only

    last = traceback.extract_tb(error.__traceback__)[-1]
    reason = f"{type(error).__name__}: {error} ({last.name}, line {last.lineno})"
    return f"rule '{rule.id}' failed: {reason}; please report it"


def _crash(rule: Rule, error: Exception, package: Package) -> Finding:
    message = _failure(rule, error)
    return Finding(
        rule=INTERNAL_ERROR,
        severity=Severity.ERROR,
        message=message,
        path=package.bundle.root,
        plan=package.bundle.plan,
        file="",
        line=1,
        column=1,
        end_line=1,
        end_column=1,
        pointer="",
        basis=Basis.PACKAGER,
        arm_ttk=None,
        fingerprint=fingerprint(INTERNAL_ERROR, rule.id),
    )
