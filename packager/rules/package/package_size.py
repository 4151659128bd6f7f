"""The package, or a file in it, is larger than Partner Center takes.

The limits are 1 GB for the archive and 1 GB for each file in it (`[package]`, `[file]`: errors). Above 120 MB the
package can still be published, but no service catalog definition can be made of it to rehearse a deployment, unless
one brings one's own storage for it (`[service-catalog]`: information).

Leave large binaries out of the package, or fetch them from a registry when the customer deploys.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.spot import whole_file

GIGABYTE = 1 << 30
SERVICE_CATALOG = 120 << 20


@rule(on="package", severity=Severity.ERROR)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Report the package and the files in it that are too large."""
    bundle = package.bundle
    if bundle.kind == "file":
        return
    for problem in bundle.problems:
        if problem.code == "too-large":
            yield _hit(problem.name, problem.message, "file")
    for name, entry in bundle.entries.items():
        if entry.size > GIGABYTE:
            yield _hit(name, f"'{name}' has {entry.size:,} bytes; 1 GB is the limit for one file", "file")
    # `build` stores entries as they are, so that the sum of a folder or an offer is what its archive will have.
    size = bundle.archive_size or sum(entry.size for entry in bundle.entries.values())
    if size > GIGABYTE:
        yield _hit("", f"the package has {size:,} bytes; Partner Center takes 1 GB at most", "package")
    elif size > SERVICE_CATALOG:
        message = f"the package has {size:,} bytes; above 120 MB no service catalog definition can be made of it"
        yield _hit("", message, "service-catalog", Severity.INFO)


def _hit(name: str, message: str, sub: str, severity: Severity | None = None) -> Hit:
    return Hit(whole_file(name), message, sub=sub, severity=severity)
