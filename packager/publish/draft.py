"""Brings a package into the draft of its plan: announce, upload, wait until it is processed, configure."""

from typing import Any

from packager.diff.model import Step
from packager.diff.values import same
from packager.diff.version import next_version, numbers
from packager.errors import RefusedError
from packager.offer.model import Offer
from packager.publish.failure import LostAnswerError, ServiceError, words_of
from packager.publish.ingestion import Item, references_of
from packager.publish.packages import Finished
from packager.publish.run import Run
from packager.publish.technical import with_listing, with_package
from packager.publish.upload import ExpiredAddressError, upload_package

PENDING, PROCESSED, FAILED = "PendingUpload", "Processed", "ProcessFailed"
LONGEST_PROCESSING = 3_600.0  # seconds; peers wait five minutes, large packages take longer


def entry_of(run: Run, package: Finished, variant: str) -> dict[str, Any]:
    """What the state knows of a package; what it knew of another one is forgotten."""
    plans = run.state.section("plans")
    entry: dict[str, Any] = plans.get(package.plan, {})
    if entry.get("sha256") != package.sha256 or entry.get("version") != package.version:
        entry = {"version": package.version, "sha256": package.sha256}
        plans[package.plan] = entry
    run.state.record(entry, variant=variant)
    return entry


def draft(run: Run, package: Finished, offer: Offer | None, variant: str) -> None:
    """Make the package that of the plan's draft. What an earlier run has done is not done again."""
    entry = entry_of(run, package, variant)
    instance = run.api.instance("Package", variant)
    current = run.api.configuration(instance)
    if not is_configured(current, package, entry):
        refuse_version(current, package)
    identity = _processed(run, package, entry)
    _configure(run, package, offer, entry, instance, identity)


def is_configured(configuration: Item, package: Finished, entry: dict[str, Any]) -> bool:
    """Whether a configuration has this very package."""
    mine = entry.get("package", {}).get("id")
    return configuration.get("version") == package.version and mine in set(references_of(configuration))


def refuse_version(configuration: Item, package: Finished) -> None:
    """Raise RefusedError when the version is not later than the one that Partner Center has, and say which is."""
    there = configuration.get("version")
    before, after = numbers(str(there)), numbers(package.version)
    if before is None or after is None or after > before:
        return
    message = f"plan '{package.plan}' has version {there} in Partner Center already; {package.version} is no later one"
    proposed = next_version(str(there), Step.PATCH)
    raise RefusedError(message, hint=f"write version {proposed} (or later) into offer.yaml and build again")


def _processed(run: Run, package: Finished, entry: dict[str, Any]) -> str:
    """The id of the package on the service, uploaded and processed."""
    section: dict[str, Any] = entry.setdefault("package", {})
    item = run.api.package(str(section["id"])) if section.get("id") else None
    if item is None or (item.get("state") == PENDING and not item.get("fileSasUri")):
        item = _announced(run, package, section)
    if run.dry:
        run.tell(f"plan {package.plan}: would upload {package.archive.name}, {package.size:,} bytes")
        run.api.put_package(item)
        return str(item["id"])
    if item.get("state") == PENDING:
        _upload(run, package, item)
        run.state.record(section, status="uploaded")
        run.api.put_package(item)
        run.state.record(section, status="announced")
    _wait_processed(run, package, section)
    return str(item["id"])


def _announced(run: Run, package: Finished, section: dict[str, Any]) -> Item:
    """A new package on the service; one whose announcement was not heard of is found by its name."""
    name = package.archive.name
    if section.get("status") != "asked":
        known = [str(one.get("id")) for one in run.api.packages() if one.get("fileName") == name]
        section.clear()
        run.state.record(section, status="asked", known=known)
    else:
        item = _found_again(run, name, section)
        if item is not None:
            return item
    run.tell(f"plan {package.plan}: announcing {name}")
    for _ in range(run.pace.attempts):
        try:
            return _created(run, run.api.add_package(name), section)
        except LostAnswerError as error:
            item = _found_again(run, name, section)
            if item is not None:
                return item
            lost = error
    raise lost


def _found_again(run: Run, name: str, section: dict[str, Any]) -> Item | None:
    """The package that was announced without an answer; None when it never came into being."""
    for one in run.api.packages():
        if one.get("fileName") == name and str(one.get("id")) not in section.get("known", ()):
            whole = run.api.package(str(one["id"]))
            if whole is not None:
                return _created(run, whole, section)
    return None


def _created(run: Run, item: Item, section: dict[str, Any]) -> Item:
    section.pop("known", None)
    run.state.record(section, status="created", id=str(item["id"]))
    return item


def _upload(run: Run, package: Finished, item: Item) -> None:
    run.tell(f"plan {package.plan}: uploading {package.size:,} bytes")

    def progress(sent: int, whole: int) -> None:
        if whole > 16 << 20:
            run.tell(f"plan {package.plan}: {sent * 100 // max(whole, 1)} %")

    try:
        upload_package(package, str(item.get("fileSasUri")), run.pace, progress)
    except ExpiredAddressError:
        again = run.api.package(str(item["id"]))
        address = again.get("fileSasUri") if again is not None else None
        if again is None or not address or address == item.get("fileSasUri"):
            raise
        item.update(again)
        upload_package(package, str(address), run.pace, progress)


def _wait_processed(run: Run, package: Finished, section: dict[str, Any]) -> None:
    """Wait until the service has looked into the package. Raises ServiceError with what it says of a bad one."""
    waited = 0.0
    while True:
        item = run.api.package(str(section["id"])) or {}
        state = item.get("state")
        if state == PROCESSED:
            if section.get("status") != "processed":
                run.state.record(section, status="processed")
            return
        if state == FAILED:
            run.state.record(section, status="failed")
            items = item.get("validationItems")
            said = "; ".join(filter(None, (words_of(one) for one in items))) if isinstance(items, list) else ""
            message = f"Partner Center refuses the package {package.archive.name}: {said or 'it does not say why'}"
            raise ServiceError(message, hint="mend the package, let its version grow, and build it again")
        if waited >= LONGEST_PROCESSING:
            message = f"{package.archive.name} is not processed after {waited:.0f} seconds (state {state})"
            raise ServiceError(message, hint="run this again later: it goes on waiting")
        run.tell(f"plan {package.plan}: Partner Center looks into the package ({state})")
        run.pace.sleep(run.pace.poll)
        waited += max(run.pace.poll, 1.0)


def _configure(
    run: Run, package: Finished, offer: Offer | None, entry: dict[str, Any], instance: str, identity: str
) -> None:
    """Write version and package into the plan's configuration, and leave everything else in it as it was."""
    section: dict[str, Any] = entry.setdefault("configuration", {})
    for last in (False, True):
        current = run.api.configuration(instance)
        wanted = with_listing(with_package(current, package.version, identity), offer, package.plan)
        if same(current, wanted):
            run.state.record(section, status="done")
            run.tell(f"plan {package.plan}: the draft has version {package.version}")
            return
        run.state.record(section, status="asked", before=current.get("version"))
        try:
            run.api.put_configuration(wanted)
        except ServiceError as error:
            # Somebody changed it, or this is the second try of a request whose answer was lost: read it once more.
            if last or error.status not in {409, 412}:
                raise
        else:
            run.state.record(section, status="done")
            run.tell(f"plan {package.plan}: the draft has version {package.version}")
            return
