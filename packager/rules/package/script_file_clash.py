"""Two files that one deployment script receives have the same base name.

A deployment script gets its supporting files in one folder, by their base names: of `helm/values.yaml` and
`post-render/values.yaml` one replaces the other, and the script works with the wrong file.

Give each file a base name of its own.
"""

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.helm.names import FOLDER, RELEASES
from packager.source.spot import Spot

if TYPE_CHECKING:
    from packager.arm.filereference import FileReference

SCRIPT_FILES = ("supportingscripturis", "primaryscripturi")


@rule(on="package", severity=Severity.ERROR)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Report each later file whose base name was there before, in a script and in the payload of Helm."""
    scripts: dict[tuple[object, ...], list[FileReference]] = {}
    for reference in package.file_references:
        if reference.key in SCRIPT_FILES and reference.is_exact:
            scripts.setdefault((reference.spot.document.name, *_script(reference)), []).append(reference)
    for references in scripts.values():
        named = [(reference.shown, reference.spot) for reference in references]
        yield from _clashes(named, "a deployment script receives both in one folder")
    if RELEASES in package.bundle.entries:
        names = [name for name in package.bundle.entries if name.startswith(FOLDER)]
        # The files that belong to the payload lie directly in it: what lies deeper is in their way.
        payload = [(name, package.file_spot(name)) for name in sorted(names, key=lambda name: name.count("/"))]
        yield from _clashes(payload, "the files of the Helm payload end up in one folder")


def _script(reference: "FileReference") -> tuple[str | int, ...]:
    """The path of the resource around a reference."""
    path = reference.spot.path
    keys = [step.lower() if isinstance(step, str) else "" for step in path]
    return path[: max(keys.index(name) for name in SCRIPT_FILES if name in keys)]


def _clashes(named: list[tuple[str, Spot]], why: str) -> Iterator[Hit]:
    seen: dict[str, tuple[str, Spot]] = {}
    for name, spot in named:
        first, earlier = seen.setdefault(posixpath.basename(name), (name, spot))
        if first != name:
            message = f"'{name}' has the base name of '{first}', and {why}; rename one of them"
            yield Hit(spot, message, related=(earlier,))
