"""The verdicts of arm-ttk as it prints them: marks and names by file and group, errors below, totals at the end."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from packager.checks.armttk.verdicts import FileVerdicts, Verdict, shown_name
from packager.checks.finding import Finding

_MARKS_OF_SERVERS = (("AGENT_ID", "##[error]", "##[warning]"), ("GITHUB_RUN_ID", "::error::", "::warning::"))


def write_arm_ttk(files: Iterable[FileVerdicts], environment: Mapping[str, str]) -> str:
    """The whole output. On the build servers that arm-ttk knows, by `environment`, messages get their marks."""
    listed = list(files)
    verdicts = [verdict for file in listed for verdict in file.verdicts()]
    failed = sum(not verdict.passed for verdict in verdicts)
    error, warning = next((marks for name, *marks in _MARKS_OF_SERVERS if environment.get(name)), ("", ""))
    lines = [line for file in listed for line in _file_lines(file, error, warning)]
    totals = ["", f"Pass  : {len(verdicts) - failed}", f"Fail  : {failed}", f"Total : {len(verdicts)}"]
    return "\n".join([*lines, *totals]) + "\n"


def _file_lines(file: FileVerdicts, error: str, warning: str) -> Iterator[str]:
    folder, _, name = file.file.rpartition("/")
    parent = folder.rpartition("/")[2] or _folder_of(file.root, name)
    yield f"Validating {parent}\\{name}"
    for group, verdicts in file.groups:
        yield f"  {group}"
        for verdict in verdicts:
            yield f"    [{_mark(verdict)}] {shown_name(verdict.test)}"
            yield from (f"{error}        {_message(finding)}" for finding in verdict.errors)
            yield from (f"{warning}        {_message(finding)}" for finding in verdict.warnings)


def _folder_of(root: str, name: str) -> str:
    """The name of the folder that the package is: of a file that was named directly, the one around it."""
    place = Path(root).absolute()
    return place.parent.name if place.name == name else place.name


def _mark(verdict: Verdict) -> str:
    if verdict.errors:
        return "-"
    return "?" if verdict.warnings else "+"


def _message(finding: Finding) -> str:
    if finding.related and finding.related[0].file != finding.file:
        true = finding.related[0]
        return f"{finding.message} {true.file} Line: {true.line}, Column: {true.column}"
    return f"{finding.message} Line: {finding.line}, Column: {finding.column}"
