"""The verb `arm-ttk`: the verdicts of profile `arm-ttk` for those who read, or search, the output of arm-ttk."""

import os
from pathlib import Path
from typing import Any

import click

from packager.checks.armttk.parameters import read_parameters
from packager.checks.armttk.verdicts import Choice, FileVerdicts, arm_ttk_verdicts, chosen_tests
from packager.checks.config import Config
from packager.checks.finding import Finding
from packager.checks.registry import all_rules
from packager.checks.skip import read_skips
from packager.cli.assignments import Assignment, overrides_of, set_option
from packager.cli.options import day_of
from packager.cli.terminal import GREEN, RED, YELLOW, color_option, print_text
from packager.cli.unused import tell_unused
from packager.data.api_versions import read_table
from packager.errors import UsageError
from packager.pipeline.opening import packages_of
from packager.report.armttk import write_arm_ttk

_MARKS = tuple((rf"^    \[{mark}\] .*", color) for mark, color in ((r"\+", GREEN), (r"\?", YELLOW), ("-", RED)))
_LOOKED_FOR = (
    "it starts from azuredeploy.json, mainTemplate.json or prereq.azuredeploy.json in a folder, or from a file"
)


@click.command(epilog="Example: packager arm-ttk marketplace/starter/offer.yaml --skip apiVersions-Should-Be-Recent")
@click.argument("path", type=click.Path(readable=False))
@click.option("--test", multiple=True, metavar="NAME", help="Only these tests or groups; commas or repeats.")
@click.option("--skip", multiple=True, metavar="NAME", help="Not these tests.")
@click.option("--file", "files", multiple=True, metavar="PATTERN", help="Only files with such names; may hold * and ?.")
@click.option(
    "--skip-by-file", type=Assignment(), multiple=True, metavar="FILE=TEST", help="Not these tests on those files."
)
@click.option("--test-parameter", type=Assignment(), multiple=True, help="Set a check parameter of arm-ttk.")
@click.option(
    "--api-versions", type=click.Path(dir_okay=False), metavar="FILE", help="Judge api-versions by this table (JSON)."
)
@click.option("--today", metavar="DATE", help="Judge ages as of this day (YYYY-MM-DD).")
@set_option()
@color_option
def command(path: str, overrides: tuple[str, ...], today: str | None, **options: Any) -> int:
    """Print what arm-ttk will say of PATH, in its layout: [+] passed, [?] passed with warnings, [-] failed.

    The exit code is 1 when a test fails.
    """
    config = Config(
        profile="arm-ttk",
        test_parameters=read_parameters(options["test_parameter"]),
        api_versions=read_table(Path(options["api_versions"])) if options["api_versions"] else None,
        skips=read_skips(options["skip_by_file"], all_rules()),
    )
    tests, skipped = (chosen_tests(options[name], f"--{name}") for name in ("test", "skip"))
    choice = Choice(tests, skipped, options["files"])
    files: list[FileVerdicts] = []
    crashes: list[Finding] = []
    given = overrides_of(overrides)
    packages = list(packages_of(path, config, day_of(today), given))
    tell_unused([package.bundle for package in packages], path, given)
    for package in packages:
        found, crashed = arm_ttk_verdicts(package, config, choice)
        files, crashes = files + found, crashes + crashed
    if not files:
        raise UsageError(f"arm-ttk finds nothing to test in '{path}'", hint=_LOOKED_FOR)
    print_text(write_arm_ttk(files, os.environ).rstrip("\n"), *_MARKS)
    for crash in crashes:
        click.echo(f"packager: {crash.message}", err=True)
    failed = any(not verdict.passed for file in files for verdict in file.verdicts())
    return 3 if crashes else int(failed)
