"""`publish catalog` and `publish rehearse`: the same zip in a subscription of one's own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from packager.cli.answers import answers_in
from packager.cli.evaluation import read_object
from packager.cli.identifiers import Authorization, Guid, SecureAddress
from packager.cli.options import day_of
from packager.cli.targets import (
    asking_options,
    dist_option,
    guarded,
    pace_of,
    packages_argument,
    plans_option,
    quiet_option,
    teller,
)
from packager.cli.together import together
from packager.errors import RefusedError, UsageError
from packager.pipeline.forms import form_at
from packager.publish.catalog import Definition, application_body, definition_of, emitted, emitted_application
from packager.publish.cloud import Cloud
from packager.publish.management import API_VERSION, group_id, solution_id
from packager.publish.packages import Finished, Request, read_request, refuse_findings
from packager.publish.redact import is_signed, note_signed, redact
from packager.publish.rehearsal import Place, make_definition, rehearse_application
from packager.publish.storage import stored
from packager.source.atomic import write_atomically
from packager.source.writer import to_json
from packager.ui.simulation.form import read_form
from packager.ui.simulation.simulate import simulate

# Where in Azure, as whom, and how patiently.
place_options = together(
    packages_argument,
    dist_option,
    plans_option,
    click.option("--subscription", required=True, type=Guid(), metavar="ID", help="The subscription."),
    click.option("--resource-group", "group", required=True, metavar="NAME", help="A resource group that is there."),
    click.option("--location", required=True, metavar="NAME", help="The region."),
    click.option("--name", help="The name of the definition. [OFFER-PLAN]"),
    asking_options,
    click.option(
        "--emit",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Write an ARM template and its parameter file instead of calling Azure.",
    ),
    quiet_option,
)


@click.command(
    "catalog",
    short_help="make the zip a definition in a service catalogue",
    epilog="Example: packager publish catalog OFFER --subscription ID --resource-group NAME --location eastus",
)
@place_options
@click.option("--storage", metavar="ACCOUNT", help="The storage account to upload to.")
@click.option("--container", default="packages", help="Its container. [packages]")
@click.option(
    "--package-uri", type=SecureAddress(), metavar="URL", help="Where the zip is already, instead of --storage."
)
@click.option(
    "--lock",
    "lock_level",
    type=click.Choice(("ReadOnly", "CanNotDelete", "None")),
    default="ReadOnly",
    help="What is locked. [ReadOnly]",
)
@click.option(
    "--authorization", multiple=True, type=Authorization(), metavar="PRINCIPAL=ROLE", help="Who manages instances."
)
@click.option(
    "--allow-findings",
    multiple=True,
    metavar="RULES",
    help="Publish in spite of errors of these rules; commas or repeats.",
)
@click.option("--today", metavar="DATE", help="Judge ages as of this day (YYYY-MM-DD).")
def catalog(
    storage: str | None,
    container: str,
    package_uri: str | None,
    lock_level: str,
    authorization: tuple[str, ...],
    allow_findings: tuple[str, ...],
    today: str | None,
    **options: Any,
) -> None:
    """Make the zip a managed-application definition in a service catalogue."""
    with guarded():
        request = read_request(options["paths"], options["dist"], options["plans"])
        package = _one(request)
        signed = package_uri is not None and is_signed(package_uri)
        if signed:
            _refuse_typed("package_uri")
        names = [name.strip() for value in allow_findings for name in value.split(",") if name.strip()]
        refuse_findings(request.packages, names, day_of(today))
        wanted = _definition(request, package, options, lock_level, authorization)
        if options["emit"] is not None:
            _emit(options["emit"], "definition", emitted(wanted, API_VERSION, None if signed else package_uri))
            return
        place = _place(options)
        address = note_signed(package_uri) if package_uri is not None else None
        if address is None:
            if storage is None:
                raise UsageError("the zip has to lie somewhere", hint="name a storage account with --storage")
            address = stored(place.cloud, storage, container, package, place.pace, place.tell)
        click.echo(make_definition(place, request, wanted, address))


@click.command(
    "rehearse",
    short_help="deploy an instance of the definition, and remove it",
    epilog="Example: packager publish rehearse OFFER --subscription ID --resource-group NAME --location eastus",
)
@place_options
@click.option("--answers", type=click.Path(dir_okay=False), help="What a customer answers, as for simulate.")
@click.option("--parameters", type=click.Path(dir_okay=False), help="A parameter file instead of answers.")
@click.option("--instance", default="rehearsal", help="The name of the instance. [rehearsal]")
@click.option("--keep", is_flag=True, help="Leave the instance there.")
def rehearse(answers: str | None, parameters: str | None, instance: str, keep: bool, **options: Any) -> None:
    """Deploy an instance of the definition that `publish catalog` made, wait for it, and remove it.

    It is removed when the deployment fails as well. An interrupted rehearsal goes on when it is run again.
    """
    with guarded():
        request = read_request(options["paths"], options["dist"], options["plans"])
        package = _one(request)
        values = _values(package, answers, parameters)
        wanted = _definition(request, package, options, "ReadOnly", ())
        subscription, group = options["subscription"], options["group"]
        definition = solution_id(subscription, group, "applicationDefinitions", wanted.name)
        managed = group_id(subscription, f"{group}-{instance}-managed")
        if options["emit"] is not None:
            template = emitted_application(instance, options["location"], definition, managed, values, API_VERSION)
            _emit(options["emit"], "application", template)
            return
        identity = solution_id(subscription, group, "applications", instance)
        body = application_body(options["location"], definition, managed, values)
        outputs = rehearse_application(_place(options), request, identity, body, keep=keep)
    click.echo(redact(to_json(outputs)), nl=False)


def _refuse_typed(option: str) -> None:
    """Raise UsageError for a secret on the command line, which others on the machine can read."""
    if click.get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE:
        message = "the address of the zip is signed, and others can read a command line"
        raise UsageError(message, hint="set the variable PACKAGER_PUBLISH_CATALOG_PACKAGE_URI instead of --package-uri")


def _one(request: Request) -> Finished:
    if len(request.packages) > 1:
        plans = ", ".join(one.plan for one in request.packages)
        raise UsageError("a service catalogue takes one plan at a time", hint=f"choose one with --plan: {plans}")
    return request.packages[0]


def _definition(
    request: Request, package: Finished, options: Mapping[str, Any], lock_level: str, authorization: tuple[str, ...]
) -> Definition:
    location, name = options["location"], options["name"]
    return definition_of(request.offer, package.offer, package.plan, name, location, lock_level, authorization)


def _place(options: Mapping[str, Any]) -> Place:
    cloud = Cloud(options["credential"])
    return Place(cloud, pace_of(options), teller(options), options["subscription"], options["group"])


def _values(package: Finished, answers: str | None, parameters: str | None) -> dict[str, Any]:
    """The parameters of the instance: those of a file, or what the zip's own form makes of the answers."""
    if parameters is not None:
        return _parameters(parameters)
    form = read_form(form_at(str(package.archive), None, {}).document)
    simulation = simulate(form, answers_in(answers, form))
    if not simulation.is_accepted:
        hint = f"packager simulate {package.archive} --answers {answers or 'FILE'} tells which"
        raise RefusedError("the form does not accept these answers", hint=hint)
    return dict(simulation.parameters())


def _parameters(path: str) -> dict[str, Any]:
    """The values of a parameter file. Raises RefusedError for one of a key vault, which only a deployment can have."""
    content = read_object(path, "parameter")
    inner = content.get("parameters")
    if not isinstance(inner, dict):
        return content
    for name, entry in inner.items():
        if not isinstance(entry, dict) or "value" not in entry:
            hint = "an instance of a service catalogue takes plain values only"
            raise RefusedError(f"the parameter '{name}' has no value", where=path, hint=hint)
    return {name: entry["value"] for name, entry in inner.items()}


def _emit(folder: Path, name: str, made: tuple[dict[str, Any], dict[str, Any]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for suffix, value in zip((".json", ".parameters.json"), made, strict=True):
        write_atomically(folder / f"{name}{suffix}", to_json(value).encode("utf-8"))
        click.echo(folder / f"{name}{suffix}")
