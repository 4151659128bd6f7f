"""The verb `helm`: lock, check and render the Helm payloads of an offer."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from packager.cli.assignments import overrides_of, set_option
from packager.cli.baselines import Baselines
from packager.cli.options import Settings, check_options, day_of, kubernetes_option
from packager.cli.reporting import emit, refuse_written
from packager.cli.running import Request, guarded
from packager.cli.terminal import print_data
from packager.cli.together import together
from packager.data.kubernetes import KubernetesVersion
from packager.errors import RefusedError, UsageError
from packager.helm.program import helm_session
from packager.helm.shelf import VARIABLE
from packager.pipeline.checked import Checked
from packager.pipeline.helmlint import lint_offer
from packager.pipeline.inventory import every_image, inventory_of, payloads_as_json
from packager.pipeline.locking import Entry, Locking, lock_releases, stale_lines
from packager.pipeline.manifests import as_rendered, as_text, reason, render_releases
from packager.pipeline.releases import Choice, Made, PlanPayload, Runs, every_made
from packager.render.folder import write_rendered
from packager.source.atomic import write_atomically

NOTHING = "makes no object, though it has templates"
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group(
    subcommand_metavar="VERB [OPTIONS]...",
    options_metavar="",
    epilog="Example: packager helm lint marketplace/mojaloop/offer.yaml",
)
def command() -> None:
    """Resolve, check and render the Helm releases of an offer with the helm program.

    The program is `helm` on PATH (version 3 or 4), or the one that PACKAGER_HELM names. Charts of repositories are
    looked for in the folder that PACKAGER_CHART_DIR names; only `lock` fetches any.
    """


# Which releases are meant.
release_options = together(
    click.argument("offer", type=click.Path(readable=False), metavar="OFFER"),
    click.option("--plan", "plans", metavar="ID", multiple=True, help="Only this plan; may be repeated."),
    click.option("--release", "releases", metavar="NAME", multiple=True, help="Only this release; may be repeated."),
)


@command.command(
    "lint",
    short_help="check what each release becomes",
    epilog="Example: packager helm lint marketplace/mojaloop/offer.yaml --images",
)
@release_options
@click.option("--images", is_flag=True, help="Print the images of all releases in place of the report.")
@check_options
def lint(
    offer: str,
    plans: tuple[str, ...],
    releases: tuple[str, ...],
    images: bool,
    **options: Any,
) -> int:
    """Render each release and check what it becomes: `helm lint`, and the rules on Kubernetes objects.

    A chart that is not at hand is reported as such, which is no error. With --format json the report names the images,
    hooks and definitions of custom resources of every release, too.
    """
    settings, baselines = Settings(options), Baselines(options["write_baseline"])
    day, overrides = day_of(options["today"]), overrides_of(options["set"])
    request = Request(offer, settings.config(offer), day, overrides)
    choice = Choice(plans, releases, options["kubernetes"])
    payloads: list[PlanPayload] = []
    outcome = guarded(request, lambda: _linted(request, choice, payloads))
    refuse_written([outcome], options)
    report = baselines.apply(outcome.checked.report, request.config)
    outcome = outcome._replace(checked=outcome.checked._replace(report=report))
    baselines.finish(complete=not plans and not releases and outcome.refusal is None, quiet=options["quiet"])
    if not options["quiet"]:
        _tell(payloads)
    if images:
        print_data("".join(f"{image}\n" for image in every_image(payloads)).encode(), for_people=True)
    more = payloads_as_json(payloads) if options["format"] == "json" else {}
    return emit([outcome], {**options, "images": images}, more)


def _linted(request: Request, choice: Choice, payloads: list[PlanPayload]) -> Checked:
    """Lint an offer; what its releases became is put into `payloads`."""
    with helm_session() as helm:
        linted = lint_offer(request.path, request.config, request.today, request.overrides, choice, Runs(helm))
    payloads += linted.payloads
    return linted.checked


@command.command(
    "render",
    short_help="print the objects of each release",
    epilog="Example: packager helm render marketplace/mojaloop/offer.yaml --release moja-azure",
)
@release_options
@kubernetes_option
@click.option("--out", type=FOLDER, help="The folder to write to, a file for each file of a chart. [stdout]")
@set_option()
def render(
    offer: str,
    plans: tuple[str, ...],
    releases: tuple[str, ...],
    kubernetes: KubernetesVersion | None,
    out: Path | None,
    overrides: tuple[str, ...],
) -> int:
    """Render each release with `helm template` and print the objects, or write them to OUT/<plan>/<release>/.

    What an earlier run wrote there is replaced; a folder with other files is left alone. The exit code is 1 when a
    release cannot be rendered.
    """
    choice = Choice(plans, releases, kubernetes)
    with helm_session() as helm:
        payloads = render_releases(offer, overrides_of(overrides), choice, Runs(helm))
    _tell(payloads, only_rendered=True)
    if out is not None:
        rendered = [as_rendered(payload) for payload in payloads]
        write_rendered(rendered, out)
        for one in rendered:
            count = len(one.bundle.entries)
            click.echo(f"{one.bundle.plan}: {count} file{'s' * (count != 1)} in {out / (one.bundle.plan or '')}")
    else:
        print_data("".join(map(as_text, every_made(payloads))).encode("utf-8", "surrogatepass"), for_people=False)
    failed = [made for made in every_made(payloads) if made.status != "rendered"]
    for made in failed:
        click.echo(f"packager: {made.plan}/{made.release.name} is not rendered: {reason(made)}", err=True)
    return 1 if failed else 0


@command.command(
    "lock",
    short_help="resolve charts, digests and images",
    epilog="Example: packager helm lock marketplace/mojaloop/offer.yaml",
)
@click.argument("offer", type=click.Path(readable=False), metavar="OFFER")
@click.option("--check", is_flag=True, help="Write nothing; say what differs and exit 1 when the lock is stale.")
@click.option("--charts", type=FOLDER, metavar="DIR", help="Keep the charts that are fetched in this folder.")
@kubernetes_option
@set_option()
def lock(
    offer: str, check: bool, charts: Path | None, kubernetes: KubernetesVersion | None, overrides: tuple[str, ...]
) -> int:
    """Resolve the chart, its digest and the images of every release: releases.lock.yaml beside OFFER.

    A chart that is not at hand is fetched from its repository. What cannot be fetched stays as it was locked, or is
    locked as not resolved, with the reason and the exit code 1. The other verbs find the charts that --charts keeps
    when PACKAGER_CHART_DIR names the folder.
    """
    if check and charts is not None:
        raise UsageError("--check writes nothing, so --charts does not go with it")
    with helm_session() as helm:
        choice = Choice(kubernetes=kubernetes)
        locking = lock_releases(offer, overrides_of(overrides), choice, Runs(helm))
    for entry in locking.entries:
        for line in _notes(entry):
            click.echo(f"packager: {entry.title} {line}", err=True)
    if check:
        stale = stale_lines(locking)
        click.echo("".join(f"{line}\n" for line in stale) or f"{locking.file.name} is up to date\n", nl=False)
        return 1 if stale else 0
    if charts is not None:
        _keep(locking, charts)
    _refuse_loss(locking)
    write_atomically(locking.file, locking.text.encode())
    count, open_ = len(locking.entries), sum(bool(entry.problem and not entry.kept) for entry in locking.entries)
    left = f", {open_} of them not resolved" if open_ else ""
    click.echo(f"{locking.file.name}: {count} release{'s' * (count != 1)}{left}")
    return 1 if open_ else 0


def _keep(locking: Locking, folder: Path) -> None:
    """Write the charts that were fetched into a folder. Raises UsageError where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"folder '{folder}' cannot be made: {error.strerror}") from error
    for name, data in locking.fetched.items():
        write_atomically(folder / name, data)
        click.echo(f"packager: {name} is in {folder}", err=True)
    if locking.fetched and os.environ.get(VARIABLE) != str(folder):
        click.echo(f"packager: name {folder} in {VARIABLE}, and the other verbs find the charts there", err=True)


def _refuse_loss(locking: Locking) -> None:
    """Tell that a broken lock is replaced. Raises RefusedError where that would lose what cannot be found out anew."""
    if locking.lost:
        names = ", ".join(f"{entry.plan}/{entry.value['release']}" for entry in locking.lost)
        lines = "".join(f"\n  {line}" for line in locking.broken)
        raise RefusedError(
            f"{locking.file.name} cannot be read, and what it says of {names} would be lost, so it stays{lines}",
            hint="mend it, or take it from the repository's history; delete it to lock anew",
        )
    for line in locking.broken:
        click.echo(f"packager: {line}; the file is written anew", err=True)


def _notes(entry: Entry) -> Iterator[str]:
    """What is to be said of a release that is not simply locked."""
    if entry.problem is not None:
        yield f"{'is kept as it was locked' if entry.kept else 'is not resolved'}: {entry.problem}"
    if entry.empty:
        yield NOTHING
    if entry.replaced is not None:
        digest = entry.value["chart"]["digest"]
        yield f"is another archive than was locked, under the same version: {entry.replaced} before, {digest} now"


def _tell(payloads: Iterable[PlanPayload], *, only_rendered: bool = False) -> None:
    """Say on stderr what became of each release."""
    for made in every_made(payloads):
        if only_rendered and made.status != "rendered":
            continue
        click.echo(f"packager: {made.plan}/{made.release.name}: {_summary(made)}", err=True)


def _summary(made: Made) -> str:
    release = made.release
    chart = f"{release.chart} {release.version}"
    if made.status != "rendered":
        return f"{chart}: {'not at hand' if made.status == 'not-at-hand' else 'refused by helm'}"
    if made.is_empty:
        return f"{chart} {NOTHING}"
    found = inventory_of(made)
    counts = [(found.objects, "object"), (len(found.images), "image"), (len(found.hooks), "hook")]
    counts.append((len(found.definitions), "custom resource definition"))
    return f"{chart}: " + ", ".join(f"{count} {word}{'s' * (count != 1)}" for count, word in counts)
