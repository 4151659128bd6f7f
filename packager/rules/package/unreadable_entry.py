"""A file of the package cannot be read, or not safely.

Azure unpacks the package and reads its files; one that is damaged, encrypted, a link, or built to attack the reader
stops the certification or the deployment. The sub-id names the case:

- `[damaged]`: the content does not match its checksum or length, as after a broken download;
- `[encrypted]`, `[compression]`: packed with a password, or in a way other than stored and deflate;
- `[link]`, `[special-file]`: a symbolic link, a pipe or a device, where a package holds plain files only;
- `[overlap]`, `[bomb]`: what archives made to hurt a reader look like;
- `[unreadable]`: the system refuses to read it, for want of permission say.

Build the package again from plain, readable files.
"""

from collections.abc import Iterator
from typing import get_args

from packager.bundle.model import EntryProblem
from packager.checks.finding import Basis, Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule
from packager.source.spot import whole_file


@rule(on="package", severity=Severity.ERROR, profiles=EVERY_PROFILE)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Report every entry that was not read; arm-ttk stumbles over those that are JSON."""
    for problem in package.bundle.problems:
        if problem.name and problem.code in get_args(EntryProblem):
            basis = Basis.BOTH if problem.name.lower().endswith((".json", ".jsonc")) else Basis.PACKAGER
            spot = whole_file(problem.name)
            yield Hit(spot, problem.message, sub=problem.code, basis=basis)
