"""What `--baseline` and `--write-baseline` do in a run: files are read once, written at the end, stale entries told."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from packager.checks.config import Config, names_of
from packager.checks.engine import Report
from packager.checks.finding import Finding
from packager.checks.problems import says_unchecked
from packager.checks.registry import all_rules
from packager.errors import UsageError

if TYPE_CHECKING:
    from packager.checks.baseline import Accepted, Baseline


class Baselines:
    """The baselines of one run. With `write`, everything found is accepted and goes into that file at the end."""

    __slots__ = ("_found", "_read", "_unchecked", "_used", "_write")

    def __init__(self, write: str | None = None) -> None:
        self._write = write
        self._read: dict[str, Baseline] = {}
        self._used: dict[str, list[Config]] = {}
        self._found: list[Finding] = []
        self._unchecked = False

    def apply(self, report: Report, config: Config) -> Report:
        """The report without what is accepted. Raises UsageError for a file that cannot be read or is no baseline."""
        self._unchecked = self._unchecked or any(says_unchecked(finding) for finding in report.findings)
        if self._write is not None:
            from packager.checks.baseline import Baseline, accept  # only for runs with a baseline

            if config.profile == "arm-ttk":
                raise UsageError("--write-baseline does not go with profile arm-ttk, from which nothing is hidden")
            self._found += report.findings
            return Baseline(accept(report.findings)).apply(report, config)
        if config.baseline is None or config.profile == "arm-ttk":
            return report
        self._used.setdefault(config.baseline, []).append(config)
        return self._baseline(config.baseline).apply(report, config)

    def finish(self, *, complete: bool, quiet: bool) -> None:
        """Write the new baseline, or say what of the old one is no longer found; not when only a part was checked."""
        complete = complete and not self._unchecked
        if self._write is not None:
            self._finish_writing(self._write, complete=complete, quiet=quiet)
        elif complete and not quiet:
            for name, baseline in self._read.items():
                for entry in baseline.stale():
                    if any(_looked_for(entry, config) for config in self._used[name]):
                        click.echo(f"packager: {name}: no longer found: {entry.file}: {entry.rule}", err=True)

    def _finish_writing(self, name: str, *, complete: bool, quiet: bool) -> None:
        from packager.checks.baseline import accept, to_text  # only for runs with a baseline
        from packager.source.atomic import write_atomically  # brings shutil, 3 ms

        if not complete:
            click.echo(f"packager: {name} is not written: it would lack what could not be checked", err=True)
            return
        entries = accept(self._found)
        write_atomically(Path(name), to_text(entries).encode("utf-8", "backslashreplace"))
        count = sum(entry.count for entry in entries)
        if not quiet:
            click.echo(f"packager: {name} accepts {count} finding{'s' * (count != 1)}", err=True)

    def _baseline(self, name: str) -> "Baseline":
        from packager.checks.baseline import read_baseline  # only for runs with a baseline

        if name not in self._read:
            try:
                data = Path(name).read_bytes()
            except (OSError, ValueError) as error:
                reason = getattr(error, "strerror", None) or error
                raise UsageError(
                    f"the baseline '{name}' cannot be read: {reason}", hint="write it with --write-baseline"
                ) from error
            self._read[name] = read_baseline(name, data)
        return self._read[name]


def _looked_for(entry: "Accepted", config: Config) -> bool:
    """Whether a run with that configuration would have found the entry again."""
    base = entry.rule.partition("[")[0]
    rules = [rule for rule in all_rules() if rule.id == base]
    names = names_of(rules[0]) if rules else frozenset({base})
    in_profile = not rules or config.profile in rules[0].profiles
    return in_profile and not names & config.ignore and (not config.select or bool(names & config.select))
