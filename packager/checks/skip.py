"""`--skip-by-file`: which tests or rules are not wanted for which files."""

from collections.abc import Iterable
from typing import NamedTuple

from packager.checks.finding import Finding
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
        test = finding.arm_ttk or finding.rule_id
        # arm-ttk shows its tests with blanks for hyphens; people write either.
        shown = {test, test.replace("-", " ").replace("_", " "), finding.rule_id}
        return any(like(name, pattern) for name in shown for pattern in self.tests)


def read_skips(values: Iterable[str]) -> tuple[Skip, ...]:
    """`FILE=TEST,TEST` texts, wildcards on both sides. Raises UsageError for anything else."""
    return tuple(_read(value) for value in values)


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
