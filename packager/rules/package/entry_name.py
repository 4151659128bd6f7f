"""The name of a file cannot stand in a package.

Names in a package are relative, have forward slashes, can be printed, and differ by more than case. Others are lost or
misplaced when Azure unpacks the archive, or lead out of the folder that it is unpacked to. The sub-id names the case:
`[traversal]`, `[absolute]`, `[drive-letter]`, `[backslash]`, `[empty-step]`, `[unprintable]`, `[unnamed]`, and for two
names that collide `[duplicate]`, `[case-duplicate]`, `[file-and-folder]`.

Rename the file. Backslashes come from archives made by old tools on Windows: pack with a current one.
"""

from collections.abc import Iterator
from typing import get_args

from packager.bundle.model import NameProblem
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.spot import whole_file


@rule(on="package", severity=Severity.ERROR)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Report every name that is wrong by itself or beside another."""
    for problem in package.bundle.problems:
        if problem.code in get_args(NameProblem):
            yield Hit(whole_file(problem.name), problem.message, sub=problem.code)
