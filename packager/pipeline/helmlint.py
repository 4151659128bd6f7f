"""`helm lint`: an offer's releases rendered by helm, and the rules on what they became."""

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from packager.checks.config import Config, problem_severity
from packager.checks.engine import Report, finding_of, run
from packager.checks.finding import Basis, Finding, Severity
from packager.checks.package import Package
from packager.checks.payload import payload_run
from packager.checks.registry import all_rules
from packager.checks.rule import Hit, Kind, Rule
from packager.checks.suppress import Scope, place_order, suppress
from packager.offer.load import load_offer, select_plans
from packager.offer.repository import repository_root
from packager.pipeline.blame import led_back
from packager.pipeline.checked import NOTHING_REPLACED, Checked
from packager.pipeline.madesecrets import SECRETS, once, severity_of_values, without_random
from packager.pipeline.offers import copies_of, offer_finding, render_finding, sources_of
from packager.pipeline.opening import offer_named, package_of
from packager.pipeline.releases import (
    Choice,
    Made,
    PlanPayload,
    Runs,
    every_made,
    plan_payload,
    refuse_unknown_releases,
)
from packager.pipeline.told import LINTED, Said, said_of

SCHEMA = "values-schema"
KINDS: frozenset[Kind] = frozenset({"payload", "release"})


class Linted(NamedTuple):
    """The findings, and what each plan's releases became."""

    checked: Checked
    payloads: tuple[PlanPayload, ...] = ()


def lint_offer(
    path: str, config: Config, today: datetime.date, overrides: Mapping[str, str], choice: Choice, runs: Runs
) -> Linted:
    """Render the releases of an offer and check what they became, plan by plan."""
    file = offer_named(path)
    loaded, root = load_offer(file), repository_root(file)
    findings = [offer_finding(problem, path, config) for problem in loaded.problems]
    if loaded.offer is None:
        return Linted(Checked(Report(tuple(filter(None, findings)), 1), root=root, read=(file,)))
    plans = select_plans(loaded.offer, choice.plans)
    refuse_unknown_releases(plans, choice.releases)
    payloads, files, crashed, hidden = [], 1, False, list[Finding]()
    for plan in plans:
        payload = plan_payload(runs, loaded.offer, plan, overrides, choice, path)
        payloads.append(payload)
        problems = payload.rendered.problems
        findings += [render_finding(problem, root, path, plan.id, config) for problem in problems]
        for report in _reports(runs, payload, config, today):
            findings += report.findings
            files, crashed = files + report.files, crashed or report.crashed
            hidden += report.hidden
    done = [payload.rendered for payload in payloads]
    sources = sources_of(loaded.offer, done, NOTHING_REPLACED)
    complete = not (choice.plans or choice.releases) and all(one.status == "rendered" for one in every_made(payloads))
    unseen = frozenset(rule.on for rule in all_rules()) - KINDS
    scope = Scope(path, all_rules(), complete=complete, sources=frozenset(sources), unseen=unseen)
    found = tuple(sorted(filter(None, findings), key=place_order))
    report = Report(found, files, crashed, len(hidden), hidden=tuple(hidden))
    # Comments in templates are at work in what those become, too: that one is of no use cannot be told from its line.
    folders = tuple(f"{made.folder}/" for made in every_made(payloads) if made.folder)
    templates = {name for name in sources if "/templates/" in name and name.startswith(folders)}
    report = suppress(report, (sources[name] for name in templates), config, scope._replace(complete=False))
    others = (text for name, text in sources.items() if name not in templates)
    report = suppress(report, (*others, *copies_of(done)), config, scope)
    return Linted(Checked(report, tuple(done), loaded.offer, root), tuple(payloads))


def _reports(runs: Runs, payload: PlanPayload, config: Config, today: datetime.date) -> Iterator[Report]:
    """What is found in the values of a plan's releases, what helm says, and what is found in what it made."""
    package = package_of(payload.rendered.bundle, today, config)
    of_values = run(package, (*_rules("release"), *_rules("payload", SECRETS)), config)
    yield of_values
    refused = {one.file for one in of_values.findings if one.rule_id == SCHEMA and one.severity is Severity.ERROR}
    for made in payload.made:
        # What a schema refuses is found without helm, at better places.
        told = said_of(runs, made)
        said = [one for one in told if not (one.of_schema and one.spot.document.name in refused)]
        findings = tuple(filter(None, (_finding(one, config, package) for one in said)))
        broken = {one.spot.document.name: one.spot.document for one in said if one.spot.document.kind == "yaml-stream"}
        yield Report(tuple(led_back(runs, made, findings, broken)), 0)
        of_objects = _report_of_objects(runs, made, payload, config, today)
        yield of_objects._replace(findings=tuple(once(of_objects.findings, of_values.findings)))


def _finding(said: Said, config: Config, package: Package) -> Finding | None:
    if said.rule == LINTED and said.level == "info" and config.profile != "strict":
        return None
    severity = problem_severity(said.rule, Severity.of(said.level), config)
    if severity is None:
        return None
    rule = next(rule for rule in all_rules() if rule.id == said.rule)
    return finding_of(rule, Hit(said.spot, said.message, related=said.related), Basis.PACKAGER, severity, package)


def _report_of_objects(runs: Runs, made: Made, payload: PlanPayload, config: Config, today: datetime.date) -> Report:
    bundle = payload.rendered.bundle
    package = payload_run(bundle.root, made.documents, today, plan=bundle.plan, kubernetes=payload.kubernetes)
    report = run(package, _rules("payload"), config)
    # Helm keeps the comments of templates, so that a reason can stand there; which of them are of no use, only the
    # lines of the templates could tell.
    report = suppress(report, made.documents, config, Scope(bundle.root, all_rules(), complete=False))
    by_name = {document.name: document for document in made.documents}
    lasting = without_random(runs, made, report.findings, by_name)
    return report._replace(findings=tuple(led_back(runs, made, lasting, by_name, severity_of_values(config))))


def _rules(kind: Kind, name: str | None = None) -> tuple[Rule, ...]:
    """The rules on a kind; only the one of that name where one is given."""
    return tuple(rule for rule in all_rules() if rule.on == kind and name in {None, rule.id})
