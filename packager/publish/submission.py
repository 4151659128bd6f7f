"""Submissions: from the draft to preview, from preview to live, and what certification says on the way."""

from collections.abc import Mapping, Sequence
from typing import Any

from packager.errors import RefusedError
from packager.publish.draft import is_configured
from packager.publish.failure import LostAnswerError, ServiceError
from packager.publish.ingestion import MODULES, RUNNING, Item, references_of
from packager.publish.packages import Finished
from packager.publish.run import Run

READY = "ReadyToPublish"
REFUSED = frozenset({"Failed", "FailedInCertification"})
LIVE = frozenset({"Published", "InStore"})
PUBLISHING = "Publishing"


def substate_of(submission: Mapping[str, Any]) -> str:
    """Where a submission stands."""
    return str(submission.get("substate") or submission.get("state") or "unknown")


def is_live(submission: Mapping[str, Any]) -> bool:
    """Whether customers get what was submitted."""
    return substate_of(submission) in LIVE or submission.get("state") == "Published"


def refuse_running(run: Run, *, ours: str | None = None) -> None:
    """Raise RefusedError while another submission is under way, or wait until it has ended."""
    told = False
    while True:
        running = run.api.running()
        if running is None or str(running.get("id")) == ours:
            return
        where = f"submission {running.get('id')} ({substate_of(running)})"
        if not run.waits:
            hint = "wait for it with --wait, or take it back: packager publish cancel"
            raise RefusedError(f"another submission of this offer is under way: {where}", hint=hint)
        if not told:
            run.tell(f"waiting for {where}")
            told = True
        run.pace.sleep(run.pace.poll)


def preview(run: Run, packages: Sequence[Finished], notes: str) -> Item:
    """Submit the drafts of the plans to preview; a submission of exactly these packages is taken up again."""
    section = run.state.section("submission")
    wanted = {one.plan: {"version": one.version, "sha256": one.sha256} for one in packages}
    if section.get("plans") == wanted and section.get("status") in {"asked", "created", "promoting", "live"}:
        found = _taken_up(run, section)
        if found is not None:
            return found
    refuse_running(run)
    body = _body(run, [str(run.state.section("plans", one.plan)["variant"]) for one in packages], notes)
    known = [str(one.get("id")) for one in run.api.submissions()]
    section.clear()
    run.state.record(section, status="asked", plans=wanted, known=known)
    return _submitted(run, body, section)


def _taken_up(run: Run, section: dict[str, Any]) -> Item | None:
    """The submission that the state speaks of, unless it never came into being, was cancelled or has failed."""
    if section.get("status") == "asked":
        return _found_again(run, section)
    found = run.api.submission(str(section["id"])) if section.get("id") else None
    if found is None or substate_of(found) in REFUSED:
        return None
    run.tell(f"submission {found.get('id')} is there already ({substate_of(found)})")
    return found


def _submitted(run: Run, body: Item, section: dict[str, Any]) -> Item:
    run.tell("submitting to preview")
    for _ in range(run.pace.attempts):
        try:
            return _created(run, run.api.add_submission(body), section)
        except LostAnswerError as error:
            found = _found_again(run, section)
            if found is not None:
                return found
            lost = error
    raise lost


def _found_again(run: Run, section: dict[str, Any]) -> Item | None:
    """The submission that was asked for without an answer."""
    for one in run.api.submissions():
        if one.get("state") == RUNNING and str(one.get("id")) not in section.get("known", ()):
            return _created(run, one, section)
    return None


def _created(run: Run, submission: Item, section: dict[str, Any]) -> Item:
    section.pop("known", None)
    run.state.record(section, status="created", id=str(submission["id"]))
    run.tell(f"submission {submission['id']} ({substate_of(submission)})")
    return submission


def confirm_draft(run: Run, package: Finished, variant: str) -> None:
    """Raise RefusedError unless the plan's draft has this package; known from the state, else from its name."""
    entry = run.state.section("plans", package.plan)
    configuration = run.api.configuration(run.api.instance("Package", variant))
    fits = entry.get("sha256") == package.sha256 and is_configured(configuration, package, entry)
    if not fits and not entry.get("sha256") and configuration.get("version") == package.version:
        found = [run.api.package(identity) for identity in references_of(configuration)]
        fits = any(one is not None and one.get("fileName") == package.archive.name for one in found)
    if not fits:
        there = configuration.get("version") or "none"
        message = f"the draft of plan '{package.plan}' does not have this package (its version is {there})"
        raise RefusedError(message, hint="packager publish draft comes first")
    run.state.record(entry, version=package.version, sha256=package.sha256, variant=variant)


def _body(run: Run, variants: Sequence[str], notes: str) -> Item:
    """A modular submission: the drafts of the offer, and those of the plans that are in question."""
    branches = {module: run.api.branches(module) for module in MODULES}

    def resources(variant: str | None, modules: Sequence[str]) -> list[Item]:
        return [
            {"type": module, "value": str(one["currentDraftInstanceID"])}
            for module in modules
            for one in branches[module]
            if (one.get("variantID") or None) == variant and one.get("currentDraftInstanceID")
        ]

    reseller = {"type": "ResellerConfiguration", "value": f"{run.api.product}-ResellerInstance"}
    options: Item = {"isManualPublish": True, "isAutoPromote": False}
    if notes:
        options["certificationNotes"] = notes
    return {
        "resourceType": "SubmissionCreationRequest",
        "targets": [{"type": "Scope", "value": "preview"}],
        "resources": [*resources(None, ("Availability", "Property", "Package", "Listing")), reseller],
        "variantResources": [
            {"variantID": one, "resources": resources(one, ("Availability", "Package", "Listing"))} for one in variants
        ],
        "publishOption": options,
    }


def current(run: Run) -> Item | None:
    """The submission that the state speaks of, else the one under way, else the newest."""
    known = run.state.section("submission").get("id")
    found = run.api.submission(str(known)) if known else None
    if found is not None:
        return found
    every = run.api.submissions()
    return next((one for one in every if one.get("state") == RUNNING), every[-1] if every else None)


def live(run: Run) -> Item:
    """Let the submission in preview go live; one that went already is left alone."""
    section = run.state.section("submission")
    submission = current(run)
    if submission is None:
        raise RefusedError("nothing was submitted yet", hint="packager publish preview comes first")
    identity = str(submission["id"])
    for attempt in range(run.pace.attempts):
        if is_live(submission) or substate_of(submission) == PUBLISHING:
            run.state.record(section, id=identity, status="live" if is_live(submission) else "promoting")
            run.tell(f"submission {identity} is {substate_of(submission)}")
            return submission
        _refuse_unready(submission)
        run.state.record(section, id=identity, status="promoting")
        run.tell(f"submission {identity}: going live")
        if _promoted(run, identity):
            return run.api.submission(identity) or submission
        run.pace.wait(attempt)
        submission = run.api.submission(identity) or submission
    raise ServiceError(f"submission {identity} stays in preview though it was asked to go live")


def _promoted(run: Run, identity: str) -> bool:
    """Whether the service took the request; False when that is not known and has to be read."""
    try:
        run.api.promote(identity)
    except LostAnswerError:
        run.tell("the answer was lost; reading what became of it")
        return False
    except ServiceError as error:
        if error.status != 409:
            raise
        run.tell("the service says that it is going on already")
        return False
    return True


def _refuse_unready(submission: Item) -> None:
    if substate_of(submission) == READY:
        return
    identity, stands = submission.get("id"), substate_of(submission)
    if stands in REFUSED:
        hint = "packager publish status tells why"
        raise ServiceError(f"submission {identity} was refused ({stands})", hint=hint)
    hint = "wait for it: packager publish status --wait"
    raise RefusedError(f"submission {identity} is not in preview yet ({stands})", hint=hint)


def wait_for(run: Run, submission: Item, *, target: frozenset[str]) -> Item:
    """Ask until the submission stands where it should, or was refused; each step is told once."""
    identity, told = str(submission["id"]), ""
    while substate_of(submission) not in target | REFUSED | LIVE and not is_live(submission):
        line = f"submission {identity}: {substate_of(submission)}{_step(run, identity)}"
        if line != told:
            run.tell(line)
            told = line
        run.pace.sleep(run.pace.poll)
        found = run.api.submission(identity)
        if found is None:
            raise ServiceError(f"submission {identity} is gone", hint="somebody may have cancelled it")
        submission = found
    return submission


def _step(run: Run, identity: str) -> str:
    """The step that is under way, as the service calls it."""
    flows = run.api.about_submission(identity, "workflowdetails")
    steps = [step for flow in flows for step in flow.get("workflowSteps") or () if isinstance(step, dict)]
    done = {"Completed", "Succeeded", "Skipped", "NotStarted"}
    names = [str(step.get("name")) for step in steps if step.get("state") not in done]
    return f", {names[0]}" if names else ""


def refuse_failed(submission: Item) -> None:
    """Raise ServiceError for a submission that was refused."""
    if substate_of(submission) in REFUSED:
        failure = submission.get("pendingUpdateInfo")
        reason = failure.get("failureReason") if isinstance(failure, dict) else None
        told = f"submission {submission.get('id')} was refused ({substate_of(submission)})"
        hint = "packager publish status lists the findings; the how-to says how to answer them"
        raise ServiceError(f"{told}: {reason}" if reason else told, hint=hint)


def cancel(run: Run) -> str | None:
    """Take back the submission under way; its id, None when there is none."""
    running = run.api.running()
    if running is None:
        return None
    identity = str(running["id"])
    run.state.record(run.state.section("submission"), id=identity, status="cancelling")
    run.api.cancel(identity)
    run.state.record(run.state.section("submission"), status="cancelled")
    return identity
