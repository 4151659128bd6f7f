"""The package is no zip that can be read.

What cannot be read cannot be checked, and Partner Center refuses it after the upload. The sub-id names the case:

- `[no-zip]`: the file is truncated, or something else with the ending `.zip`;
- `[wrapper]`: the package is inside the zip that was given; GitHub wraps the artifacts of a workflow like this;
- `[too-many]`, `[unpacks-too-large]`: the archive holds more than any package does;
- `[unreadable]`: the system refuses to read the folder.

Build or download the package again; upload the inner zip of a wrapper.
"""

from collections.abc import Iterator

from packager.checks.finding import Basis, Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule
from packager.source.spot import whole_file


@rule(on="package", severity=Severity.ERROR, profiles=EVERY_PROFILE)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Report why the package as a whole was not looked into; arm-ttk could not look into it either."""
    for problem in package.bundle.problems:
        if not problem.name:
            whole = whole_file("")
            yield Hit(whole, problem.message, sub=problem.code, basis=Basis.BOTH)
