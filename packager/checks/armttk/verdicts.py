"""What arm-ttk says of a package as it says it: file by file and test by test, passed ones included."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from packager.checks.armttk.powershell import like
from packager.checks.config import Config
from packager.checks.engine import INTERNAL_ERROR, run
from packager.checks.finding import Finding, Severity
from packager.checks.package import Package
from packager.checks.registry import all_rules
from packager.errors import UsageError
from packager.source.nearest import did_you_mean

# Every test of arm-ttk 0.27, in the order in which it runs them.
TESTS: dict[str, tuple[str, ...]] = {
    "AllFiles": ("JSONFiles-Should-Be-Valid",),
    "CreateUIDefinition": (
        "Allowed-Values-Should-Actually-Be-Allowed",
        "Controls-In-Outputs-Must-Exist",
        "CreateUIDefinition-Must-Not-Have-Blanks",
        "CreateUIDefinition-Should-Have-Schema",
        "Credential-Confirmation-Should-Not-Be-Hidden",
        "Handler-Must-Be-Correct",
        "HideExisting-Must-Be-Correctly-Handled",
        "Location-Should-Be-In-Outputs",
        "Outputs-Must-Be-Present-In-Template-Parameters",
        "Parameters-Without-Default-Must-Exist-In-CreateUIDefinition",
        "Password-Textboxes-Must-Be-Used-For-Password-Parameters",
        "PasswordBoxes-Must-Have-Min-Length",
        "Textboxes-Are-Well-Formed",
        "Tooltips-Should-Be-Present",
        "Usernames-Should-Not-Have-A-Default",
        "Validations-Must-Have-Message",
        "VMSizes-Must-Match-Template",
    ),
    "deploymentParameters": (
        "DeploymentParameters-Should-Have-ContentVersion",
        "DeploymentParameters-Should-Have-Parameters",
        "DeploymentParameters-Should-Have-Schema",
        "DeploymentParameters-Should-Have-Value",
    ),
    "deploymentTemplate": (
        "adminPassword-Should-Not-Be-A-Literal",
        "adminUsername-Should-Not-Be-A-Literal",
        "apiVersions-Should-Be-Recent-In-Reference-Functions",
        "apiVersions-Should-Be-Recent",
        "artifacts-parameter",
        "CommandToExecute-Must-Use-ProtectedSettings-For-Secrets",
        "DependsOn-Best-Practices",
        "Deployment-Resources-Must-Not-Be-Debug",
        "DeploymentTemplate-Must-Not-Contain-Hardcoded-Uri",
        "DeploymentTemplate-Schema-Is-Correct",
        "Dynamic-Variable-References-Should-Not-Use-Concat",
        "IDs-Should-Be-Derived-From-ResourceIDs",
        "Location-Should-Not-Be-Hardcoded",
        "ManagedIdentityExtension-must-not-be-used",
        "Min-And-Max-Value-Are-Numbers",
        "Outputs-Must-Not-Contain-Secrets",
        "Parameter-Types-Should-Be-Consistent",
        "Parameters-Must-Be-Referenced",
        "Password-params-must-be-secure",
        "providers_apiVersions-Is-Not-Permitted",
        "ResourceIds-should-not-contain",
        "Resources-Should-Have-Location",
        "Resources-Should-Not-Be-Ambiguous",
        "Secure-Params-In-Nested-Deployments",
        "Secure-String-Parameters-Cannot-Have-Default",
        "Template-Should-Not-Contain-Blanks",
        "URIs-Should-Be-Properly-Constructed",
        "Variables-Must-Be-Referenced",
        "Virtual-Machines-Should-Not-Be-Preview",
        "VM-Images-Should-Use-Latest-Version",
        "VM-Size-Should-Be-A-Parameter",
    ),
}


class Verdict(NamedTuple):
    """One test on one file: it passed unless there are errors."""

    test: str
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether arm-ttk counts it as passed."""
        return not self.errors


class FileVerdicts(NamedTuple):
    """The verdicts on one file by group; `root` is the PATH or the plan that the file is in."""

    root: str
    file: str
    groups: tuple[tuple[str, tuple[Verdict, ...]], ...]

    def verdicts(self) -> Iterator[Verdict]:
        """All of them, in order."""
        for _, found in self.groups:
            yield from found


class Choice(NamedTuple):
    """Which tests are wanted, by their names in lower case, and on which files, by wildcards on bare names."""

    tests: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    files: tuple[str, ...] = ()

    def wants(self, test: str) -> bool:
        """Whether the test runs."""
        return test.lower() not in self.skipped and (not self.tests or test.lower() in self.tests)

    def covers(self, file: str) -> bool:
        """Whether anything runs on the file."""
        return not self.files or any(like(file.rpartition("/")[2], pattern) for pattern in self.files)


def shown_name(test: str) -> str:
    """A test's name as arm-ttk shows it."""
    return test.replace("-", " ").replace("_", " ")


def chosen_tests(names: Iterable[str], option: str) -> frozenset[str]:
    """Tests in lower case by their names, shown or of the file, or by their group's. Raises UsageError for others."""
    by_name: dict[str, tuple[str, ...]] = {}
    by_name |= {shown_name(test).lower(): (test.lower(),) for tests in TESTS.values() for test in tests}
    by_name |= {group.lower(): tuple(test.lower() for test in tests) for group, tests in TESTS.items()}
    found: set[str] = set()
    for name in (part for value in names for part in value.split(",") if part.strip()):
        wanted = shown_name(name.strip()).lower()
        if wanted not in by_name:
            suggestion = did_you_mean(name.strip(), (*TESTS, *(test for tests in TESTS.values() for test in tests)))
            raise UsageError(
                f"{option} {name}: arm-ttk has no such test{suggestion}", hint=f"its groups are {_groups()}"
            )
        found.update(by_name[wanted])
    return frozenset(found)


def _groups() -> str:
    return ", ".join(TESTS)


def arm_ttk_verdicts(package: Package, config: Config, choice: Choice) -> tuple[list[FileVerdicts], list[Finding]]:
    """The verdicts on each file that arm-ttk tests, in its order, and the crashes of rules."""
    report = run(package, all_rules(), config)
    by_test: dict[tuple[str, str], list[Finding]] = {}
    for finding in report.findings:
        by_test.setdefault((finding.file, finding.arm_ttk or ""), []).append(finding)
    files = [
        FileVerdicts(
            package.bundle.plan or package.bundle.root,
            turn.file,
            tuple(_groups_of(turn.file, turn.groups, choice, by_test)),
        )
        for turn in package.turns
        if choice.covers(turn.file)
    ]
    return files, [finding for finding in report.findings if finding.rule == INTERNAL_ERROR]


def _groups_of(
    file: str, groups: frozenset[str], choice: Choice, found: dict[tuple[str, str], list[Finding]]
) -> Iterator[tuple[str, tuple[Verdict, ...]]]:
    for group, tests in TESTS.items():
        verdicts = tuple(_verdict(test, found.get((file, test), ())) for test in tests if choice.wants(test))
        if group in groups and verdicts:
            yield group, verdicts


def _verdict(test: str, findings: Iterable[Finding]) -> Verdict:
    found = tuple(findings)
    errors = tuple(finding for finding in found if finding.severity is Severity.ERROR)
    return Verdict(test, errors, tuple(finding for finding in found if finding not in errors))
