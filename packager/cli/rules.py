"""The verb `rules`: the catalogue of rules, and the page of one."""

import json

import click

from packager.checks.config import names_of, refuse_unknown
from packager.checks.registry import all_rules
from packager.checks.rule import Rule


@click.command(epilog="Example: packager rules secure-string-default")
@click.argument("rule_id", metavar="[ID]", required=False)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
def command(rule_id: str | None, format_: str) -> None:
    """List the rules, or print the page of one; ID is a rule's id or an arm-ttk name."""
    rules = all_rules()
    if rule_id is not None:
        refuse_unknown(frozenset({rule_id.lower()}), rules, "rules")
        rules = tuple(rule for rule in rules if rule_id.lower() in names_of(rule))
    if format_ == "json":
        click.echo(json.dumps([as_json(rule) for rule in rules], indent=2))
    elif rule_id is not None:
        click.echo("\n\n".join(f"{rule.id}\n\n{rule.page.strip()}" for rule in rules))
    else:
        width = max((len(rule.id) for rule in rules), default=0)
        for rule in rules:
            click.echo(f"{rule.id:{width}}  {rule.severity!s:7}  {rule.on:9}  {rule.summary}")


def as_json(rule: Rule) -> dict[str, object]:
    """The rule as machines read it."""
    return {
        "id": rule.id,
        "severity": str(rule.severity),
        "on": rule.on,
        "armTtk": rule.arm_ttk,
        "profiles": list(rule.profiles),
        "summary": rule.summary,
        "fixable": rule.fixable,
    }
