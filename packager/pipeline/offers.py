"""From an offer to the findings in what its plans become."""

import contextlib
import datetime
import pathlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from packager.checks.config import Config, problem_severity
from packager.checks.engine import Report, run
from packager.checks.finding import Finding, Severity
from packager.checks.problems import problem_finding
from packager.checks.registry import all_rules
from packager.checks.rule import Kind
from packager.checks.suppress import Scope, place_order, suppress
from packager.pipeline.checked import NOTHING_REPLACED, Checked
from packager.pipeline.opening import COMMENTED, package_of
from packager.source.document import Document
from packager.source.excerpt import excerpt
from packager.source.span import Place, to_pointer

if TYPE_CHECKING:
    from packager.offer.model import Offer
    from packager.offer.reading import OfferProblem
    from packager.render.model import Rendered, RenderProblem
    from packager.render.template import Environments

HELM_KINDS: frozenset[Kind] = frozenset({"payload"})


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
    from packager.render.variables import plan_variables, stated_version

    file = file or pathlib.Path(path)
    loaded = load_offer(file)
    findings = [offer_finding(problem, path, config) for problem in loaded.problems]
    root = repository_root(file)
    if loaded.offer is None:
        return Checked(Report(tuple(filter(None, findings)), 1), root=root, read=(file,))
    done, files, crashed = [], 1, False
    environments: Environments = {}
    for plan in select_plans(loaded.offer, plans):
        rendered = render_plan(loaded.offer, plan, overrides, path, replaced, environments)
        findings += [render_finding(problem, root, path, plan.id, config) for problem in rendered.problems]
        done.append(rendered)
        if not rendered.failed:
            kubernetes = stated_version(plan_variables(loaded.offer, plan, overrides))
            package = package_of(rendered.bundle, today, config, plan.kind, kubernetes)
            report = run(package, all_rules(), config)
            findings += report.findings
            files, crashed = files + report.files, crashed or report.crashed
    if loaded.offer.listing is not None:
        from packager.checks.store import store_run  # only for offers with a listing

        report = run(store_run(loaded.offer, loaded.offer.listing, path, today), all_rules(), config)
        findings += report.findings
        crashed = crashed or report.crashed
    found = sorted(filter(None, findings), key=place_order)
    complete = not plans and not any(rendered.failed for rendered in done)
    sources = sources_of(loaded.offer, done, replaced)
    # What charts become is known only to `helm lint`.
    unseen = HELM_KINDS if any(plan.helm for plan in loaded.offer.plans) else frozenset[Kind]()
    scope = Scope(path, all_rules(), complete=complete, sources=frozenset(sources), unseen=unseen)
    texts = (*sources.values(), *copies_of(done))
    report = suppress(Report(tuple(found), files, crashed), texts, config, scope)
    return Checked(report, tuple(done), loaded.offer, root, tuple(root / name for name in _read(loaded.offer, done)))


def sources_of(offer: "Offer", done: "Iterable[Rendered]", replaced: Mapping[str, bytes]) -> dict[str, Document]:
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
    lock = [] if offer.lock is None else [offer.lock.document.name]
    return sorted({offer.name, *listing, *lock, *names})


def _copied(rendered: "Rendered") -> list[str]:
    """The entries that are their sources as they are, with findings at the lines of the entry."""
    entries = rendered.bundle.entries.values()
    return [one.name for one in entries if one.document is None and one.name.lower().endswith(COMMENTED)]


def copies_of(done: "Iterable[Rendered]") -> Iterator[Document]:
    for rendered in done:
        yield from (rendered.bundle.document(name) for name in _copied(rendered))


def offer_finding(problem: "OfferProblem", path: str, config: Config) -> Finding | None:
    """What is wrong with offer.yaml or the listing, as a finding; None where it is left out."""
    document, place = problem.document, problem.place
    found = _kept(problem.code, problem.severity, problem.message, path, document.name, place.line, config)
    return found and found._replace(
        column=place.column,
        end_line=place.end_line,
        end_column=place.end_column,
        pointer=to_pointer(problem.path),
        excerpt=excerpt(document, place),
    )


def render_finding(
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
