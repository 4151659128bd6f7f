"""What became of a PATH, and whether it is good enough."""

import pathlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from packager.bundle.model import Bundle
from packager.checks.config import Config
from packager.checks.engine import Report
from packager.checks.finding import Severity

if TYPE_CHECKING:
    from packager.offer.model import Offer
    from packager.render.model import Rendered


NOTHING_REPLACED: Mapping[str, bytes] = {}


class Checked(NamedTuple):
    """The findings in one PATH; `rendered` holds what an offer's plans became.

    `root` is the repository root of an offer, which the sources of findings are relative to. `read` are the files and
    folders that the outcome depends on, `bundle` is the package where PATH was no offer.
    """

    report: Report
    rendered: "tuple[Rendered, ...]" = ()
    offer: "Offer | None" = None
    root: pathlib.Path | None = None
    read: tuple[pathlib.Path, ...] = ()
    bundle: Bundle | None = None


def checks_of(report: Report, rendered: "Rendered") -> dict[str, int]:
    """What the build record says of a plan's checks: findings by severity, and how many files were seen."""
    shown, hidden = (
        [finding for finding in findings if finding.plan in {None, rendered.bundle.plan}]
        for findings in (report.findings, report.hidden)
    )
    counts = {str(severity): sum(one.severity is severity for one in shown) for severity in reversed(Severity)}
    return {**counts, "suppressed": len(hidden), "files": len(rendered.bundle.entries)}


def fails(report: Report, config: Config) -> bool:
    """Whether a finding is at or above the threshold."""
    return config.fail_on is not None and any(finding.severity >= config.fail_on for finding in report.findings)
