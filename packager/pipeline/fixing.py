"""From findings to files that are mended."""

import datetime
import pathlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from packager.checks.config import Config, enabled
from packager.checks.engine import Report
from packager.checks.finding import Basis, Finding
from packager.checks.registry import all_rules
from packager.errors import UsageError
from packager.pipeline.check import check_path
from packager.pipeline.checked import Checked

if TYPE_CHECKING:
    from packager.checks.fixes import Fixed


def fix_path(
    path: str,
    config: Config,
    today: datetime.date,
    overrides: Mapping[str, str],
    reported: Callable[[Report], Report],
) -> "tuple[Checked, Checked, Fixed]":
    """PATH as it is, as it would be with everything fixed that can be, and the files in which the two differ.

    `reported` takes out of a report what is not to be fixed. Nothing is written. Raises UsageError for a zip.
    """
    from packager.checks.fixes import Fixer, Trial  # only for runs that fix

    if pathlib.Path(path).suffix.lower() == ".zip":
        message = f"'{path}' is a zip, and files inside a zip are never changed"
        raise UsageError(message, hint="fix the folder or the offer that it is made from, and build it anew")

    # What arm-ttk reports is fixed where it is true: its false alarms are not to be obeyed blindly.
    profile = "marketplace" if config.profile == "arm-ttk" else config.profile
    everything = config._replace(profile=profile, select=frozenset(), ignore=frozenset())
    chosen = frozenset(rule.id for rule in all_rules() if enabled(rule, config))

    def is_fixable(finding: Finding) -> bool:
        predicted = config.profile != "arm-ttk" or finding.basis is not Basis.PACKAGER
        return finding.rule_id in chosen and predicted

    def trial(replaced: Mapping[str, bytes]) -> Trial:
        # Rules that were not chosen have no fixes here, but a say in those of the others.
        checked = check_path(path, everything, today, overrides, replaced)
        found = reported(checked.report).findings
        found = tuple(one if is_fixable(one) else one._replace(fix=None) for one in found)
        bundles = tuple(rendered.bundle for rendered in checked.rendered)
        return Trial(found, (checked.bundle,) if checked.bundle else bundles)

    before = check_path(path, config, today, overrides)
    places = fixed_places(before, path)
    fixed = Fixer(trial, lambda name: places(name).read_bytes()).run(trial({}))
    return before, check_path(path, config, today, overrides, fixed.after) if fixed.after else before, fixed


def fixed_places(checked: Checked, path: str) -> Callable[[str], pathlib.Path]:
    """Where the files are that the check of PATH names."""
    place = pathlib.Path(path)
    if checked.root is not None:
        root = checked.root
        return lambda name: root / name
    return (lambda name: place / name) if place.is_dir() else (lambda name: place.parent / name)
