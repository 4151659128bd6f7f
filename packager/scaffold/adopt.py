"""An offer around the files of a package that exists already."""

import datetime
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from packager.arm.template import is_template
from packager.bundle.model import Entry
from packager.checks.baseline import accept, to_text
from packager.checks.config import Config
from packager.checks.finding import Finding
from packager.checks.problems import says_unchecked
from packager.checks.project import BESIDE
from packager.offer.artifacts import FORM, TEMPLATE, VIEW
from packager.offer.model import Kind
from packager.pipeline.offers import check_offer
from packager.scaffold.found import Found, find_package, refusal
from packager.scaffold.names import Places, check_name, check_publisher, places
from packager.scaffold.new import root_prefix, shared_files
from packager.scaffold.scalars import scalar
from packager.scaffold.tree import MARK, Content, NewFiles, write_files
from packager.source.document import Document
from packager.source.lazy import lazy_pattern

_MAGIC = lazy_pattern(r"[*?[]")
HEAD = """\
# yaml-language-server: $schema=../offer.schema.json
#
# The only entry point of this offer: `packager build` makes one package for each plan.
# The findings that the package had when it was adopted are accepted in {baseline} beside this file.
schema: 1
id: {id} # offer id in Partner Center
publisher: {publisher} # your publisher id in Partner Center
kind: {kind}
version: 1.0.0 # higher than that of the package that is published

plans:
  - id: standard # plan id in Partner Center
    ui: {ui}
    template: {template}
"""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the new offer is called in Partner Center, and by whom it is sold as what."""

    name: str
    publisher: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Adopted:
    """What is to be written, what was left out and why, and how many findings the baseline accepts."""

    files: NewFiles
    left_out: tuple[str, ...]
    findings: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of `artifacts:`."""

    source: str
    to: str


def adopt(folder: Path, package: Path, identity: Identity, config: Config, today: datetime.date) -> Adopted:
    """The new offer below `folder`, around the files of `package`.

    It is rendered and checked by `config` in a folder of its own first. Raises UsageError for names and paths that are
    wrong, RefusedError with every reason for a package that cannot be built as it is.
    """
    check_name(identity.name)
    check_publisher(identity.publisher)
    found = find_package(package)
    at, prefix = places(identity.name), root_prefix(folder)
    homes = _homes(found, at)
    files = {
        at.templates / TEMPLATE: found.template.read,
        at.forms / FORM: found.form.read,
        **({at.offer / VIEW: found.view.read} if found.view else {}),
        **{homes[_top(inner)] / inner: entry.read for inner, entry in found.others.items()},
        at.offer / "offer.yaml": _offer_text(found, homes, identity, prefix).encode,
    }
    findings = _findings(files, prefix, at, config, today)
    _refuse_unchecked(findings, package, {f"{prefix}{place}": name for place, name in _originals(found, homes, at)})
    files[at.offer / BESIDE] = to_text(accept(findings)).encode
    new = NewFiles((at.offer, at.forms, at.templates), files, shared_files(folder))
    return Adopted(new, found.left_out, len(findings))


def _top(name: str) -> str:
    """The top-level folder of a file of the package; '' for a file at its root."""
    return name.partition("/")[0] if "/" in name else ""


def _homes(found: Found, at: Places) -> dict[str, PurePosixPath]:
    """Where the files below each top-level folder go: templates to the templates, all else beside the offer."""
    by_folder: dict[str, list[Entry]] = {}
    for name, entry in found.others.items():
        by_folder.setdefault(_top(name), []).append(entry)
    artifacts = at.offer / "artifacts"
    if any(map(_MAGIC.search, by_folder)):  # such a folder cannot be named in `from:`; the one above it can
        return dict.fromkeys(sorted(by_folder), artifacts)
    return {
        top: at.templates if top and top.lower() != TEMPLATE.lower() and all(map(_is_template, entries)) else artifacts
        for top, entries in sorted(by_folder.items())
    }


def _originals(found: Found, homes: Mapping[str, PurePosixPath], at: Places) -> Iterator[tuple[PurePosixPath, str]]:
    """Each file of the offer with its name in the package."""
    yield at.templates / TEMPLATE, found.template.name
    yield at.forms / FORM, found.form.name
    if found.view:
        yield at.offer / VIEW, found.view.name
    yield from ((homes[_top(inner)] / inner, entry.name) for inner, entry in found.others.items())


def _is_template(entry: Entry) -> bool:
    return entry.name.lower().endswith(".json") and is_template(Document.from_bytes(entry.name, entry.read()).value)


def _offer_text(found: Found, homes: Mapping[str, PurePosixPath], identity: Identity, prefix: str) -> str:
    at = places(identity.name)
    text = HEAD.format(
        baseline=BESIDE,
        id=scalar(identity.name),
        publisher=scalar(identity.publisher),
        kind=identity.kind,
        ui=scalar(f"{prefix}{at.forms / FORM}"),
        template=scalar(f"{prefix}{at.templates / TEMPLATE}"),
    )
    if found.view:
        text += f"    view: ./{VIEW}\n"
    if homes:
        text += "    artifacts:\n"
    for line in _lines(homes, prefix):
        text += f"      - {{from: {scalar(line.source)}, to: {scalar(line.to)}}}\n"
    return text


def _lines(homes: Mapping[str, PurePosixPath], prefix: str) -> list[_Line]:
    if any(map(_MAGIC.search, homes)):
        return [_Line(f"{prefix}{homes[min(homes)]}/", "./")]
    lines = [_Line(f"{prefix}{home / top}/", f"{top}/") for top, home in homes.items() if top]
    if "" in homes:
        lines.insert(0, _Line(f"{prefix}{homes['']}/*", "./"))
    return lines


def _findings(
    files: Mapping[PurePosixPath, Content], prefix: str, at: Places, config: Config, today: datetime.date
) -> tuple[Finding, ...]:
    """What `packager build` will find in the new offer."""
    with tempfile.TemporaryDirectory(prefix="packager-") as name:
        root = Path(name)
        write_files(root / prefix, files)
        (root / "pyproject.toml").write_text(MARK, encoding="utf-8")
        return check_offer(str(root / prefix / at.offer / "offer.yaml"), config, today, {}).report.findings


def _refuse_unchecked(findings: tuple[Finding, ...], package: Path, original: Mapping[str, str]) -> None:
    """Raise RefusedError when something could not be rendered or checked, by the names that the package has."""
    unchecked = [finding for finding in findings if says_unchecked(finding)]
    if unchecked:
        lines = [f"{original.get(one.file, one.file)}:{one.line}: {one.message}" for one in unchecked]
        raise refusal(package, lines)
