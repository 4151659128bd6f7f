"""Options that several verbs share, and what they mean to the library."""

import datetime
from collections.abc import Callable
from typing import Any

import click

from packager.checks.config import Config
from packager.checks.finding import Severity
from packager.errors import UsageError
from packager.report.formats import FORMATS

Command = Callable[..., Any]
PROFILES = ("arm-ttk", "marketplace", "strict", "azure-stack-hub", "azure-local")


def check_options(command: Command) -> Command:
    """Everything that decides what is checked and how it is reported."""
    options = (
        click.option(
            "--profile", type=click.Choice(PROFILES), default="marketplace", help="Which lens and which rules."
        ),
        click.option("--select", multiple=True, help="Only these rules: ids or arm-ttk names; commas or repeats."),
        click.option("--ignore", multiple=True, help="Not these rules."),
        click.option(
            "--fail-on",
            type=click.Choice(["error", "warning", "info", "never"]),
            default="error",
            help="The least severity that makes the exit code 1.",
        ),
        click.option(
            "--format", "format_", default="text", type=click.Choice(list(FORMATS)), help="How the report is written."
        ),
        click.option("--output", type=click.Path(dir_okay=False), help="Write the report to a file instead of stdout."),
        click.option("--today", metavar="DATE", help="Judge ages as of this day (YYYY-MM-DD)."),
        click.option("--set", "overrides", multiple=True, metavar="NAME=VALUE", help="Set a variable of the sources."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def config_of(profile: Any, select: tuple[str, ...], ignore: tuple[str, ...], fail_on: str) -> Config:
    """The library's configuration for the options."""
    threshold = None if fail_on == "never" else Severity.of(fail_on)
    return Config(profile, _names(select), _names(ignore), fail_on=threshold)


def _names(values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.strip().lower() for value in values for name in value.split(",") if name.strip())


def day_of(text: str | None) -> datetime.date:
    """The day that `--today` names; today without it."""
    if text is None:
        return datetime.datetime.now(tz=datetime.UTC).date()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--today {text}: {error}", hint="write the day as 2026-01-31") from error


def overrides_of(values: tuple[str, ...]) -> dict[str, str]:
    """`NAME=VALUE` options as a mapping."""
    pairs = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not name or not equals:
            raise UsageError(f"--set {value}: expected NAME=VALUE")
        pairs[name] = text
    return pairs
