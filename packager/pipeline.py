"""The one path from a PATH or an offer to findings, and from an offer to its packages."""

import datetime
import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from packager.bundle.model import Bundle
from packager.checks.config import Config, refuse_unknown
from packager.checks.engine import Report, fingerprint, run
from packager.checks.finding import Basis, Finding, Severity
from packager.checks.package import Package
from packager.checks.registry import all_rules
from packager.errors import UsageError
from packager.offer.model import Offer
from packager.render.model import Rendered, RenderProblem

if TYPE_CHECKING:
    from packager.assemble.archive import Archive
    from packager.assemble.packages import Target

OFFER_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings in one PATH; `rendered` holds what an offer's plans became."""

    report: Report
    rendered: tuple[Rendered, ...] = ()
    offer: Offer | None = None


def check_path(path: str, config: Config, today: datetime.date, overrides: Mapping[str, str]) -> Checked:
    """Check an offer.yaml, a folder, a zip or a file. Raises UsageError when there is nothing to check."""
    refuse_unknown(config.select, all_rules(), "--select")
    refuse_unknown(config.ignore, all_rules(), "--ignore")
    place = pathlib.Path(path)
    if not place.exists():
        raise UsageError(
            f"'{path}' does not exist", hint="name an offer.yaml, a folder with a package, a zip or a JSON file"
        )
    if place.is_file() and place.suffix.lower() in OFFER_ENDINGS:
        return check_offer(path, config, today, overrides)
    package = Package(open_bundle(path), today)
    if not package.content and not package.bundle.problems:
        raise UsageError(
            f"'{path}' holds nothing to check",
            hint="looked for templates, portal forms, parameter files, view definitions and unreadable JSON",
        )
    return Checked(run(package, all_rules(), config))


def open_bundle(path: str) -> Bundle:
    """The package at `path`: a folder, a zip or a single file."""
    place = pathlib.Path(path)
    if place.is_dir():
        from packager.bundle.folder import open_folder  # each reader is loaded only for its kind of PATH

        return open_folder(path)
    if place.suffix.lower() == ".zip":
        from packager.bundle.zipped import open_zip  # brings zipfile, 5 ms

        return open_zip(path)
    from packager.bundle.single import open_file  # each reader is loaded only for its kind of PATH

    return open_file(path)


def check_offer(
    path: str, config: Config, today: datetime.date, overrides: Mapping[str, str], plans: tuple[str, ...] = ()
) -> Checked:
    """Render every plan of an offer and check what it became, in the order of the plans."""
    from packager.offer.load import load_offer, select_plans  # brings yaml and jsonschema, 80 ms
    from packager.render.render import render_plan  # brings jinja2, 70 ms

    loaded = load_offer(pathlib.Path(path))
    findings = [
        _problem_finding(
            problem.code, problem.severity, problem.message, path, problem.document.name, problem.place.line
        )
        for problem in loaded.problems
    ]
    if loaded.offer is None:
        return Checked(Report(tuple(findings), 1))
    done, files, crashed = [], 1, False
    for plan in select_plans(loaded.offer, plans):
        rendered = render_plan(loaded.offer, plan, overrides, path)
        findings += [_render_finding(problem, path, plan.id) for problem in rendered.problems]
        done.append(rendered)
        if not rendered.failed:
            report = run(Package(rendered.bundle, today, plan.kind), all_rules(), config)
            findings += report.findings
            files, crashed = files + report.files, crashed or report.crashed
    return Checked(Report(tuple(findings), files, crashed), tuple(done), loaded.offer)


def targets(checked: Checked, out: pathlib.Path) -> list["Target"]:
    """Where the packages of a checked offer go, in the order of its plans."""
    from packager.assemble.packages import plan_of, target  # brings zipfile38, 10 ms

    offer = checked.offer
    return [target(out, offer, plan_of(offer, rendered)) for rendered in checked.rendered] if offer else []


def differences_of_second_build(
    checked: Checked, overrides: Mapping[str, str], seconds: int
) -> Iterator[tuple[str, str]]:
    """What another process makes differently of the same sources: pairs of a plan and a sentence."""
    from packager.assemble.twice import second_build_differences  # starts processes, which few builds ask for

    if checked.offer is not None:
        yield from second_build_differences(checked.offer, checked.rendered, overrides, seconds)


def assemble_plans(checked: Checked, out: pathlib.Path, seconds: int) -> Iterator["Archive"]:
    """Write `<offer>-<plan>-<version>.zip` and its record for every rendered plan of a checked offer."""
    from packager.assemble.packages import write_package  # brings zipfile38, 10 ms

    for rendered, place in zip(checked.rendered, targets(checked, out), strict=bool(checked.offer)):
        assert checked.offer is not None
        yield write_package(place, checked.offer, rendered, seconds, checks_of(checked.report, rendered))


def checks_of(report: Report, rendered: Rendered) -> dict[str, int]:
    """What the build record says of a plan's checks: findings by severity, and how many files were seen."""
    mine = [finding for finding in report.findings if finding.plan in {None, rendered.bundle.plan}]
    counts = {str(severity): sum(one.severity is severity for one in mine) for severity in reversed(Severity)}
    return {**counts, "suppressed": report.suppressed, "files": len(rendered.bundle.entries)}


def _render_finding(problem: RenderProblem, path: str, plan: str) -> Finding:
    line, column = problem.line, problem.column or 1
    found = _problem_finding(problem.code, problem.severity, problem.message, path, problem.file, line)
    return replace(found, plan=plan, column=column, end_column=column)


def _problem_finding(code: str, severity: str, message: str, path: str, file: str, line: int) -> Finding:
    return Finding(
        rule=code,
        severity=Severity.of(severity),
        message=message,
        path=path,
        plan=None,
        file=file,
        line=line,
        column=1,
        end_line=line,
        end_column=1,
        pointer="",
        basis=Basis.PACKAGER,
        arm_ttk=None,
        fingerprint=fingerprint(code, file, message),
    )


def fails(report: Report, config: Config) -> bool:
    """Whether a finding is at or above the threshold."""
    return config.fail_on is not None and any(finding.severity >= config.fail_on for finding in report.findings)
