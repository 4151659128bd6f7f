"""Takes suppressed findings out of a report, and reports the comments that are of no use.

Profile `arm-ttk` predicts what arm-ttk says, and arm-ttk reads no comments: there nothing is suppressed.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from packager.checks.config import Config, enabled, names_of, problem_severity
from packager.checks.engine import Report, fingerprint
from packager.checks.finding import Finding, Severity, SourcePlace
from packager.checks.problems import problem_finding, says_unchecked
from packager.checks.rule import Kind, Rule
from packager.source.document import Document
from packager.source.excerpt import excerpt
from packager.source.nearest import did_you_mean

if TYPE_CHECKING:
    from packager.checks.comments import Suppression

MARK = "packager:"


class Scope(NamedTuple):
    """What a run looked at: PATH as given, the rules there are, whether every rule saw everything.

    Where it did not (a source could not be rendered, only some plans were), no comment is called unused, nor is one
    about a rule on what is in `unseen`. `sources` are the names of documents that are no part of the package, but what
    it is rendered from.
    """

    path: str
    rules: tuple[Rule, ...]
    complete: bool = True
    sources: frozenset[str] = frozenset()
    unseen: frozenset[Kind] = frozenset()


class _Names(NamedTuple):
    """Names of each rule, all names there are, and those of rules that saw everything; all in lower case."""

    of: Mapping[str, frozenset[str]]
    known: frozenset[str]
    ran: frozenset[str]


def suppress(report: Report, documents: Iterable[Document], config: Config, scope: Scope) -> Report:
    """The report without what the comments in `documents` suppress, with findings about the comments themselves."""
    if config.profile == "arm-ttk":
        return report
    texts = {document.name: document for document in documents if MARK in document.text}
    if not texts:
        return report
    from packager.checks.comments import suppressions  # patterns take milliseconds to compile; few packages need them

    comments = [comment for document in texts.values() for comment in suppressions(document)]
    names = _names(config, scope)
    hidden, used = _matched(report.findings, comments, names.of)
    kept = [finding for finding in report.findings if id(finding) not in hidden]
    for comment in comments:
        for code, message in _complaints(comment, used, names):
            severity = problem_severity(code, Severity.WARNING, config)
            if severity is not None:
                kept.append(_finding(code, severity, message, comment, scope, texts[comment.file]))
    taken = tuple(finding for finding in report.findings if id(finding) in hidden)
    return report._replace(
        findings=tuple(sorted(kept, key=place_order)),
        suppressed=report.suppressed + len(taken),
        hidden=(*report.hidden, *taken),
    )


def place_order(finding: Finding) -> tuple[str, str, int, int, str, str]:
    """The key that sorts the findings of one PATH."""
    return finding.plan or "", finding.file, finding.line, finding.column, finding.rule, finding.message


def _names(config: Config, scope: Scope) -> _Names:
    of = {rule.id: names_of(rule) for rule in scope.rules}
    seen = [rule for rule in scope.rules if rule.on not in scope.unseen] if scope.complete else []
    ran = [of[rule.id] for rule in seen if enabled(rule, config)]
    return _Names(of, frozenset[str]().union(*of.values()), frozenset[str]().union(*ran))


def _matched(
    findings: Iterable[Finding], comments: Iterable["Suppression"], names: Mapping[str, frozenset[str]]
) -> tuple[set[int], set[tuple[int, str]]]:
    """Which findings are suppressed, and which names of which comments that took."""
    by_line: dict[tuple[str, int], list[Suppression]] = {}
    for comment in comments:
        # A comment is itself a thing that can be wrong: JSON has none.
        for line in {comment.line, comment.place.line}:
            by_line.setdefault((comment.file, line), []).append(comment)
    hidden: set[int] = set()
    used: set[tuple[int, str]] = set()
    for finding in findings:
        place = (finding.source.file, finding.source.line) if finding.source else (finding.file, finding.line)
        called = {finding.rule.lower(), *names.get(finding.rule_id, {finding.rule_id})}
        for comment in by_line.get(place, ()):
            matching = [name for name in comment.rules if name.lower() in called]
            used.update((id(comment), name) for name in matching)
            if matching and not says_unchecked(finding):
                hidden.add(id(finding))
    return hidden, used


def _complaints(comment: "Suppression", used: set[tuple[int, str]], names: _Names) -> Iterator[tuple[str, str]]:
    if not comment.rules:
        yield "suppression-unknown", "the comment names no rule; write 'packager: ignore RULE-ID -- reason'"
    elif not comment.reason:
        yield "suppression-without-reason", "the comment does not say why; add ' -- ' and the reason behind the rule"
    for name in comment.rules:
        base = name.partition("[")[0].lower()
        if base not in names.known:
            message = f"there is no rule '{name}'{did_you_mean(base, names.known)}; packager rules lists them all"
            yield "suppression-unknown", message
        elif (id(comment), name) not in used and base in names.ran:
            message = f"the comment suppresses nothing: there is no '{name}' on the line that it is about; remove it"
            yield "suppression-unused", message


def _finding(
    code: str, severity: Severity, message: str, comment: "Suppression", scope: Scope, document: Document
) -> Finding:
    place = comment.place
    found = problem_finding(code, severity, message, scope.path, comment.file, place.line)
    return found._replace(
        column=place.column,
        end_line=place.end_line,
        end_column=place.end_column,
        fingerprint=fingerprint(code, comment.file, *comment.rules),
        source=SourcePlace(comment.file, place.line) if comment.file in scope.sources else None,
        excerpt=excerpt(document, place),
    )
