"""An offer around the files of a package that exists already."""

import datetime
import re
import tempfile
from collections.abc import Mapping
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
from packager.pipeline import check_offer
from packager.scaffold.found import Found, find_package, refusal
from packager.scaffold.names import Places, check_name, check_publisher, places
from packager.scaffold.new import root_prefix, shared_files
from packager.scaffold.scalars import scalar
from packager.scaffold.tree import MARK, NewFiles, write_files
from packager.source.document import Document

_MAGIC = re.compile(r"[*?[]")
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


def adopt(folder: Path, package: Path, name: str, kind: Kind, publisher: str, today: datetime.date) -> Adopted:
    """The offer `name` below `folder`, around the files of `package`.

    It is rendered and checked in a folder of its own first. Raises UsageError for names and paths that are wrong,
    RefusedError with every reason for a package that cannot be built as it is.
    """
    check_name(name)
    check_publisher(publisher)
    found = find_package(package)
    at, prefix = places(name), root_prefix(folder)
    homes = _homes(found, at)
    offer = _offer_text(found, homes, name, kind, publisher, prefix)
    files = {
        at.templates / TEMPLATE: found.template.read,
        at.forms / FORM: found.form.read,
        **({at.offer / VIEW: found.view.read} if found.view else {}),
        **{homes[_top(inner)] / inner: entry.read for inner, entry in found.others.items()},
        at.offer / "offer.yaml": offer.encode,
    }
    new = NewFiles((at.offer, at.forms, at.templates), files, shared_files(folder))
    original = {f"{prefix}{place}": inner for place, inner in _originals(found, homes, at).items()}
    findings = _findings(new, prefix, at, package, original, today)
    baseline = to_text(accept(findings))
    return Adopted(
        NewFiles(new.folders, {**files, at.offer / BESIDE: baseline.encode}, new.shared),
        found.left_out,
        len(findings),
    )


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


def _originals(found: Found, homes: Mapping[str, PurePosixPath], at: Places) -> dict[PurePosixPath, str]:
    """The name in the package of each file of the offer."""
    placed = {at.templates / TEMPLATE: found.template.name, at.forms / FORM: found.form.name}
    return placed | {homes[_top(inner)] / inner: entry.name for inner, entry in found.others.items()}


def _is_template(entry: Entry) -> bool:
    return entry.name.lower().endswith(".json") and is_template(Document.from_bytes(entry.name, entry.read()).value)


def _offer_text(
    found: Found, homes: Mapping[str, PurePosixPath], name: str, kind: Kind, publisher: str, prefix: str
) -> str:
    at = places(name)
    text = HEAD.format(
        baseline=BESIDE,
        id=scalar(name),
        publisher=scalar(publisher),
        kind=kind,
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
    new: NewFiles, prefix: str, at: Places, package: Path, original: Mapping[str, str], today: datetime.date
) -> tuple[Finding, ...]:
    """What `packager build` will find in the new offer. Raises RefusedError when it could not be built."""
    with tempfile.TemporaryDirectory(prefix="packager-") as name:
        root = Path(name)
        write_files(root / prefix, new.files)
        (root / "pyproject.toml").write_text(MARK, encoding="utf-8")
        checked = check_offer(str(root / prefix / at.offer / "offer.yaml"), Config(), today, {})
    unchecked = [finding for finding in checked.report.findings if says_unchecked(finding)]
    if unchecked:
        raise refusal(package, [_said(finding, original) for finding in unchecked])
    return checked.report.findings


def _said(finding: Finding, original: Mapping[str, str]) -> str:
    return f"{original.get(finding.file, finding.file)}:{finding.line}: {finding.message}"
