"""The verb `verify`: a zip against its build record and against a fresh build."""

import functools
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from packager.assemble.archive import source_date_epoch
from packager.assemble.compare import differences
from packager.assemble.fresh import build_fresh
from packager.assemble.verify import read_record, record_differences, record_of
from packager.cli.assignments import Assignment, overrides_of
from packager.cli.unused import tell_unused
from packager.errors import UsageError
from packager.offer.find import find_offers

FILE = click.Path(path_type=Path)


@click.command(epilog="Example: packager verify dist/starter-basic-1.0.0.zip")
@click.argument("archive", type=FILE, metavar="ZIP")
@click.option("--record", type=FILE, help="The build record, when it does not lie beside the zip.")
@click.option("--offer", type=FILE, help="The offer.yaml, when it is not found by the record's offer id.")
@click.option(
    "--build/--no-build", default=None, help="Compare with a fresh build, or do not. [when the offer is found]"
)
@click.option(
    "--set", "overrides", type=Assignment(), multiple=True, help="Set a variable of the sources, as it was built."
)
def command(
    archive: Path, record: Path | None, offer: Path | None, build: bool | None, overrides: tuple[str, ...]
) -> int:
    """Compare ZIP with the record that `build` wrote beside it, and with a fresh build of the same plan.

    What differs is named, entry by entry; the exit code is 1 when anything does.
    """
    if not archive.is_file():
        raise UsageError(f"'{archive}' is no file", hint="`packager build` writes packages to dist/")
    known = read_record(record or record_of(archive))
    found = list(record_differences(archive, known))
    _say(archive, found or ["as recorded"])
    file = offer if offer is not None or build is False else _found_offer(archive, known, required=build is True)
    if file is None:
        return 1 if found else 0
    fresh = list(_fresh_differences(archive, file, known, overrides_of(overrides)))
    same = f"the same as a fresh build of {_shown(file)}, plan {known['plan']}"
    _say(archive, [difference for difference in fresh if difference not in found] if fresh else [same])
    return 1 if found or fresh else 0


def _say(archive: Path, sentences: list[str]) -> None:
    for sentence in sentences:
        click.echo(f"{archive}: {sentence}")


def _found_offer(archive: Path, record: Mapping[str, Any], *, required: bool) -> Path | None:
    """The one offer that the record names; None, and why on stderr, when there is not exactly one."""
    found = find_offers((archive.parent, Path()), record["offer"], record["plan"])
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"'{_shown(file)}'" for file in found)
    message = f"the offer '{record['offer']}' is {f'in {names}' if found else 'not found near the zip or this folder'}"
    hint = "name its offer.yaml with --offer"
    if required:
        raise UsageError(message, hint=hint)
    click.echo(f"packager: not compared with a fresh build: {message}; {hint}", err=True)
    return None


def _shown(file: Path) -> str:
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def _fresh_differences(
    archive: Path, offer: Path, record: Mapping[str, Any], overrides: Mapping[str, str]
) -> Iterator[str]:
    seconds = source_date_epoch(os.environ.get("SOURCE_DATE_EPOCH"))
    with tempfile.TemporaryDirectory(prefix="packager-") as folder:
        told = functools.partial(tell_unused, path=str(offer), overrides=overrides)
        built = build_fresh(offer, (record["plan"],), overrides, Path(folder), seconds, told)
        fresh = built[record["plan"]].path
        if not fresh.stem.endswith(f"-{record['version']}"):
            yield f"the record says version {record['version']}, and a fresh build is '{fresh.name}'"
        yield from differences(archive, fresh, "a fresh build")
