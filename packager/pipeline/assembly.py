"""From a checked offer to its zips and records."""

import pathlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from packager.pipeline.checked import Checked, checks_of

if TYPE_CHECKING:
    from packager.assemble.archive import Archive
    from packager.assemble.packages import Target


def targets(checked: Checked, out: pathlib.Path) -> list["Target"]:
    """Where the packages of a checked offer go, in the order of its plans."""
    from packager.assemble.packages import plan_of, target  # brings zipfile38, 10 ms

    offer = checked.offer
    return [target(out, offer, plan_of(offer, rendered)) for rendered in checked.rendered] if offer else []


def differences_of_second_build(
    checked: Checked, overrides: Mapping[str, str], seconds: int
) -> Iterator[tuple[str, str]]:
    """What another process makes differently of the same sources: pairs of a plan and a sentence."""
    from packager.assemble.twice import second_build_differences  # starts processes, which few builds ask for

    if checked.offer is not None:
        yield from second_build_differences(checked.offer, checked.rendered, overrides, seconds)


def assemble_plans(checked: Checked, out: pathlib.Path, seconds: int, *, attest: bool = False) -> Iterator["Archive"]:
    """Write `<offer>-<plan>-<version>.zip` and its record for every rendered plan of a checked offer."""
    from packager.assemble.packages import write_package  # brings zipfile38, 10 ms

    offer = checked.offer
    if offer is not None:
        for rendered, place in zip(checked.rendered, targets(checked, out), strict=True):
            yield write_package(place, offer, rendered, seconds, checks_of(checked.report, rendered), attest=attest)
