"""Options that several verbs share, and what they mean to the library: flags, environment, project, defaults."""

import datetime
import pathlib
from collections.abc import Callable, Mapping
from typing import Any

import click

from packager.checks.config import PROFILES, Config, names_of, refuse_unknown
from packager.checks.finding import Severity
from packager.checks.project import THRESHOLDS, Project, beside, project_file, read_project
from packager.checks.registry import all_rules
from packager.checks.skip import read_skips
from packager.cli.assignments import Assignment, set_option
from packager.cli.terminal import color_option
from packager.cli.together import together
from packager.data.api_versions import read_table
from packager.data.kubernetes import DEFAULT_VERSION, read_version
from packager.errors import UsageError
from packager.report.formats import FORMATS

Command = Callable[..., Any]


def complete_rules(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """The names of rules that go on as `incomplete`, or as its part behind the last comma, starts."""
    before, comma, word = incomplete.rpartition(",")
    names = {name for rule in all_rules() for name in (rule.id, rule.arm_ttk or rule.id)}
    return [before + comma + name for name in sorted(names) if name.lower().startswith(word.lower())]


def kubernetes_option(command: Command) -> Command:
    """The version of Kubernetes that a payload is meant for."""
    return click.option(
        "--kubernetes-version",
        "kubernetes",
        metavar="VERSION",
        callback=lambda _context, _option, text: read_version(text) if text else None,
        help=f"The version that payloads are for. [variable kubernetesVersion of the plan, else {DEFAULT_VERSION}]",
    )(command)


def check_options(command: Command) -> Command:
    """Everything that decides what is checked and how it is reported."""
    file = click.Path(dir_okay=False)
    options = (
        click.option("--profile", type=click.Choice(PROFILES), help="Which lens and which rules. [marketplace]"),
        click.option(
            "--select",
            metavar="RULES",
            multiple=True,
            shell_complete=complete_rules,
            help="Only these rules: ids or arm-ttk names; commas or repeats.",
        ),
        click.option(
            "--ignore",
            metavar="RULES",
            multiple=True,
            shell_complete=complete_rules,
            help="Not these rules; commas or repeats.",
        ),
        click.option(
            "--fail-on",
            type=click.Choice(THRESHOLDS),
            help="The least severity that makes the exit code 1. [error]",
        ),
        click.option("--baseline", type=file, metavar="FILE", help="Report only what is not in this baseline."),
        click.option("--write-baseline", type=file, metavar="FILE", help="Accept all findings: write them to FILE."),
        click.option("--config", type=file, metavar="FILE", help="Read [tool.packager] of this pyproject.toml."),
        click.option("--isolated", is_flag=True, help="Read no pyproject.toml, and no baseline beside an offer."),
        click.option(
            "--format", default="text", type=click.Choice(list(FORMATS)), help="How the report is written. [text]"
        ),
        click.option("--output", type=file, metavar="FILE", help="Write the report to FILE instead of stdout."),
        click.option("--sarif-file", type=file, metavar="FILE", help="Write the report to FILE as SARIF, besides."),
        color_option,
        click.option("-q", "--quiet", is_flag=True, help="One line a finding, no summary, no notes on stderr."),
        click.option("-v", "--verbose", is_flag=True, help="Say on stderr what is checked and with which settings."),
        click.option("--today", metavar="DATE", help="Judge ages as of this day (YYYY-MM-DD)."),
        click.option("--api-versions", type=file, metavar="FILE", help="Judge api-versions by this table (JSON)."),
        kubernetes_option,
        click.option("--test-parameter", type=Assignment(), multiple=True, help="Set a check parameter of arm-ttk."),
        click.option(
            "--skip-by-file",
            type=Assignment(),
            multiple=True,
            metavar="FILE=TEST",
            help="Not these tests on those files.",
        ),
        set_option("set"),
    )
    return together(*options)(command)


def form_options(plan: str) -> Callable[[Command], Command]:
    """Whose form is run and what answers it; `plan` says what a run does with the plans of an offer."""
    file = click.Path(dir_okay=False)
    responses = "What Azure answers to the form's calls (YAML or JSON)."
    return together(
        click.option("--plan", metavar="ID", help=plan),
        click.option("--answers", type=file, metavar="FILE", help="Begin with these answers (YAML or JSON)."),
        click.option("--responses", type=file, metavar="FILE", help=responses),
        set_option("set_"),
    )


def default_options() -> dict[str, Any]:
    """What `check_options` gives when nothing is typed and no variable is set."""
    command = click.Command("options")
    check_options(command)  # which adds them to the command that it is given
    return dict(command.make_context("packager", []).params)


class Settings:
    """What the user chose, joined with what the project around each PATH sets; projects are read once."""

    __slots__ = ("_api_versions", "_options", "_projects", "_skips", "_test_parameters")

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = options
        self._projects: dict[pathlib.Path | None, Project] = {}
        refuse_unknown(names_in(options["select"]), all_rules(), "--select")
        refuse_unknown(names_in(options["ignore"]), all_rules(), "--ignore")
        self._test_parameters = _test_parameters(options["test_parameter"])
        self._api_versions = read_table(pathlib.Path(options["api_versions"])) if options["api_versions"] else None
        self._skips = read_skips(options["skip_by_file"], all_rules())

    def config(self, path: str) -> Config:
        """The configuration for one PATH."""
        options, project = self._options, self.project(path)
        fail_on = options["fail_on"] or project.fail_on or "error"
        return Config(
            profile=options["profile"] or project.profile or "marketplace",
            select=names_in(options["select"] or project.select),
            ignore=names_in(options["ignore"] or project.ignore),
            severities=project.severities,
            fail_on=None if fail_on == "never" else Severity.of(fail_on),
            baseline=options["baseline"] or self._beside(path) or project.baseline,
            test_parameters=self._test_parameters,
            api_versions=self._api_versions,
            kubernetes=options["kubernetes"],
            skips=self._skips,
        )

    def _beside(self, path: str) -> str | None:
        return None if self._options["isolated"] else beside(path)

    def project(self, path: str) -> Project:
        """The settings of the project that PATH is in."""
        if self._options["isolated"]:
            return Project()
        file = pathlib.Path(self._options["config"]).absolute() if self._options["config"] else project_file(path)
        if file not in self._projects:
            is_named = bool(self._options["config"])
            self._projects[file] = _checked(read_project(file, is_named=is_named)) if file else Project()
        return self._projects[file]


def _checked(project: Project) -> Project:
    """The project, after its names of rules were looked up; severities go by rule id."""
    rules = all_rules()
    for key, names in (("select", project.select), ("ignore", project.ignore)):
        refuse_unknown(names_in(names), rules, key, project.where(key))
    severities: dict[str, Severity] = {}
    for name, severity in project.severities.items():
        refuse_unknown(frozenset({name}), rules, "severity of", project.where(f"severity.{name}"))
        severities |= {rule.id: severity for rule in rules if name in names_of(rule)} or {name: severity}
    return project._replace(severities=severities)


def _test_parameters(values: tuple[str, ...]) -> dict[str, str]:
    if not values:
        return {}
    from packager.checks.armttk.parameters import read_parameters  # few runs set any

    return read_parameters(values)


def names_in(values: tuple[str, ...]) -> frozenset[str]:
    """The names in options that may be repeated and hold commas, in lower case."""
    return frozenset(name.strip().lower() for value in values for name in value.split(",") if name.strip())


def day_of(text: str | None) -> datetime.date:
    """The day that `--today` names; today without it."""
    if text is None:
        return datetime.datetime.now(tz=datetime.UTC).date()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--today: '{text}' is no day", hint="write the day as 2026-01-31") from None
