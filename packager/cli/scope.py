"""Where a deployment goes, for the verbs that evaluate: a scope file, and options that stand above it."""

from collections.abc import Callable
from typing import Any

import click

from packager.cli.evaluation import facts_of, read_object, ticks_of
from packager.expressions.scope import Facts

Command = Callable[..., Any]

# The options and the keys of a scope file that they stand for.
_OPTIONS = {
    "--subscription-id": ("subscriptionId", "The subscription's id."),
    "--tenant-id": ("tenantId", "The tenant's id."),
    "--resource-group": ("resourceGroup", "The resource group's name."),
    "--location": ("location", "The region of the resource group."),
    "--deployment-location": ("deploymentLocation", "The region of a deployment to a subscription or above."),
    "--management-group": ("managementGroup", "The management group's name."),
    "--cloud": ("cloud", "AzureCloud, AzureChinaCloud, AzureUSGovernment or another one's name. [AzureCloud]"),
}


def scope_options(command: Command) -> Command:
    """`--scope`, an option for each of its keys, and what makes random and current values known."""
    for name, (_, text) in reversed(_OPTIONS.items()):
        command = click.option(name, metavar="TEXT", help=text)(command)
    file = click.Path(dir_okay=False)
    told = "A file with subscriptionId, resourceGroup, location ... (YAML or JSON); options stand above it."
    command = click.option("--seed", type=int, help="Makes newGuid() give ids that depend on this number.")(command)
    told_now = "What utcNow() gives, such as 2026-01-31T12:00:00Z."
    command = click.option("--now", metavar="TIME", help=told_now)(command)
    return click.option("--scope", type=file, metavar="FILE", help=told)(command)


def facts_from(scope: str | None, now: str | None, seed: int | None, options: dict[str, str | None]) -> Facts:
    """What the file and the options say."""
    known = dict(read_object(scope, "scope")) if scope else {}
    for name, (key, _) in _OPTIONS.items():
        given = options.get(name.removeprefix("--").replace("-", "_"))
        if given is not None:
            known[key] = given
    return facts_of(known, ticks_of(now), seed)
