"""The one path from a PATH or an offer to findings, and from an offer to its packages."""

import contextlib
import datetime
import pathlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from packager.bundle.model import Bundle
from packager.checks.config import Config, enabled, problem_severity
from packager.checks.engine import Report, run
from packager.checks.finding import Basis, Finding, Severity
from packager.checks.package import FORM, MAIN_TEMPLATE, Package
from packager.checks.problems import problem_finding
from packager.checks.registry import all_rules
from packager.checks.suppress import Scope, place_order, suppress
from packager.data.api_versions import shipped
from packager.errors import RefusedError, UsageError
from packager.source.document import Document
from packager.source.excerpt import excerpt
from packager.source.span import Place, to_pointer

if TYPE_CHECKING:
    from packager.assemble.archive import Archive
    from packager.assemble.packages import Target
    from packager.checks.fixes import Fixed
    from packager.offer.model import Offer
    from packager.offer.reading import OfferProblem
    from packager.render.model import Rendered, RenderProblem

NOTHING_REPLACED: Mapping[str, bytes] = {}
OFFER = "offer.yaml"
OFFER_ENDINGS = (".yaml", ".yml")
COMMENTED = (".json", ".jsonc", ".j2", ".yaml", ".yml", ".sh", ".ps1", ".bicep")


class Checked(NamedTuple):
    """The findings in one PATH; `rendered` holds what an offer's plans became.

    `root` is the repository root of an offer, which the sources of findings are relative to. `read` are the files and
    folders that the outcome depends on, `bundle` is the package where PATH was no offer.
    """

    report: Report
    rendered: "tuple[Rendered, ...]" = ()
    offer: "Offer | None" = None
    root: pathlib.Path | None = None
    read: tuple[pathlib.Path, ...] = ()
    bundle: Bundle | None = None


def check_path(
    path: str,
    config: Config,
    today: datetime.date,
    overrides: Mapping[str, str],
    replaced: Mapping[str, bytes] = NOTHING_REPLACED,
) -> Checked:
    """Check an offer.yaml, a folder, a zip or a file. Raises UsageError when there is nothing to check.

    `replaced` holds the bytes that some files shall be taken to have: entries of a package by name, sources of an offer
    by name from its repository root.
    """
    place = _existing(path)
    if place.is_file() and place.suffix.lower() in OFFER_ENDINGS:
        return check_offer(path, config, today, overrides, replaced=replaced)
    if _holds_offer(place):
        return check_offer(path, config, today, overrides, file=place / OFFER, replaced=replaced)
    bundle = open_bundle(path)
    package = _package(bundle.with_bytes(replaced) if replaced else bundle, today, config)
    if _is_empty(package, config):
        raise UsageError(f"'{path}' holds nothing to check", hint=_looked_for(place))
    if not package.is_readable and (package.content or package.bundle.problems):
        # Of what cannot be read nothing is checked: that is said whatever was selected.
        config = config._replace(select=frozenset(), ignore=frozenset())
    rules = all_rules()
    report = suppress(run(package, rules, config), _texts(package.bundle), config, Scope(path, rules))
    return Checked(report, read=(place,), bundle=package.bundle)


def _is_empty(package: Package, config: Config) -> bool:
    """Whether there is nothing to look at.

    arm-ttk also takes files for templates or forms that say little of it, and `[]` or `null` for no JSON at all.
    """
    if package.content or package.bundle.problems:
        return False
    if config.profile != "arm-ttk":
        return True
    from packager.checks.armttk.powershell import truthy  # only this profile asks

    tested = any(turn.groups - {"AllFiles"} for turn in package.turns)
    return not tested and all(truthy(file.value) for turn in package.turns for file in turn.files)


def packages_of(path: str, config: Config, today: datetime.date, overrides: Mapping[str, str]) -> Iterator[Package]:
    """The package at a PATH, or what each plan of an offer becomes.

    Raises UsageError when there is nothing to check, RefusedError for an offer that cannot be read or rendered.
    """
    place = _existing(path)
    offer = place / OFFER if _holds_offer(place) else place
    if offer.is_file() and offer.suffix.lower() in OFFER_ENDINGS:
        yield from _packages_of_offer(offer, path, config, today, overrides)
        return
    package = _package(open_bundle(path), today, config)
    if _is_empty(package, config):
        raise UsageError(f"'{path}' holds nothing to check", hint=_looked_for(place))
    yield package


def _packages_of_offer(
    file: pathlib.Path, path: str, config: Config, today: datetime.date, overrides: Mapping[str, str]
) -> Iterator[Package]:
    from packager.offer.load import load_offer, select_plans  # brings yaml and jsonschema, 80 ms
    from packager.render.render import render_plan  # brings jinja2, 70 ms

    refusal = RefusedError(f"'{path}' cannot be rendered", hint=f"packager check {path} tells why")
    offer = load_offer(file).offer
    if offer is None:
        raise refusal
    for plan in select_plans(offer, ()):
        rendered = render_plan(offer, plan, overrides, path)
        if rendered.failed:
            raise refusal
        yield _package(rendered.bundle, today, config, plan.kind)


def _holds_offer(place: pathlib.Path) -> bool:
    """Whether a folder is that of an offer, and not of a package that has one beside its files."""
    names = {MAIN_TEMPLATE.lower(), FORM.lower()}
    try:
        return (
            place.is_dir()
            and (place / OFFER).is_file()
            and not any(one.name.lower() in names for one in place.iterdir())
        )
    except OSError:  # a folder that may not be read; reading it as a package says so
        return False


def _looked_for(place: pathlib.Path) -> str:
    if place.name.endswith(".j2"):
        return "a Jinja source is checked through the offer.yaml that names it"
    return "looked for templates, portal forms, parameter files, view definitions, unreadable JSON and offer.yaml"


def _package(bundle: Bundle, today: datetime.date, config: Config, kind: str | None = None) -> Package:
    return Package(bundle, today, kind, config.test_parameters, config.api_versions or shipped())


def _existing(path: str) -> pathlib.Path:
    if not path:  # pathlib takes it for the current folder, which nobody asked for
        raise UsageError("a PATH is empty", hint="is a variable not set? '.' is the current folder")
    place = pathlib.Path(path)
    try:
        if place.is_file() or place.is_dir():
            return place
        reason = "is no regular file" if place.exists() else "does not exist"
    except (OSError, ValueError) as error:
        reason = f"cannot be read: {getattr(error, 'strerror', None) or error}"
    raise UsageError(f"'{path}' {reason}", hint="name an offer.yaml, a folder with a package, a zip or a JSON file")


def _texts(bundle: Bundle) -> Iterator[Document]:
    """The documents of a package that may hold comments for the tool."""
    for name in bundle.entries:
        if bundle.is_reported(name) and name.lower().endswith(COMMENTED):
            yield bundle.document(name)


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
    path: str,
    config: Config,
    today: datetime.date,
    overrides: Mapping[str, str],
    plans: tuple[str, ...] = (),
    file: pathlib.Path | None = None,
    replaced: Mapping[str, bytes] = NOTHING_REPLACED,
) -> Checked:
    """Render every plan of an offer and check what it became, in the order of the plans.

    `file` is the offer file where `path` is the folder that it lies in; for `replaced` see `check_path`.
    """
    from packager.offer.load import load_offer, select_plans  # brings yaml and jsonschema, 80 ms
    from packager.offer.repository import repository_root  # goes with it
    from packager.render.render import render_plan  # brings jinja2, 70 ms

    file = file or pathlib.Path(path)
    loaded = load_offer(file)
    findings = [_offer_finding(problem, path, config) for problem in loaded.problems]
    root = repository_root(file)
    if loaded.offer is None:
        return Checked(Report(tuple(filter(None, findings)), 1), root=root, read=(file,))
    done, files, crashed = [], 1, False
    for plan in select_plans(loaded.offer, plans):
        rendered = render_plan(loaded.offer, plan, overrides, path, replaced)
        findings += [_render_finding(problem, root, path, plan.id, config) for problem in rendered.problems]
        done.append(rendered)
        if not rendered.failed:
            report = run(_package(rendered.bundle, today, config, plan.kind), all_rules(), config)
            findings += report.findings
            files, crashed = files + report.files, crashed or report.crashed
    found = sorted(filter(None, findings), key=place_order)
    complete = not plans and not any(rendered.failed for rendered in done)
    sources = _sources(loaded.offer, done, replaced)
    scope = Scope(path, all_rules(), complete=complete, sources=frozenset(sources))
    texts = (*sources.values(), *_copies(done))
    report = suppress(Report(tuple(found), files, crashed), texts, config, scope)
    return Checked(report, tuple(done), loaded.offer, root, tuple(root / name for name in _read(loaded.offer, done)))


def _sources(offer: "Offer", done: "Iterable[Rendered]", replaced: Mapping[str, bytes]) -> dict[str, Document]:
    """The texts that documents of an offer are made from, by name from the repository root."""
    found = {offer.name: offer.document}
    if offer.listing is not None:
        found[offer.listing.document.name] = offer.listing.document
    copied = {name for rendered in done for entry in _copied(rendered) for name in rendered.sources[entry]}
    for name in _read(offer, done):
        if name not in found and name not in copied and name.lower().endswith(COMMENTED):
            with contextlib.suppress(OSError):  # it vanished after it was rendered, or was reported by the render
                data = replaced[name] if name in replaced else (offer.root / name).read_bytes()
                found[name] = Document.from_bytes(name, data)
    return found


def _read(offer: "Offer", done: "Iterable[Rendered]") -> list[str]:
    """Every file that an offer is made from, by name from the repository root."""
    listing = [] if offer.listing is None else [offer.listing.document.name]
    names = {name for rendered in done for files in rendered.sources.values() for name in files}
    return sorted({offer.name, *listing, *names})


def _copied(rendered: "Rendered") -> list[str]:
    """The entries that are their sources as they are, with findings at the lines of the entry."""
    entries = rendered.bundle.entries.values()
    return [one.name for one in entries if one.document is None and one.name.lower().endswith(COMMENTED)]


def _copies(done: "Iterable[Rendered]") -> Iterator[Document]:
    for rendered in done:
        yield from (rendered.bundle.document(name) for name in _copied(rendered))


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

    offer = checked.offer
    if offer is not None:
        for rendered, place in zip(checked.rendered, targets(checked, out), strict=True):
            yield write_package(place, offer, rendered, seconds, checks_of(checked.report, rendered))


def checks_of(report: Report, rendered: "Rendered") -> dict[str, int]:
    """What the build record says of a plan's checks: findings by severity, and how many files were seen."""
    shown, hidden = (
        [finding for finding in findings if finding.plan in {None, rendered.bundle.plan}]
        for findings in (report.findings, report.hidden)
    )
    counts = {str(severity): sum(one.severity is severity for one in shown) for severity in reversed(Severity)}
    return {**counts, "suppressed": len(hidden), "files": len(rendered.bundle.entries)}


def fix_path(
    path: str,
    config: Config,
    today: datetime.date,
    overrides: Mapping[str, str],
    reported: Callable[[Report], Report],
) -> "tuple[Checked, Checked, Fixed]":
    """PATH as it is, as it would be with everything fixed that can be, and the files in which the two differ.

    `reported` takes out of a report what is not to be fixed. Nothing is written. Raises UsageError for a zip.
    """
    from packager.checks.fixes import Fixer, Trial  # only for runs that fix

    if pathlib.Path(path).suffix.lower() == ".zip":
        message = f"'{path}' is a zip, and files inside a zip are never changed"
        raise UsageError(message, hint="fix the folder or the offer that it is made from, and build it anew")

    # What arm-ttk reports is fixed where it is true: its false alarms are not to be obeyed blindly.
    profile = "marketplace" if config.profile == "arm-ttk" else config.profile
    everything = config._replace(profile=profile, select=frozenset(), ignore=frozenset())
    chosen = frozenset(rule.id for rule in all_rules() if enabled(rule, config))

    def is_fixable(finding: Finding) -> bool:
        predicted = config.profile != "arm-ttk" or finding.basis is not Basis.PACKAGER
        return finding.rule_id in chosen and predicted

    def trial(replaced: Mapping[str, bytes]) -> Trial:
        # Rules that were not chosen have no fixes here, but a say in those of the others.
        checked = check_path(path, everything, today, overrides, replaced)
        found = reported(checked.report).findings
        found = tuple(one if is_fixable(one) else one._replace(fix=None) for one in found)
        bundles = tuple(rendered.bundle for rendered in checked.rendered)
        return Trial(found, (checked.bundle,) if checked.bundle else bundles)

    before = check_path(path, config, today, overrides)
    places = fixed_places(before, path)
    fixed = Fixer(trial, lambda name: places(name).read_bytes()).run(trial({}))
    return before, check_path(path, config, today, overrides, fixed.after) if fixed.after else before, fixed


def fixed_places(checked: Checked, path: str) -> Callable[[str], pathlib.Path]:
    """Where the files are that the check of PATH names."""
    place = pathlib.Path(path)
    if checked.root is not None:
        root = checked.root
        return lambda name: root / name
    return (lambda name: place / name) if place.is_dir() else (lambda name: place.parent / name)


def _offer_finding(problem: "OfferProblem", path: str, config: Config) -> Finding | None:
    document, place = problem.document, problem.place
    found = _kept(problem.code, problem.severity, problem.message, path, document.name, place.line, config)
    return found and found._replace(
        column=place.column,
        end_line=place.end_line,
        end_column=place.end_column,
        pointer=to_pointer(problem.path),
        excerpt=excerpt(document, place),
    )


def _render_finding(
    problem: "RenderProblem", root: pathlib.Path, path: str, plan: str, config: Config
) -> Finding | None:
    """The problem with the line of its source; all of the line is meant where no column is known."""
    found = _kept(problem.code, problem.severity, problem.message, path, problem.file, problem.line, config)
    if found is None:
        return None
    document = _text_of(root / problem.file)
    line = document.lines.line_text(problem.line)
    column = problem.column or len(line) - len(line.lstrip()) + 1
    end = column if problem.column else max(len(line.rstrip()) + 1, column)
    place = Place(problem.line, column, problem.line, end)
    return found._replace(plan=plan, column=column, end_column=end, excerpt=excerpt(document, place))


def _text_of(file: pathlib.Path) -> Document:
    """A source as text; an empty one when it cannot be read, which its problem says already."""
    try:
        return Document.from_bytes(file.name, file.read_bytes(), kind="text")
    except OSError:
        return Document.from_text(file.name, "")


def _kept(code: str, severity: str, message: str, path: str, file: str, line: int, config: Config) -> Finding | None:
    chosen = problem_severity(code, Severity.of(severity), config)
    return problem_finding(code, chosen, message, path, file, line) if chosen is not None else None


def fails(report: Report, config: Config) -> bool:
    """Whether a finding is at or above the threshold."""
    return config.fail_on is not None and any(finding.severity >= config.fail_on for finding in report.findings)
