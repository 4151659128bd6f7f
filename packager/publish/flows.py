"""The verbs of publishing, from a request to its end: each step is safe to repeat and says what it did."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packager.checks.engine import Report
from packager.diff.values import differences
from packager.errors import UsageError
from packager.offer.model import Listing, Offer
from packager.publish import lock as locks
from packager.publish.cloud import Cloud
from packager.publish.draft import draft as draft_package
from packager.publish.draft import is_configured
from packager.publish.findings import report_findings, validation_findings
from packager.publish.images import differing, images_of, images_there, synchronise_images
from packager.publish.ingestion import Ingestion, Item, variant_of
from packager.publish.pace import Pace
from packager.publish.packages import Finished, Request
from packager.publish.planning import PartChange, Plan, plan_changes
from packager.publish.run import DryService, Run, Tell, is_made, product_of
from packager.publish.service import Service
from packager.publish.setup import ensure_variants
from packager.publish.state import opened_state
from packager.publish.submission import (
    LIVE,
    READY,
    confirm_draft,
    current,
    is_live,
    live,
    preview,
    refuse_failed,
    refuse_running,
    substate_of,
    wait_for,
)
from packager.publish.sync import Part, ids_of, parts, synchronise


@dataclass(frozen=True, slots=True)
class Target:
    """Which service is meant, and how to talk to it; `tell` says progress, `show` what a dry run would send."""

    base: str
    resource: str
    cloud: Cloud
    pace: Pace
    tell: Tell
    show: Tell
    waits: bool = False
    dry: bool = False

    def service(self) -> Service:
        """The service, or one that only shows what it would write."""

        def token(fresh: bool) -> str:
            return self.cloud.token(self.resource, fresh=fresh)

        if self.dry:
            return DryService(self.base, token, self.pace, self.show)
        return Service(self.base, token, self.pace)


@contextlib.contextmanager
def opened(target: Target, folder: Path, offer: str, *, create: bool = False) -> Iterator[Run]:
    """A run for an offer, alone with its state. Raises UsageError when Partner Center has no such offer."""
    service = target.service()
    with (
        contextlib.closing(service),
        opened_state(folder, offer, service.base, kept=not target.dry) as state,
    ):
        product = product_of(service, state, target.tell, create=create)
        yield Run(Ingestion(service, product), state, target.pace, target.tell, target.waits, target.dry)


def plan(target: Target, request: Request, lock: Path, *, listing: bool, offline: bool) -> Plan:
    """What publishing would change; online the lock is brought up to date with what is there."""
    seen = locks.read_lock(lock)

    def known(plan_id: str) -> Item:
        found = seen["plans"].get(plan_id, {})
        return dict(found) if isinstance(found, dict) else {}

    if offline:
        locks.refuse_absent(lock)
        changes = plan_changes(
            request,
            lambda one: dict(locks.refuse_empty(seen, one.plan, lock)["configuration"]),
            known,
            request.offer if listing else None,
        )
        return Plan(tuple(changes), tuple(_offline_parts(request.offer, seen, lock)) if listing else ())
    with opened(target, request.folder, request.offer_id) as run:
        variants = run.api.variants()

        def configuration(one: Finished) -> Item:
            variant = str(variant_of(variants, one.plan)["id"])
            found = run.api.configuration(run.api.instance("Package", variant))
            seen["plans"][one.plan] = {**known(one.plan), "configuration": locks.lasting(found)}
            return found

        found = tuple(plan_changes(request, configuration, known, request.offer if listing else None))
        wanted = tuple(_listing_changes(run, request, ids_of(variants), seen)) if listing else ()
        locks.write_lock(lock, {**seen, "offer": request.offer_id})
    return Plan(found, wanted)


def _listing_changes(run: Run, request: Request, variants: dict[str, str], seen: Item) -> Iterator[PartChange]:
    offer, listing = _listed(request)
    for part in parts(run.api, offer, variants):
        item = part.read(run.api)
        seen["parts"][part.name] = locks.lasting(item)
        changes = tuple(differences(locks.lasting(item), locks.lasting(part.wanted(item))))
        if changes:
            yield PartChange(part.name, changes)
    there = images_there(run.api, _listing_id(run.api))
    new, old = differing(images_of(listing, offer.root), there)
    if new or old:
        before, after = sorted(str(one.get("fileName")) for one in old), sorted(one.name for one in new)
        yield PartChange("images", tuple(differences(before, after)))


def _offline_parts(offer: Offer | None, seen: Item, lock: Path) -> Iterator[PartChange]:
    if offer is None or offer.listing is None:
        raise UsageError("--listing needs an offer.yaml with a listing", hint="packager init NAME --listing")
    if not seen["parts"]:
        hint = "run packager publish plan --listing without --offline once"
        raise UsageError(f"'{lock}' knows nothing of the listing", hint=hint)
    offline: Any = _Known()
    variants = {plan.plan: plan.plan for plan in offer.listing.plans}
    for part in parts(offline, offer, variants):
        item = seen["parts"].get(part.name)
        if isinstance(item, dict):
            changes = tuple(differences(item, locks.lasting(part.wanted(item))))
            if changes:
                yield PartChange(part.name, changes)


class _Known:
    """Stands for the service where only the names of parts are wanted."""

    def instance(self, module: str, variant: str | None = None) -> str:
        return f"{module} {variant or ''}"


def draft(target: Target, request: Request, lock: Path, *, listing: bool, create: bool) -> None:
    """Bring packages, and with `listing` everything else that the offer says, to the drafts."""
    with opened(target, request.folder, request.offer_id, create=create) as run:
        if not is_made(run.api.product):
            run.tell("what follows needs the id of the new offer")
            return
        if not listing and _is_drafted(run, request):
            return
        refuse_running(run)
        variants = ensure_variants(run, request, create=create or listing)
        for plan_id in [plan_id for plan_id, variant in variants.items() if not is_made(variant)]:
            run.tell(f"plan {plan_id}: what follows needs the id of the new plan")
            del variants[plan_id]
        if listing:
            _synchronise(run, request, variants)
        seen = locks.read_lock(lock)
        for one in [one for one in request.packages if one.plan in variants]:
            draft_package(run, one, request.offer if listing else None, variants[one.plan])
            if not run.dry:
                there = run.api.configuration(run.api.instance("Package", variants[one.plan]))
                entry = {"version": one.version, "sha256": one.sha256, "configuration": locks.lasting(there)}
                seen["plans"][one.plan] = entry
                locks.write_lock(lock, {**seen, "offer": request.offer_id})


def _is_drafted(run: Run, request: Request) -> bool:
    """Whether every package is in its plan's draft already, as the state knows."""
    for one in request.packages:
        entry = run.state.section("plans").get(one.plan, {})
        if entry.get("sha256") != one.sha256 or entry.get("configuration", {}).get("status") != "done":
            return False
        if not is_configured(run.api.configuration(run.api.instance("Package", entry["variant"])), one, entry):
            return False
    for one in request.packages:
        run.tell(f"plan {one.plan}: the draft has version {one.version} already")
    return True


def _synchronise(run: Run, request: Request, variants: dict[str, str]) -> None:
    offer, listing = _listed(request)
    found: list[Part] = list(parts(run.api, offer, variants))
    written = sum(synchronise(run, part) for part in found)
    new = synchronise_images(run, _listing_id(run.api), images_of(listing, offer.root))
    run.tell(f"listing: {written} of {len(found)} parts and {new} images differed")


def _listed(request: Request) -> tuple[Offer, Listing]:
    if request.offer is None or request.offer.listing is None:
        raise UsageError("--listing needs an offer.yaml with a listing", hint="packager init NAME --listing writes one")
    return request.offer, request.offer.listing


def _listing_id(api: Ingestion) -> str:
    return str(api.module("listings", api.instance("Listing"))["id"])


def submit(target: Target, request: Request, notes: str) -> Item:
    """Submit the drafts to preview, and wait for it when that is asked."""
    with opened(target, request.folder, request.offer_id) as run:
        variants = run.api.variants()
        for one in request.packages:
            confirm_draft(run, one, str(variant_of(variants, one.plan)["id"]))
        found = preview(run, request.packages, notes)
        if target.waits and not target.dry:
            found = wait_for(run, found, target=frozenset({READY}))
        refuse_failed(found)
        return found


def go_live(target: Target, folder: Path, offer: str) -> Item:
    """Let what is in preview go live, and wait for it when that is asked."""
    with opened(target, folder, offer) as run:
        found = live(run)
        if target.waits and not target.dry:
            found = wait_for(run, found, target=LIVE)
            if is_live(found):
                run.state.record(run.state.section("submission"), status="live")
        refuse_failed(found)
        return found


@dataclass(frozen=True, slots=True)
class Status:
    """Where the submission stands: its steps as the service calls them, and what was found."""

    submission: Item | None
    steps: tuple[tuple[str, str], ...]
    report: Report


def status(target: Target, folder: Path, offer: str) -> Status:
    """Where the newest submission stands."""
    with opened(target, folder, offer) as run:
        found = current(run)
        if found is None:
            return Status(None, (), Report((), 0))
        if target.waits:
            found = wait_for(run, found, target=frozenset({READY}))
        identity = str(found["id"])
        flows = run.api.about_submission(identity, "workflowdetails")
        steps = tuple(
            (str(step.get("name")), str(step.get("state")))
            for flow in flows
            for step in flow.get("workflowSteps") or ()
            if isinstance(step, dict)
        )
        findings = [
            *validation_findings(run.api.about_submission(identity, "validations"), identity),
            *report_findings(run.api.about_submission(identity, "reports"), identity),
        ]
        return Status(found, steps, Report(tuple(findings), 0))


def stands(submission: Item | None) -> str:
    """Where a submission stands, in words."""
    if submission is None:
        return "nothing was submitted yet"
    return f"submission {submission['id']}: {substate_of(submission)}"
