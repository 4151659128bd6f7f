"""The verb `diff`: what changed between two packages, and whether the version says so."""

import json
from pathlib import Path

import click

from packager.cli.assignments import overrides_of, set_option
from packager.cli.options import day_of
from packager.cli.outputs import refuse_inputs
from packager.cli.refusals import told_in_json
from packager.cli.terminal import BOLD, DIFFERENCES, RED, color_option, format_option, print_data, print_text
from packager.cli.unused import tell_unused
from packager.diff.compare import compare
from packager.diff.jsonform import as_json
from packager.diff.markdown import as_markdown
from packager.diff.model import Difference
from packager.diff.sides import Side, read_side
from packager.diff.textform import as_text
from packager.diff.version import suffices
from packager.errors import UsageError
from packager.source.atomic import write_atomically
from packager.source.nearest import did_you_mean

MOST = 20
EVERY = 1_000_000
_MARKS = (*DIFFERENCES, (r"^  Breaking .*", RED), (r"^\S.*|^  \S.*?:(?= |$)", BOLD))


@click.command(epilog="Example: packager diff dist/starter-basic-1.0.0.zip marketplace/starter/offer.yaml")
@click.argument("old", type=click.Path(readable=False))
@click.argument("new", type=click.Path(readable=False))
@click.option("--plan", metavar="ID", help="Only this plan of an offer; all of them without it.")
@click.option(
    "--fail-on",
    type=click.Choice(("change", "breaking", "version", "never")),
    default="version",
    help="What makes the exit code 1: any change, a breaking one, or a version that does not say so. [version]",
)
@click.option("--all", "every", is_flag=True, help=f"Show every change, not only {MOST} of a file or resource.")
@format_option("difference", ("text", "json", "markdown"))
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the difference to FILE instead of stdout.",
)
@color_option
@set_option()
def command(
    old: str,
    new: str,
    plan: str | None,
    fail_on: str,
    every: bool,
    format_: str,
    output: Path | None,
    overrides: tuple[str, ...],
) -> int:
    """Compare two packages: OLD and NEW are zips, folders, build records beside their zips, or offers.

    Told are resources with default answers, parameters, outputs, elements of the form, and every value that differs;
    what would break customers who update; and the step that the version deserves.
    """
    refuse_inputs({"--output": output}, (old, new))
    values, day = overrides_of(overrides), day_of(None)
    with told_in_json(format_, lambda: as_json(Difference(old, new, ())), output):
        sides = [_chosen(read_side(path, day, values), path, plan) for path in (old, new)]
        tell_unused([side.package.bundle for both in sides for side in both], f"{old}' or '{new}", values)
        found = compare(old, new, sides[0], sides[1])
    text = _written(found, format_, EVERY if every else MOST)
    data = text.encode("utf-8", "backslashreplace")
    if output is not None:
        write_atomically(output, data)
    elif format_ == "text":
        print_text(text.rstrip("\n"), *_MARKS)
    else:
        print_data(data, for_people=format_ != "json")
    if fail_on == "version":
        _tell_unjudged(found)
    return 1 if _fails(found, fail_on) else 0


def _chosen(sides: list[Side], path: str, plan: str | None) -> list[Side]:
    """The sides of one plan; a package that does not say whose it is stands for any."""
    if plan is None:
        return sides
    known = [side.plan for side in sides if side.plan is not None]
    found = [side for side in sides if side.plan in {plan, None}]
    if not found:
        raise UsageError(f"'{path}' has no plan '{plan}'{did_you_mean(plan, known)}", hint=f"it has {', '.join(known)}")
    return found


def _written(found: Difference, form: str, most: int) -> str:
    if form == "json":
        return json.dumps(as_json(found), indent=2) + "\n"
    return as_markdown(found, most=most) if form == "markdown" else as_text(found, most=most)


def _tell_unjudged(found: Difference) -> None:
    """Say on stderr which packages have breaking changes while nothing tells whether their versions say so."""
    for one in found.packages:
        if one.breaking and suffices(one.old_version, one.new_version, one.deserved) is None:
            about = f"plan '{one.plan}'" if one.plan else "the package"
            message = f"{about} has breaking changes, and its version cannot be judged: it is not known on both sides"
            click.echo(
                f"packager: {message}\n  hint: --fail-on breaking makes the exit code 1 whatever it is", err=True
            )


def _fails(found: Difference, fail_on: str) -> bool:
    packages = found.packages
    if fail_on == "change":
        return any(one.files for one in packages) or bool(found.added or found.removed)
    if fail_on == "breaking":
        return any(one.breaking for one in packages) or bool(found.removed)
    unsaid = (suffices(one.old_version, one.new_version, one.deserved) is False for one in packages)
    return fail_on == "version" and any(unsaid)
