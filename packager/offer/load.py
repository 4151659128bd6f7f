"""offer.yaml -> Offer. What is wrong in it becomes problems with a place; only a file that is none is an error."""

import json
import pathlib
from dataclasses import dataclass
from typing import Any

from packager.errors import UsageError
from packager.offer.listing import read_listing
from packager.offer.lock import Lock, lock_document, read_lock, stale_entries
from packager.offer.model import Kind, Offer, Plan
from packager.offer.plans import read_plan
from packager.offer.reading import OfferProblem, Reading
from packager.offer.repository import Repository, repository_root
from packager.source.document import Document
from packager.source.nearest import did_you_mean
from packager.source.reading import SyntaxProblem
from packager.source.span import Path, Span

RESERVED = frozenset({"offer", "plan", "loop", "self", "caller", "varargs", "kwargs", "true", "false", "none", "and"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """An offer file as read; `offer` is None when any problem is an error."""

    offer: Offer | None
    problems: tuple[OfferProblem, ...]
    document: Document


def load_offer(path: pathlib.Path, *, locked: bool = True) -> Loaded:
    """Read the offer file at `path` and check every path in it; UsageError when it is no file.

    The lock beside it says which charts are meant, unless `locked` is False.
    """
    file = _existing(path)
    root = repository_root(file)
    document = read_document(file, root)
    reading = Reading(document, Repository(root))
    if not reading.accepts(_schema("offer.schema.json")):
        return Loaded(None, tuple(reading.problems), document)
    lock = _lock(reading, file, root) if locked else None
    offer = _read_offer(reading, file, root, lock)
    return Loaded(None if reading.failed else offer, _distinct(reading.problems), document)


def select_plans(offer: Offer, wanted: tuple[str, ...] = ()) -> tuple[Plan, ...]:
    """The plans called `wanted`, in the offer's order; all of them when none is named."""
    known = [plan.id for plan in offer.plans]
    for name in wanted:
        if name not in known:
            hint = f"the offer has the plans {', '.join(known)}"
            raise UsageError(f"offer '{offer.id}' has no plan '{name}'{did_you_mean(name, known)}", hint=hint)
    return tuple(plan for plan in offer.plans if not wanted or plan.id in wanted)


def _existing(path: pathlib.Path) -> pathlib.Path:
    """The offer file; what is wrong with it is said of `path`, as the user wrote it."""
    try:
        file = path.resolve()
        if file.is_file():
            return file
        reason = "is a folder" if file.is_dir() else "does not exist" if not file.exists() else "is no regular file"
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a name that is too long
        reason = f"cannot be read: {getattr(error, 'strerror', None) or error}"
    inner = path / "offer.yaml"
    hint = f"name the offer file: {inner}" if reason == "is a folder" and inner.is_file() else "name an offer.yaml"
    raise UsageError(f"'{path}' {reason}", hint=hint)


def read_document(file: pathlib.Path, root: pathlib.Path) -> Document:
    """The file as a document named by its path from `root`; its problem is why it cannot be read."""
    name = file.relative_to(root).as_posix()
    try:
        data = file.read_bytes()
    except OSError as error:
        problem = SyntaxProblem(f"the file cannot be read: {error.strerror}", Span(0, 0), "check its permissions")
        return Document.from_problem(name, problem)
    return Document.from_bytes(name, data)


def _distinct(problems: list[OfferProblem]) -> tuple[OfferProblem, ...]:
    """Plans that share a part by a YAML alias have each of its problems; one is enough."""
    return tuple({(problem.document.name, problem.place, problem.message): problem for problem in problems}.values())


def _schema(name: str) -> dict[str, Any]:
    text = pathlib.Path(__file__).with_name(name).read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _lock(reading: Reading, file: pathlib.Path, root: pathlib.Path) -> Lock | None:
    """The lock beside the offer; what is wrong with it, or is in it for nothing, is reported."""
    releases = {
        plan["id"]: frozenset(release["release"] for release in plan.get("helm", ()))
        for plan in reading.document.value["plans"]
    }
    document = lock_document(file, root) if any(releases.values()) else None
    if document is None:
        return None
    lock, problems = read_lock(document, reading.repository)
    reading.problems += problems
    reading.problems += stale_entries(lock, releases) if lock is not None else ()
    return lock


def _read_offer(reading: Reading, file: pathlib.Path, root: pathlib.Path, lock: Lock | None) -> Offer:
    value: dict[str, Any] = reading.document.value
    kind: Kind = value["kind"]
    _check_variables(reading, value, ())
    plans = tuple(
        read_plan(reading, plan, ("plans", index), kind=kind, version=value["version"], lock=lock)
        for index, plan in enumerate(value["plans"])
    )
    for index, plan in enumerate(value["plans"]):
        _check_variables(reading, plan, ("plans", index))
        if any(earlier.id == plan["id"] for earlier in plans[:index]):
            reading.report(
                ("plans", index, "id"), f"plan id '{plan['id']}' is there already; ids are unique", "offer-name"
            )
    listing = None
    if "listing" in value:
        name = reading.file(value["listing"], ("listing",))
        if not reading.failed:
            listing = read_listing(reading, read_document(root / name, root), _schema("listing.schema.json"), plans)
    return Offer(
        id=value["id"],
        publisher=value["publisher"],
        kind=kind,
        version=value["version"],
        plans=plans,
        listing=listing,
        variables=value.get("variables") or {},
        file=file,
        root=root,
        document=reading.document,
        lock=lock,
    )


def _check_variables(reading: Reading, holder: dict[str, Any], at: Path) -> None:
    for name in holder.get("variables") or {}:
        if name in RESERVED:
            message = f"variable '{name}' would hide a name that every source has; call it something else"
            reading.report((*at, "variables", name), message, "offer-variable")
