"""The verb `rules`: the catalogue of rules, and the page of one."""

import datetime
import json

import click

from packager.checks.config import names_of, refuse_unknown
from packager.checks.registry import all_rules
from packager.checks.rule import Rule
from packager.cli.options import day_of
from packager.cli.terminal import BOLD, CYAN, RED, YELLOW, color_option, format_option, print_result, print_text
from packager.errors import UsageError

_SEVERITIES = ((r"(?<=  )error(?=  )", RED), (r"(?<=  )warning(?=  )", YELLOW), (r"(?<=  )info(?=  )", CYAN))


@click.command(epilog="Example: packager rules secure-parameter-default")
@click.argument("rule_id", metavar="[ID]", required=False)
@format_option("catalogue")
@click.option("--data", is_flag=True, help="Show the facts that the rules rely on, with origin, date and age.")
@click.option("--today", metavar="DATE", help="Tell ages as of this day (YYYY-MM-DD).")
@color_option
def command(rule_id: str | None, format_: str, data: bool, today: str | None) -> None:
    """List the rules, or print the page of one: ID is the id of a rule, or the name of a test of arm-ttk."""
    if data:
        if rule_id is not None:
            raise UsageError("--data shows all facts; leave out the rule")
        print_result(shown_facts(day_of(today), format_), format_, (r"^\S.*", BOLD))
        return
    rules = all_rules()
    if rule_id is not None:
        refuse_unknown(frozenset({rule_id.lower()}), rules, "rules")
        rules = tuple(rule for rule in rules if rule_id.lower() in names_of(rule))
    if format_ == "json":
        print_result(json.dumps([as_json(rule) for rule in rules], indent=2), format_)
    elif rule_id is not None:
        pages = (f"{rule.id} ({told(rule)})\n\n{rule.page.strip()}" for rule in rules)
        print_text("\n\n".join(pages), (r"^\S+ \(.*\)$", BOLD))
    else:
        width = max((len(rule.id) for rule in rules), default=0)
        lines = (f"{rule.id:{width}}  {rule.severity!s:7}  {rule.on:9}  {rule.summary}" for rule in rules)
        print_text("\n".join(lines), (r"^\S+", BOLD), *_SEVERITIES)


def told(rule: Rule) -> str:
    """What a page is headed with: severity, the test of arm-ttk that it stands for, whether `--fix` mends it."""
    facts = [str(rule.severity), f"arm-ttk: {rule.arm_ttk}" if rule.arm_ttk else "not of arm-ttk"]
    return ", ".join([*facts, "check --fix"] if rule.fixable else facts)


def shown_facts(today: datetime.date, format_: str) -> str:
    """The facts for people, or for machines."""
    from packager.data.facts import STALE_DAYS, facts  # only for --data

    if format_ == "json":
        rows = [
            {**fact._asdict(), "date": fact.date and fact.date.isoformat(), "age": fact.age(today)} for fact in facts()
        ]
        return json.dumps(rows, indent=2)
    parts = []
    for fact in facts():
        stale = f", more than {STALE_DAYS}: renew it" if fact.is_stale(today) else ""
        date = f"{fact.date}, {fact.age(today)} days old{stale}" if fact.date else "not known"
        told = [("holds", fact.holds), ("origin", fact.origin), ("date", date), ("sha256", fact.sha256)]
        lines = [f"  {name:8} {text}" for name, text in [*told, ("renewal", fact.renewal)]]
        parts.append("\n".join([fact.name, *lines]))
    return "\n\n".join(parts)


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
