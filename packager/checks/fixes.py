"""Makes the edits that findings carry: in memory first, and only those after which the finding is gone.

A fix is kept when the package, checked again, lacks the finding, has no new one that matters, and differs in nothing
but what the fix is about. So a source that is rendered twice, or a line that a loop repeats, is never changed for the
sake of one of its uses.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from packager.bundle.model import Bundle
from packager.checks.finding import Finding, Fix, Severity
from packager.checks.written import Change, Sources
from packager.errors import PackagerError
from packager.source.document import Document
from packager.source.edits import Edit, applied
from packager.source.span import Span
from packager.source.splice import NotPlainError, removing, spliced

MOST_ROUNDS = 10
MOST_TRIALS = 400

Texts = Mapping[str, bytes]
Key = tuple[str | None, str, str, str]


class Trial(NamedTuple):
    """What a check finds, and in which documents."""

    findings: tuple[Finding, ...]
    bundles: tuple[Bundle, ...]


class Left(NamedTuple):
    """A finding that has a fix which was not made, and why."""

    finding: Finding
    reason: str


class Fixed(NamedTuple):
    """What fixing came to: `before` and `after` are the files that differ, by name; `trial` is the check of `after`."""

    before: Texts
    after: Texts
    findings: tuple[Finding, ...]
    left: tuple[Left, ...]
    trial: Trial


class _Group(NamedTuple):
    """Findings that the same changes of sources take away: one line may be rendered into several documents."""

    changes: tuple[Change, ...]
    findings: list[Finding]


class Fixer:
    """One run of fixing. `check` gives the findings with some files replaced, `read` the bytes of a file."""

    def __init__(self, check: Callable[[Texts], Trial], read: Callable[[str], bytes]) -> None:
        self._check = check
        self._read = read
        self._trials = 0
        self._texts: dict[str, bytes] = {}
        self._refused: dict[Key, Left] = {}
        self._done: list[Finding] = []

    def run(self, found: Trial) -> Fixed:
        """Fix what `found` holds, and what comes to light by that."""
        before: dict[str, bytes] = {}
        for _ in range(MOST_ROUNDS):
            sources = Sources(self._current)
            groups = self._groups(found, sources)
            if not groups:
                break
            found = self._accepted(groups, found, sources)
        for name in self._texts:
            before[name] = self._read(name)
        return Fixed(before, self._texts, tuple(self._done), tuple(self._refused.values()), found)

    def _current(self, name: str) -> bytes:
        return self._texts[name] if name in self._texts else self._read(name)

    def _groups(self, found: Trial, sources: Sources) -> list[_Group]:
        """The fixes that can be made together, in order of place; what overlaps waits for the next round."""
        by_changes: dict[tuple[Change, ...], _Group] = {}
        for finding in found.findings:
            if finding.fix is None or _key(finding) in self._refused:
                continue
            try:
                document = _document(found, finding, finding.fix)
                changes = tuple(sources.change(document, edit) for edit in finding.fix.edits)
            except NotPlainError as error:
                self._refuse([finding], str(error))
                continue
            by_changes.setdefault(changes, _Group(changes, [])).findings.append(finding)
        return _without_overlaps(sorted(by_changes.values(), key=_place))

    def _accepted(self, groups: list[_Group], found: Trial, sources: Sources) -> Trial:
        """The check of the texts with all good fixes made; parts of what fails together are tried apart."""
        good: list[_Group] = []
        best, texts = found, dict(self._texts)
        waiting = [groups]
        while waiting:
            part = waiting.pop()
            reason, trial, changed = self._tried([*good, *part], found, sources)
            if reason is None and trial is not None:
                good += part
                best, texts = trial, {**self._texts, **changed}
            elif len(part) == 1:
                self._refuse(part[0].findings, reason or "")
            else:
                middle = len(part) // 2
                waiting += [part[middle:], part[:middle]]
        self._texts = texts
        self._done += [finding for group in good for finding in group.findings]
        return best

    def _tried(
        self, groups: list[_Group], found: Trial, sources: Sources
    ) -> tuple[str | None, Trial | None, dict[str, bytes]]:
        """Why the fixes cannot be made together, else the check after them and the files they change."""
        self._trials += 1
        if self._trials > MOST_TRIALS:
            return "too many fixes fail; make it by hand", None, {}
        try:
            changed = {name: text.encode() for name, text in _composed(groups, sources).items()}
        except NotPlainError as error:
            return str(error), None, {}
        except ValueError:
            return "it overlaps with another fix; run again", None, {}
        trial = self._check({**self._texts, **changed})
        return _reason_against(groups, found, trial), trial, changed

    def _refuse(self, findings: Iterable[Finding], reason: str) -> None:
        for finding in findings:
            self._refused[_key(finding)] = Left(finding, reason)


def write_fixed(fixed: Fixed, place: Callable[[str], Path]) -> None:
    """Write the files that were fixed, each whole or not at all, with the permissions that they have.

    Raises PackagerError where a file has changed since it was checked.
    """
    from packager.source.atomic import write_atomically  # brings shutil, 3 ms

    for name, data in fixed.after.items():
        file = place(name)
        try:
            unchanged, mode = file.read_bytes() == fixed.before[name], file.stat().st_mode & 0o7777
        except OSError as error:
            raise PackagerError(f"'{file}' cannot be read any more: {error.strerror}") from error
        if not unchanged:
            raise PackagerError(f"'{file}' has changed while it was checked", hint="run again")
        write_atomically(file, data, mode)


def _document(found: Trial, finding: Finding, fix: Fix) -> Document:
    for bundle in found.bundles:
        if bundle.plan == finding.plan and fix.file in bundle.entries and bundle.is_reported(fix.file):
            return bundle.document(fix.file)
    raise NotPlainError("the file is none that was asked about")


def _without_overlaps(groups: list[_Group]) -> list[_Group]:
    """Of groups in order of place, those that can be made together: the first of each that overlap."""
    chosen: list[_Group] = []
    taken: dict[str, _Taken] = {}
    for group in groups:
        if not any(taken.get(change.source, _Taken()).clashes(change) for change in group.changes):
            chosen.append(group)
            for change in group.changes:
                taken[change.source] = taken.get(change.source, _Taken()).with_change(change)
    return chosen


class _Taken(NamedTuple):
    """What is changed in a file already: up to offset `end`, by additions and removals, which may share commas."""

    end: int = 0
    adds: bool = False
    removes: bool = False

    def clashes(self, change: Change) -> bool:
        """Whether the change cannot be made at the same time."""
        mixed = (self.adds and change.removed is not None) or (self.removes and _adds(change))
        return mixed or change.claim.start < self.end

    def with_change(self, change: Change) -> "_Taken":
        """What is taken when the change is, too."""
        removes = self.removes or change.removed is not None
        return _Taken(max(self.end, change.claim.end), self.adds or _adds(change), removes)


def _adds(change: Change) -> bool:
    return any(edit.start == edit.end for edit in change.edits)


def _place(group: _Group) -> tuple[str, Span]:
    first = group.changes[0]
    return first.source, first.claim


def _composed(groups: list[_Group], sources: Sources) -> dict[str, str]:
    """The new text of each source. Raises NotPlainError and ValueError, see `removing` and `spliced`."""
    changes = [change for group in groups for change in group.changes]
    texts = {}
    for name in sorted({change.source for change in changes}):
        source = sources.known(name)
        own = [change for change in changes if change.source == name]
        removed = removing(source.lexemes, [change.removed for change in own if change.removed is not None])
        texts[name] = spliced(source.text, [*removed, *(edit for change in own for edit in change.edits)])
    return texts


def _reason_against(groups: list[_Group], found: Trial, trial: Trial) -> str | None:
    """Why the fixes must not stay: a finding that is still there, a new one, or a change that nobody asked for."""
    fixed = Counter(_key(finding) for group in groups for finding in group.findings)
    before, after = Counter(map(_key, found.findings)), Counter(map(_key, trial.findings))
    if any(after[key] > before[key] - count for key, count in fixed.items()):
        return "the finding would still be there"
    new = [finding for finding in trial.findings if after[_key(finding)] > before[_key(finding)]]
    # A finding may be told otherwise when less is left of it; it is another one when its rule has more of them.
    grown = Counter(map(_rule, trial.findings)) - (Counter(map(_rule, found.findings)) - _by_rule(fixed))
    for finding in new:
        if grown[_rule(finding)] and finding.fix is None and finding.severity > Severity.INFO:
            return f"it would bring another finding: {finding.file}: {finding.message}"
    wanted: dict[tuple[str | None, str], list[Edit]] = {}
    for group in groups:
        for finding in group.findings:
            if finding.fix is not None:
                edits = wanted.setdefault((finding.plan, finding.fix.file), [])
                edits += [edit for edit in finding.fix.edits if edit not in edits]
    return _unwanted(found.bundles, trial.bundles, wanted)


def _unwanted(
    before: tuple[Bundle, ...], after: tuple[Bundle, ...], wanted: Mapping[tuple[str | None, str], list[Edit]]
) -> str | None:
    """Why the packages differ in more than the edits say."""
    if [bundle.plan for bundle in before] != [bundle.plan for bundle in after]:
        return "what is made of the file could not be read any more"
    for old, new in zip(before, after, strict=True):
        if old.entries.keys() != new.entries.keys():
            return "the package would hold other files"
        for name in old.entries:
            if name.lower().endswith((".json", ".jsonc")) and not _is_as_wanted(
                old.document(name), new.document(name), wanted.get((old.plan, name), [])
            ):
                return f"it would change '{name}' elsewhere, too"
    return None


def _is_as_wanted(old: Document, new: Document, edits: list[Edit]) -> bool:
    if old.problem is not None:
        return old.text == new.text
    try:
        return _same(applied(old.value, edits), new.value)
    except LookupError:
        return False


def _same(one: Any, other: Any) -> bool:
    return bool(one == other)


def _rule(finding: Finding) -> tuple[str | None, str, str]:
    return finding.plan, finding.file, finding.rule


def _by_rule(keys: Counter[Key]) -> Counter[tuple[str | None, str, str]]:
    counts: Counter[tuple[str | None, str, str]] = Counter()
    for key, count in keys.items():
        counts[key[:3]] += count
    return counts


def _key(finding: Finding) -> Key:
    return finding.plan, finding.file, finding.rule, finding.fingerprint
