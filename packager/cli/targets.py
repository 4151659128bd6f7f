"""What the verbs of publishing share: which service is meant, whose identity is used, how patient to be."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from packager.cli.together import together
from packager.errors import PackagerError
from packager.publish.cloud import MEANS, Cloud
from packager.publish.flows import Target
from packager.publish.ingestion import BASE
from packager.publish.lock import NAME
from packager.publish.pace import Pace
from packager.publish.packages import Request
from packager.publish.redact import redact

RESOURCE = "https://api.partner.microsoft.com"


packages_argument = click.argument("paths", nargs=-1, required=True, type=click.Path(readable=False), metavar="OFFER")
dist_option = click.option(
    "--dist",
    type=click.Path(file_okay=False, path_type=Path),
    default="dist",
    help="Folder of the packages and of the state. [dist]",
)
# As whom a service is asked, and how patiently.
asking_options = together(
    click.option(
        "--credential",
        type=click.Choice(MEANS),
        default="auto",
        help="Whose identity is used. [auto: that of the variables, else of az login]",
    ),
    click.option("--attempts", type=click.IntRange(1, 20), default=5, help="How often a request is tried. [5]"),
    click.option(
        "--pause",
        type=click.FloatRange(0, 60),
        default=1.0,
        help="Seconds before the second try; doubled with each. [1]",
    ),
    click.option(
        "--poll", type=click.FloatRange(0, 600), default=15.0, help="Seconds between questions for a state. [15]"
    ),
    click.option(
        "--timeout", type=click.FloatRange(0.1, 600), default=60.0, help="Seconds until an answer is given up. [60]"
    ),
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="No progress on stderr.")
# Everything that says which service is meant and how to talk to it.
target_options = together(
    packages_argument,
    dist_option,
    click.option("--service", default=BASE, metavar="URL", help="The Ingestion API, when it is another one."),
    click.option("--resource", default=RESOURCE, metavar="URL", help="What tokens for it are issued for."),
    asking_options,
    quiet_option,
)
plans_option = click.option("--plan", "plans", metavar="ID", multiple=True, help="Only this plan; may be repeated.")
listing_option = click.option("--listing", is_flag=True, help="What the listing says, too: texts, images, prices ...")
dry_option = click.option(
    "--dry-run", "dry", is_flag=True, help="Sign in and read for real, but only print the requests that would write."
)
wait_option = click.option("--wait", "waits", is_flag=True, help="Wait until it is done, telling every step.")


def pace_of(options: Mapping[str, Any]) -> Pace:
    """How patient the options are."""
    return Pace(options["attempts"], options["pause"], options["poll"], options["timeout"])


def teller(options: Mapping[str, Any]) -> Callable[[str], None]:
    """Tells progress on stderr, without secrets, unless `--quiet` is set."""
    quiet = options["quiet"]

    def tell(line: str) -> None:
        if not quiet:
            click.echo(f"packager: {redact(line)}", err=True)

    return tell


def target_of(options: Mapping[str, Any]) -> Target:
    """The target that the options name."""
    return Target(
        base=options["service"],
        resource=options["resource"],
        cloud=Cloud(options["credential"]),
        pace=pace_of(options),
        tell=teller(options),
        show=click.echo,
        waits=options.get("waits", False),
        dry=options.get("dry", False),
    )


def lock_of(request: Request, paths: tuple[str, ...]) -> Path:
    """Where the lock lies, as the user would write it: beside the offer file, else beside the records."""
    if request.offer is None:
        return request.folder / NAME
    place = Path(paths[0])
    return (place if place.is_dir() else place.parent) / NAME


def dist_of(paths: tuple[str, ...], dist: Path) -> Path:
    """The folder of the state: that of a record, else --dist."""
    return Path(paths[0]).parent if paths[0].endswith((".record.json", ".zip")) else dist


@contextlib.contextmanager
def guarded(report: Callable[[PackagerError], None] = lambda _: None) -> Iterator[None]:
    """No secret leaves in the message of an error that nobody foresaw; `report` writes what stands for a result."""
    try:
        yield
    except PackagerError as error:
        report(error)
        raise
    except (click.ClickException, OSError):
        raise
    except Exception as error:  # what the libraries raise may hold an address with a signature
        failed = PackagerError(f"internal error: {type(error).__name__}: {redact(str(error))}")
        report(failed)
        raise failed from None
