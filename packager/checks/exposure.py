"""Where secrets end in a template file, shared by the rules that look at such places."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from packager.arm.template import Template
from packager.checks.expansion import expansion, seen_from
from packager.checks.package import Package
from packager.checks.rule import Hit
from packager.source.span import Path

if TYPE_CHECKING:
    from packager.arm.flow import Secret
    from packager.arm.secrecy import Exposure

# Beside the address of a package's files stands their token, which is empty in a package of the Marketplace.
_TOKEN = "_artifactslocationsastoken"  # noqa: S105 - the name of a parameter


def exposed(template: Template, package: Package, *kinds: str) -> Iterator["Exposure"]:
    """The secrets that end in this template file in places of these kinds, each place once.

    Those that come from the template which links this one are among them.
    """
    if template.parent is None:
        yield from (one for one in _exposed(template, package) if one.kind in kinds)


def also_exposed(
    written: Iterable[Hit], template: Template, package: Package, kind: str, message: Callable[["Exposure"], str]
) -> Iterator[Hit]:
    """What is found in the expressions as they are written, and what else shows when they are evaluated."""
    known = set()
    for hit in written:
        known.add((hit.spot.path, hit.sub))
        yield hit
    for exposure in exposed(template, package, kind):
        if (exposure.spot.path, exposure.secret.kind) not in known:
            yield Hit(exposure.spot, message(exposure), sub=exposure.secret.kind)


def _exposed(template: Template, package: Package) -> "Iterator[Exposure]":
    known: set[tuple[str, Secret, Path]] = set()
    for one in seen_from(template, package):
        for exposure in _by_file(one, package).get(template.document.name, ()):
            empty = exposure.secret.name.lower() == _TOKEN and exposure.kind not in ("output", "outer")
            key = (exposure.kind, exposure.secret, exposure.spot.path)
            if not empty and key not in known:
                known.add(key)
                yield exposure


def _by_file(template: Template, package: Package) -> "Mapping[str, Sequence[Exposure]]":
    """The places in which secrets end when a template file is expanded, by the file that they stand in.

    A main template that links many files is searched once for all of them.
    """
    found = package.exposures.get(template)
    if found is None:
        from packager.arm.secrecy import exposures  # loaded with the expansion only

        found = package.exposures[template] = {}
        for exposure in exposures(expansion(template, package)):
            found.setdefault(exposure.spot.document.name, []).append(exposure)
    return found
