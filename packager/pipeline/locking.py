"""`helm lock`: every release of an offer resolved to a chart, its digest and its images, written as one file."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from packager.checks.releases import Release
from packager.data.kubernetes import KubernetesVersion
from packager.helm.archive import digest_of
from packager.helm.fetch import Fetched, fetch
from packager.helm.images import parse_image
from packager.helm.tree import ChartTree, dependency_key
from packager.helm.values import to_yaml
from packager.offer.load import load_offer, select_plans
from packager.offer.lock import NAME, WAYS, lock_document, read_lock
from packager.offer.model import ChartReference, Offer
from packager.offer.repository import Repository
from packager.pipeline.inventory import inventory_of
from packager.pipeline.manifests import reason
from packager.pipeline.opening import offer_named
from packager.pipeline.releases import Choice, Made, Runs, made_again, plan_payload
from packager.render.whole import problem_lines, readable, refusal_of

HEADER = """\
# Which charts and images the Helm releases of the offer were resolved to. Written by 'packager helm lock'; do not edit.
# Commit it beside offer.yaml, and run that again when offer.yaml, a chart or values change.
"""
NOT_ASKED = "no registry was asked; a reference with its digest (name:tag@sha256:...) is known without"
# Why exactly depends on the machine and the hour; that is told, and not written.
NOT_FETCHED = "it is not at hand, and could not be fetched from its repository"
_KEYS = {kind: key for key, kind in WAYS.items()}  # of offer.yaml and the lock, by the kind of a chart


class Entry(NamedTuple):
    """A release of one plan as it is locked; `problem` is why that is not all, `kept` that it is from the old lock.

    `replaced` is the digest that the old lock has for the same version of a chart of a repository; `empty` that nothing
    came of the chart's templates.
    """

    plan: str
    value: Mapping[str, Any]
    problem: str | None = None
    kept: bool = False
    replaced: str | None = None
    empty: bool = False

    @property
    def title(self) -> str:
        """The release as it is told to people."""
        chart = self.value["chart"]
        return f"{self.plan}/{self.value['release']}: {chart['name']} {chart['version']}"


class Locking(NamedTuple):
    """The new lock, the old one's value (None where there is none that can be read), and where it lies.

    `broken` says, a line each, why the old one cannot be read; `fetched` are the archives that came from repositories,
    by their file names.
    """

    file: Path
    entries: tuple[Entry, ...]
    old: Mapping[str, Any] | None
    broken: tuple[str, ...] = ()
    fetched: Mapping[str, bytes] = MappingProxyType({})

    @property
    def lost(self) -> list[Entry]:
        """The releases that cannot be resolved now, and whose entries nobody can read in a broken lock."""
        return [entry for entry in self.entries if self.broken and entry.problem is not None]

    @property
    def value(self) -> dict[str, Any]:
        """The lock as data: plans with equal entries share one."""
        shared: dict[str, dict[str, Any]] = {}
        for entry in self.entries:
            key = json.dumps(entry.value, sort_keys=True)
            line = shared.setdefault(key, {"release": entry.value["release"], "plans": []})
            line["plans"].append(entry.plan)
            line |= {name: value for name, value in entry.value.items() if name != "release"}
        order = list(dict.fromkeys(entry.plan for entry in self.entries))
        lines = sorted(shared.values(), key=lambda line: (line["release"], order.index(line["plans"][0])))
        return {"schema": 1, "releases": lines}

    @property
    def text(self) -> str:
        """The lock as it is written."""
        return HEADER + to_yaml(self.value)


def lock_releases(path: str, overrides: Mapping[str, str], choice: Choice, runs: Runs) -> Locking:
    """Resolve every release. Raises RefusedError for an offer that cannot be read or rendered."""
    offer = readable(load_offer(offer_named(path), locked=False), path)
    old, broken = _old(offer)
    fetched: dict[ChartReference, Fetched] = {}
    entries: list[Entry] = []
    for plan in select_plans(offer):
        payload = plan_payload(runs, offer, plan, overrides, choice, path)
        if payload.rendered.failed:
            lines = problem_lines(payload.rendered, "error")
            raise refusal_of(f"the payload of '{path}' cannot be rendered", path, lines)
        charts = {release.release: release.chart for release in plan.helm}
        for made in payload.made:
            chart = charts[made.release.name]
            entries.append(_entry(runs, made, chart, payload.kubernetes, fetched, old))
    archives = {f"{chart.name}-{chart.version}.tgz": one.data for chart, one in fetched.items() if one.data is not None}
    return Locking(offer.file.with_name(NAME), tuple(entries), old, broken, archives)


def _old(offer: Offer) -> tuple[Mapping[str, Any] | None, tuple[str, ...]]:
    """The value of the lock that lies there, or what is wrong with it."""
    document = lock_document(offer.file, offer.root)
    if document is None:
        return None, ()
    lock, problems = read_lock(document, Repository(offer.root))
    if lock is None:
        return None, tuple(f"{NAME}:{one.place.line}:{one.place.column}: {one.message}" for one in problems)
    return document.value, ()


def _entry(
    runs: Runs,
    made: Made,
    chart: ChartReference,
    kubernetes: KubernetesVersion,
    fetched: dict[ChartReference, Fetched],
    old: Mapping[str, Any] | None,
) -> Entry:
    """The release with its chart, which is fetched when it is not at hand; failing that, as the old lock has it."""
    problem = None
    if made.status == "not-at-hand" and chart.kind == "repository":
        found, problem = _fetched(runs, chart, fetched)
        made = made_again(runs, made, found, kubernetes) if found is not None else made
    before = _before(made, chart, old)
    if made.release.archive is None:
        problem = problem or reason(made)
        if before is not None:
            return Entry(made.plan, before, problem, kept=True)
    value = {"release": made.release.name, "chart": _chart(made.release, chart), **_images(made)}
    was = before["chart"]["digest"] if before is not None and chart.kind == "repository" else None
    replaced = was if was != value["chart"]["digest"] else None
    problem = problem or (reason(made) if made.status == "failed" else None)
    return Entry(made.plan, value, problem, replaced=replaced, empty=made.is_empty)


def _fetched(
    runs: Runs, chart: ChartReference, fetched: dict[ChartReference, Fetched]
) -> tuple[bytes | None, str | None]:
    """A chart from its repository, asked for once; None and why where it cannot be had, or is not the one meant."""
    key = replace(chart, at=())
    if key not in fetched:
        fetched[key] = fetch(runs.helm, chart.location, chart.name or "", chart.version or "")
    data, why = fetched[key]
    if data is not None and chart.digest not in {None, digest_of(data)}:
        return None, f"the repository has another chart: its digest is {digest_of(data)}, not that in offer.yaml"
    return data, why


def _before(made: Made, chart: ChartReference, old: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The release in the old lock, when it was resolved there and offer.yaml still means the same chart."""
    identity = (made.release.name, made.release.chart, made.release.version, chart.location)
    for line in old["releases"] if old is not None else ():
        one = line["chart"]
        same = (line["release"], one["name"], one["version"], one.get("repository")) == identity
        meant = one["digest"] is not None and chart.digest in {None, one["digest"]}
        if same and meant and made.plan in line["plans"]:
            return {name: value for name, value in line.items() if name != "plans"}
    return None


def _chart(release: Release, chart: ChartReference) -> dict[str, Any]:
    tree = release.tree
    found: dict[str, Any] = {_KEYS[chart.kind]: chart.location, "name": release.chart, "version": release.version}
    application = tree.metadata.get("appVersion") if tree is not None else None
    if application is not None and str(application):
        found["appVersion"] = str(application)
    found["digest"] = digest_of(release.archive) if release.archive is not None else chart.digest
    if found["digest"] is None:
        found["reason"] = NOT_FETCHED
    if tree is not None:
        found["dependencies"] = sorted(
            _dependencies(tree), key=lambda one: (one.get("alias", one["name"]), one["name"])
        )
    return found


def _dependencies(tree: ChartTree) -> Iterator[dict[str, Any]]:
    """The charts that a chart depends on, with the versions that are in it, and what is in it besides."""
    vendored = {one.key: one for one in tree.charts}
    for dependency in tree.dependencies:
        inside = vendored.pop(dependency_key(dependency), None)
        version = inside.metadata.get("version") if inside is not None else dependency.get("version")
        found = {"name": dependency.get("name"), "alias": dependency.get("alias"), "version": version}
        found["repository"] = dependency.get("repository")
        if isinstance(found["name"], str) and found["name"]:
            yield {key: str(value) for key, value in found.items() if value not in {None, ""}}
    for inside in vendored.values():
        found = {"name": inside.name, "version": inside.metadata.get("version")}
        yield {key: str(value) for key, value in found.items() if value not in {None, ""}}


def _images(made: Made) -> dict[str, Any]:
    if made.status == "not-at-hand":
        return {"images": None, "reason": "the chart is not known"}
    if made.status == "failed":
        return {"images": None, "reason": f"helm refuses the release: {reason(made)}"}
    return {"images": [_image(image) for image in inventory_of(made).images]}


def _image(written: str) -> dict[str, Any]:
    parsed = parse_image(written)
    if parsed is not None and parsed.digest is not None:
        return {"image": written, "digest": parsed.digest}
    return {"image": written, "digest": None, "reason": NOT_ASKED}


def stale_lines(locking: Locking) -> list[str]:
    """What is different between the lock that lies there and the one that would be written, a line each."""
    if locking.broken:
        return list(locking.broken)
    if locking.old is None:
        return [f"{locking.file.name} does not exist; run 'packager helm lock' and commit it"]
    if locking.old == locking.value:
        return []
    before, now = (dict(_facts(value)) for value in (locking.old, locking.value))
    keys = [key for key in dict.fromkeys((*before, *now)) if before.get(key) != now.get(key)]
    lines = (f"{key}: {before.get(key, 'nothing')} in the lock, {now.get(key, 'nothing')} now" for key in sorted(keys))
    return list(lines) or [f"{locking.file.name} has the same facts in another order, or with other reasons"]


def _facts(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a lock says of each release of each plan, by the names that people know it by."""
    for line in value["releases"]:
        chart = line["chart"]
        facts = [(key, chart[key]) for key in (*WAYS, "name", "version", "appVersion") if key in chart]
        facts.append(("digest", chart["digest"] or "unknown"))
        facts += [
            (f"dependency {one.get('alias', one['name'])}", one.get("version", "any"))
            for one in chart.get("dependencies") or ()
        ]
        images = line["images"]
        facts += [(f"image {one['image']}", one["digest"] or "without a digest") for one in images or ()]
        facts += [("images", "unknown")] if images is None else []
        yield from ((f"{plan}/{line['release']}: {name}", str(fact)) for plan in line["plans"] for name, fact in facts)
