"""A package inside the package: an inner zip has a `mainTemplate.json` of its own.

Inner archives are fine, a function app say. An inner *package* is an earlier build that was still in the folder when
the next one was zipped; uploads with one were refused. An inner archive too large to be looked into is pointed out
(`[unread]`, information).

Delete the old zip, and write packages outside the folder that is packed.
"""

import io
from collections.abc import Iterator

from packager.bundle.model import Entry
from packager.checks.finding import Severity
from packager.checks.package import MAIN_TEMPLATE, Package
from packager.checks.rule import Hit, rule
from packager.errors import PackagerError
from packager.source.spot import whole_file

LARGEST_READ = 128 << 20


@rule(on="package", severity=Severity.ERROR)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Report each inner zip that is a package."""
    if package.bundle.kind == "file":
        return
    for name, entry in package.bundle.entries.items():
        if not name.lower().endswith(".zip"):
            continue
        spot = whole_file(name)
        if entry.size > LARGEST_READ:
            message = (
                f"'{name}' has {entry.size:,} bytes and was not looked into; make sure that it is no older package"
            )
            yield Hit(spot, message, sub="unread", severity=Severity.INFO)
        elif MAIN_TEMPLATE.lower() in {inner.lower() for inner in _names_in(entry)}:
            yield Hit(spot, f"'{name}' is a package itself, an earlier build it seems; leave it out")


def _names_in(entry: Entry) -> tuple[str, ...]:
    from packager.bundle.zipped import names_in  # brings zipfile, 5 ms

    try:
        return names_in(io.BytesIO(entry.read()))
    except PackagerError:
        return ()
