"""The verb `expand`: what a template would deploy."""

from pathlib import Path
from typing import Any

import click

from packager.arm.expand import expand
from packager.arm.expansion import Expansion
from packager.arm.template import is_template
from packager.cli.evaluation import facts_of, parameter_values, read_object, ticks_of
from packager.cli.expansions import FORMATS, difference, written
from packager.errors import RefusedError, UsageError
from packager.expressions.scope import Facts
from packager.source.document import Document


@click.command(epilog="Example: packager expand mainTemplate.json --parameters parameters.json --scope scope.json")
@click.argument("template", type=click.Path())
@click.option("--parameters", type=click.Path(dir_okay=False), help="A parameter file, or a JSON file {name: value}.")
@click.option(
    "--scope", type=click.Path(dir_okay=False), help="A JSON file with subscriptionId, resourceGroup, location ..."
)
@click.option("--strict", is_flag=True, help="Refuse a template whose required parameters have no values.")
@click.option("--now", metavar="TIME", help="What utcNow() gives, such as 2026-01-31T12:00:00Z.")
@click.option("--seed", type=int, help="Makes newGuid() give ids that depend on this number.")
@click.option(
    "--diff", "other", type=click.Path(), metavar="OTHER", help="Print what differs from another template's expansion."
)
@click.option(
    "--format", "format_", type=click.Choice(list(FORMATS)), default="text", help="How the result is written."
)
def command(
    template: str,
    parameters: str | None,
    scope: str | None,
    strict: bool,
    now: str | None,
    seed: int | None,
    other: str | None,
    format_: str,
) -> int:
    """Print what a template would deploy, without Azure."""
    facts = facts_of(read_object(scope, "scope") if scope else {}, ticks_of(now), seed)
    values = parameter_values(parameters)
    try:
        found = _expansion(template, values, facts)
    except RefusedError as error:
        if format_ != "json":
            raise
        # Whoever reads JSON gets some, whatever the file is.
        click.echo(f"packager: {error}", err=True)
        click.echo(written(Expansion(), format_))
        return error.exit_code
    code = _told(found, template, strict=strict)
    if other is None:
        click.echo(written(found, format_))
        return code
    before = _expansion(other, values, facts)
    click.echo(difference(found, before, format_))
    return max(code, _told(before, other, strict=strict))


def _expansion(path: str, values: dict[str, Any], facts: Facts) -> Expansion:
    """The expansion of a file; linked templates are looked for beside and below it."""
    document = _document(Path(path))
    if not is_template(document.value):
        raise RefusedError(
            f"'{path}' is no ARM template", hint="it needs a $schema of a deployment template, or resources"
        )
    root = Path(path) if Path(path).is_dir() else Path(path).parent

    def lookup(name: str) -> Document | None:
        place = root / name
        try:
            inside = place.resolve().is_relative_to(root.resolve()) and place.is_file()
        except (OSError, ValueError):  # a name that no file can have, such as one of a thousand letters
            return None
        return _read(place, name) if inside else None

    return expand(document, values, facts, lookup)


def _document(path: Path) -> Document:
    if path.is_dir():
        names = ("mainTemplate.json", "azuredeploy.json")
        found = next((path / name for name in names if (path / name).is_file()), None)
        if found is None:
            raise UsageError(f"'{path}' holds no mainTemplate.json", hint="name the template file itself")
        path = found
    if not path.is_file():
        raise UsageError(f"there is no file '{path}'", hint="expand takes an ARM template in JSON")
    document = _read(path, path.name)
    problem = document.problem
    if problem is not None:
        place = document.place_of(problem.span)
        raise RefusedError(problem.message, where=f"{path}:{place.line}:{place.column}", hint=problem.hint)
    return document


def _read(path: Path, name: str) -> Document:
    try:
        return Document.from_bytes(name, path.read_bytes(), kind="json")
    except OSError as error:
        raise UsageError(f"'{path}' cannot be read: {error.strerror}") from None


def _told(found: Expansion, path: str, *, strict: bool) -> int:
    """Says what Azure would refuse and what has no value; the exit code."""
    folder = Path(path) if Path(path).is_dir() else Path(path).parent
    for trouble in (*found.troubles, *found.doubts):
        place = trouble.spot.place()
        hint = f"\n  hint: {trouble.hint}" if trouble.hint else ""
        where = f"{(folder / trouble.spot.document.name).as_posix()}:{place.line}:{place.column}"
        click.echo(f"packager: {where}: {trouble.message}{hint}", err=True)
    for name in found.missing:
        refused = "; --strict refuses that, give it one with --parameters" if strict else ""
        click.echo(f"packager: the parameter '{name}' has no value{refused}", err=True)
    return 1 if found.troubles or (strict and found.missing) else 0
