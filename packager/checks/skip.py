"""`--skip-by-file`: which tests or rules are not wanted for which files."""

from collections.abc import Iterable
from typing import NamedTuple

from packager.checks.finding import Finding
from packager.checks.rule import Rule
from packager.errors import UsageError


class Skip(NamedTuple):
    """Wildcards for a file, by its bare name or whole name in the package, and for the names of its tests."""

    file: str
    tests: tuple[str, ...]

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is of one of the tests on one of the files."""
        from packager.checks.armttk.powershell import like  # few runs skip anything

        names = (finding.file, finding.file.rpartition("/")[2])
        if not any(like(name, self.file) for name in names):
            return False
        called = _names(finding.rule_id, finding.arm_ttk)
        return any(like(name, pattern) for name in called for pattern in self.tests)


def _names(rule_id: str, test: str | None) -> set[str]:
    """What a test is called: arm-ttk shows its own with blanks for hyphens, and people write either."""
    return {rule_id} | ({test, test.replace("-", " ").replace("_", " ")} if test else set())


def read_skips(values: Iterable[str], rules: Iterable[Rule]) -> tuple[Skip, ...]:
    """`FILE=TEST,TEST` texts, wildcards on both sides. Raises UsageError for anything else, and for unknown tests."""
    skips = tuple(_read(value) for value in values)
    if skips:
        known = {name for rule in rules for name in (*_names(rule.id, rule.arm_ttk), *rule.aliases)}
        for pattern in (test for skip in skips for test in skip.tests):
            _refuse_unknown(pattern, known)
    return skips


def _refuse_unknown(pattern: str, known: set[str]) -> None:
    from packager.checks.armttk.powershell import like  # few runs skip anything
    from packager.source.nearest import did_you_mean  # as above

    if not any(like(name, pattern) for name in known):
        message = f"--skip-by-file {pattern}: there is no such test or rule{did_you_mean(pattern, known)}"
        raise UsageError(message, hint="packager rules lists them all")


def _read(value: str) -> Skip:
    from packager.checks.armttk.powershell import WildcardError, wildcard  # few runs skip anything

    file, _, names = value.partition("=")
    tests = tuple(name.strip() for name in names.split(",") if name.strip())
    if not file.strip() or not tests:
        raise UsageError(f"--skip-by-file {value}: expected FILE=TEST", hint="for example nested*.json=apiVersions-*")
    try:
        for pattern in (file, *tests):
            wildcard(pattern)
    except WildcardError as error:
        raise UsageError(f"--skip-by-file {value}: the bracket in '{error}' is not closed") from error
    return Skip(file.strip(), tests)
