"""The verb `expand`: what a template would deploy."""

from pathlib import Path
from typing import Any, NamedTuple

import click

from packager.arm.expand import expand
from packager.arm.expansion import PARAMETER_VALUE, Expansion, Trouble
from packager.arm.template import is_template
from packager.cli.assignments import overrides_of, set_option
from packager.cli.evaluation import parameter_place, parameter_values
from packager.cli.expansions import COMPARED, FORMATS, difference, written
from packager.cli.scope import facts_from, scope_options
from packager.cli.terminal import BOLD, DIFFERENCES, color_option, format_option, print_result
from packager.errors import RefusedError, UsageError
from packager.expressions.scope import Facts
from packager.source.document import Document

# Steps to a declaration; one more leads to its default value.
_OF_PARAMETER = 2
_TEMPLATES = ("mainTemplate.json", "azuredeploy.json")
_MARKS = ((r"^TYPE .*|^Not deployed:|^Outputs:", BOLD),)


@click.command(epilog="Example: packager expand marketplace/starter/offer.yaml --location westeurope")
@click.argument("template", type=click.Path())
@click.option("--plan", metavar="ID", help="The plan of an offer; the first one without it.")
@set_option("set_")
@click.option(
    "--parameters",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="A parameter file, or {name: value} (YAML or JSON).",
)
@scope_options
@click.option("--strict", is_flag=True, help="Refuse a template whose required parameters have no values.")
@click.option(
    "--diff", "other", type=click.Path(), metavar="OTHER", help="Print what differs from another template's expansion."
)
@format_option("result", list(FORMATS))
@color_option
def command(
    template: str,
    plan: str | None,
    set_: tuple[str, ...],
    parameters: str | None,
    scope: str | None,
    strict: bool,
    now: str | None,
    seed: int | None,
    other: str | None,
    format_: str,
    **options: str | None,
) -> int:
    """Print what a template would deploy, without Azure.

    TEMPLATE is a template in JSON, a folder or zip with a package, an offer.yaml, or a source that an offer names.
    """
    if other is not None and format_ not in COMPARED:
        raise UsageError(f"--diff is not written as {format_}", hint=f"take --format {' or '.join(COMPARED)}")
    facts = facts_from(scope, now, seed, options)
    try:
        request = _Request(plan, set_, parameter_values(parameters, facts), facts)
        found = _expansion(template, request)
        before = _expansion(other, request) if other is not None else None
    except RefusedError:
        if format_ == "json":
            # Whoever reads JSON gets some, whatever the files are.
            nothing = Expansion()
            print_result(written(nothing, "json") if other is None else difference(nothing, nothing, "json"), "json")
        raise
    code = _told(found, template, parameters, strict=strict, compared=other is not None)
    if other is None or before is None:
        print_result(written(found, format_), format_, *_MARKS)
        return code
    print_result(difference(found, before, format_), format_, *DIFFERENCES)
    return max(code, _told(before, other, parameters, strict=strict, compared=True))


class _Request(NamedTuple):
    """What the options say."""

    plan: str | None
    set: tuple[str, ...]
    values: dict[str, Any]
    facts: Facts


def _expansion(path: str, request: _Request) -> Expansion:
    """The expansion of what lies at a PATH; linked templates are looked for in its package, or beside and below it."""
    place = Path(path)
    in_folder = next((place / name for name in _TEMPLATES if (place / name).is_file()), None)
    if request.plan is None and (in_folder is not None or (place.is_file() and place.suffix.lower() == ".json")):
        return _of_file(in_folder or place, path, request)
    return _of_package(path, request)


def _of_package(path: str, request: _Request) -> Expansion:
    """The template of a zip, of a plan of an offer, or of a source."""
    from packager.cli.unused import tell_unused  # brings packages, which a single file does not need
    from packager.pipeline.forms import template_at  # as above

    overrides = overrides_of(request.set)
    found = template_at(path, request.plan, overrides)
    tell_unused([found.bundle], path, overrides)
    if request.plan is None and found.others:
        others = ", ".join(found.others)
        click.echo(f"packager: this is plan '{found.plan}'; --plan chooses another one: {others}", err=True)
    return expand(found.document, request.values, request.facts, found.bundle.lookup)


def _of_file(file: Path, path: str, request: _Request) -> Expansion:
    """A file by itself, without looking for a package around it."""
    if request.set:
        from packager.cli.unused import tell_without_sources  # brings packages, 15 ms

        tell_without_sources(path, overrides_of(request.set))
    document = _document(file)
    if not is_template(document.value):
        raise RefusedError(
            f"'{path}' is no ARM template", hint="it needs a $schema of a deployment template, or resources"
        )
    root = file.parent

    def lookup(name: str) -> Document | None:
        place = root / name
        try:
            inside = place.resolve().is_relative_to(root.resolve()) and place.is_file()
        except (OSError, ValueError):  # a name that no file can have, such as one of a thousand letters
            return None
        return _read(place, name) if inside else None

    return expand(document, request.values, request.facts, lookup)


def _document(file: Path) -> Document:
    document = _read(file, file.name)
    problem = document.problem
    if problem is not None:
        place = document.place_of(problem.span)
        raise RefusedError(problem.message, where=f"{file}:{place.line}:{place.column}", hint=problem.hint)
    return document


def _read(path: Path, name: str) -> Document:
    try:
        return Document.from_bytes(name, path.read_bytes(), kind="json")
    except OSError as error:
        raise UsageError(f"'{path}' cannot be read: {error.strerror}") from None


def _told(found: Expansion, path: str, parameters: str | None, *, strict: bool, compared: bool) -> int:
    """Says what Azure would refuse and what has no value, of two that are compared in which; the exit code."""
    for trouble in (*found.troubles, *found.doubts):
        hint = f"\n  hint: {trouble.hint}" if trouble.hint else ""
        where = _given_at(trouble, parameters) or _where(trouble, path)
        click.echo(f"packager: {where}: {trouble.message}{hint}", err=True)
    about = f"{path}: " if compared else ""
    for name in found.missing:
        refused = "; --strict refuses that, give it one with --parameters" if strict else ""
        click.echo(f"packager: {about}the parameter '{name}' has no value{refused}", err=True)
    return 1 if found.troubles or (strict and found.missing) else 0


def _given_at(trouble: Trouble, parameters: str | None) -> str | None:
    """The place in the parameter file when it gave the value that is wrong."""
    at = trouble.spot.path
    if parameters is None or trouble.code != PARAMETER_VALUE or len(at) != _OF_PARAMETER:
        return None
    return parameter_place(parameters, str(at[-1]))


def _where(trouble: Trouble, path: str) -> str:
    """The place in the file, or in the source that the file is rendered from."""
    document, extent = trouble.spot.document, trouble.spot.extent()
    origin = document.origin(extent.start)
    if origin is not None:
        return f"{origin.file}:{origin.line}"
    place, given = document.place_of(extent), Path(path)
    if given.suffix.lower() == ".zip":
        return f"{path}/{document.name}:{place.line}:{place.column}"
    folder = given if given.is_dir() else given.parent
    return f"{(folder / document.name).as_posix()}:{place.line}:{place.column}"
