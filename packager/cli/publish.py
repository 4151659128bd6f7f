"""The verb `publish`: a finished zip to Partner Center or to a service catalogue."""

import json
from pathlib import Path
from typing import Any

import click

from packager.checks.engine import Report
from packager.checks.finding import Severity
from packager.checks.problems import problem_finding
from packager.cli.cataloguing import catalog, rehearse
from packager.cli.options import day_of
from packager.cli.reporting import FOR_PEOPLE
from packager.cli.targets import (
    dist_of,
    dry_option,
    guarded,
    listing_option,
    lock_of,
    plans_option,
    target_of,
    target_options,
    wait_option,
)
from packager.cli.terminal import (
    BOLD,
    DIFFERENCES,
    RED,
    color_option,
    format_option,
    is_colored,
    print_data,
    print_result,
)
from packager.errors import PackagerError
from packager.publish import flows
from packager.publish.failure import ServiceError
from packager.publish.packages import offer_id_of, read_request, refuse_findings
from packager.publish.planning import Plan, as_json, as_text
from packager.publish.redact import redact
from packager.publish.submission import cancel as cancel_submission
from packager.publish.submission import refuse_failed


@click.group(
    subcommand_metavar="VERB [OPTIONS]...",
    options_metavar="",
    epilog="Example: packager publish draft marketplace/starter/offer.yaml --dry-run",
)
def command() -> None:
    """Bring finished packages to Partner Center, in three explicit steps: draft, preview, live.

    OFFER is an offer.yaml, whose packages `packager build` wrote to --dist, or the build record of a package. Every
    step may be interrupted and run again: what was done is kept in a state file beside the records, and nothing is sent
    twice.
    """


@command.command(
    "plan",
    short_help="print what publishing would change",
    epilog="Example: packager publish plan marketplace/starter/offer.yaml --listing",
)
@target_options
@plans_option
@listing_option
@click.option("--offline", is_flag=True, help="Compare with the lock of the last online run.")
@format_option("plan")
@color_option
def plan(
    paths: tuple[str, ...],
    dist: Path,
    plans: tuple[str, ...],
    listing: bool,
    offline: bool,
    format_: str,
    **options: Any,
) -> int:
    """Print what publishing would change, plan by plan; 1 when a version has not grown."""
    with guarded(lambda error: _plan_failed(error, format_)):
        request = read_request(paths, dist, plans)
        found = flows.plan(target_of(options), request, lock_of(request, paths), listing=listing, offline=offline)
    text = json.dumps(as_json(found), indent=2) if format_ == "json" else as_text(found).rstrip("\n")
    print_result(redact(text), format_, *DIFFERENCES, (r"^  refused: .*", RED), (r"^\S.*", BOLD))
    return 1 if found.refused else 0


def _plan_failed(error: PackagerError, format_: str) -> None:
    """Whoever reads JSON gets some: what failed stands where the changes would."""
    if format_ == "json":
        print_result(redact(json.dumps({**as_json(Plan((), ())), "error": str(error)}, indent=2)), format_)


@command.command(
    "draft",
    short_help="upload the packages to the plans' drafts",
    epilog="Example: packager publish draft dist/starter-basic-1.0.0.record.json --dry-run",
)
@target_options
@plans_option
@listing_option
@dry_option
@wait_option
@click.option("--create", is_flag=True, help="Make the offer and its plans when Partner Center does not have them.")
@click.option(
    "--allow-findings",
    multiple=True,
    metavar="RULES",
    help="Publish in spite of errors of these rules; commas or repeats.",
)
@click.option("--today", metavar="DATE", help="Judge ages as of this day (YYYY-MM-DD).")
def draft(
    paths: tuple[str, ...],
    dist: Path,
    plans: tuple[str, ...],
    listing: bool,
    create: bool,
    allow_findings: tuple[str, ...],
    today: str | None,
    **options: Any,
) -> None:
    """Upload the packages and make them those of the plans' drafts. Nobody sees a draft."""
    with guarded():
        request = read_request(paths, dist, plans)
        allowed = [name.strip() for value in allow_findings for name in value.split(",") if name.strip()]
        refuse_findings(request.packages, allowed, day_of(today))
        flows.draft(target_of(options), request, lock_of(request, paths), listing=listing, create=create)


@command.command(
    "preview",
    short_help="submit the drafts for certification and preview",
    epilog="Example: packager publish preview marketplace/starter/offer.yaml --wait",
)
@target_options
@plans_option
@dry_option
@wait_option
@click.option("--notes", default="", help="A note for those who certify the offer.")
def preview(paths: tuple[str, ...], dist: Path, plans: tuple[str, ...], notes: str, **options: Any) -> None:
    """Submit the drafts: they are certified, and then the preview audience sees them."""
    with guarded():
        found = flows.submit(target_of(options), read_request(paths, dist, plans), notes)
    if not options["dry"]:
        click.echo(flows.stands(found))


@command.command(
    "live",
    short_help="let what is in preview go live",
    epilog="Example: packager publish live marketplace/starter/offer.yaml --wait",
)
@target_options
@dry_option
@wait_option
def live(paths: tuple[str, ...], dist: Path, **options: Any) -> None:
    """Let what is in preview go live: customers get it."""
    with guarded():
        found = flows.go_live(target_of(options), dist_of(paths, dist), offer_id_of(paths))
    if not options["dry"]:
        click.echo(flows.stands(found))


@command.command(
    "status",
    short_help="print where the submission stands",
    epilog="Example: packager publish status marketplace/starter/offer.yaml --format json",
)
@target_options
@wait_option
@format_option("report", ("text", "json", "sarif", "junit", "github", "azure"))
@color_option
def status(paths: tuple[str, ...], dist: Path, format_: str, **options: Any) -> int:
    """Print where the submission stands, and what certification found; 4 when it was refused."""
    with guarded(lambda error: _status_failed(error, format_, paths)):
        found = flows.status(target_of(options), dist_of(paths, dist), offer_id_of(paths))
    if format_ == "text":
        click.echo(flows.stands(found.submission))
        for name, state in found.steps:
            click.echo(f"  {name}: {state}")
    if format_ != "text" or found.report.findings:
        _print_report(found.report, format_, paths)
    try:
        refuse_failed(found.submission or {})
    except ServiceError as error:
        click.echo(f"packager: {error.message}", err=True)
        return error.exit_code
    return 0


def _status_failed(error: PackagerError, format_: str, paths: tuple[str, ...]) -> None:
    """A report is written for programs whatever happens; people read the message."""
    if format_ != "text":
        finding = problem_finding("publish-failed", Severity.ERROR, redact(str(error)), paths[0], "")
        _print_report(Report((finding,), 0), format_, paths)


def _print_report(report: Report, format_: str, paths: tuple[str, ...]) -> None:
    from packager import __version__
    from packager.report.formats import Context, write_report  # with the formats, only here

    context = Context(__version__, color=is_colored(), quiet=format_ == "text", paths=paths, roots={})
    text = write_report(format_, report, context)
    print_data(text.encode("utf-8", "backslashreplace"), for_people=format_ in FOR_PEOPLE)


@command.command(
    "cancel",
    short_help="take back the submission that is under way",
    epilog="Example: packager publish cancel marketplace/starter/offer.yaml",
)
@target_options
@dry_option
def cancel(paths: tuple[str, ...], dist: Path, **options: Any) -> None:
    """Take back the submission that is under way."""
    with guarded(), flows.opened(target_of(options), dist_of(paths, dist), offer_id_of(paths)) as run:
        identity = cancel_submission(run)
    if identity is None:
        click.echo("no submission is under way")
    elif not options["dry"]:
        click.echo(f"submission {identity}: cancelled")


for inner in (catalog, rehearse):
    command.add_command(inner)
