"""What two main templates would deploy with their default values, resource by resource."""

from collections.abc import Iterator, Mapping

from packager.arm.expand import expand
from packager.arm.expansion import ExpandedResource, Expansion, Trouble
from packager.arm.identity import text
from packager.arm.jsonform import as_json
from packager.checks.package import Package
from packager.diff.model import Note, ResourceChange, Step
from packager.diff.values import differences

# Records of deploying, which customers do not keep anything in.
TRANSIENT = frozenset({"microsoft.resources/deployments", "microsoft.resources/deploymentscripts"})

_Resources = Mapping[str, ExpandedResource]


class Resources:
    """The expansions of both sides; a package without a main template deploys nothing."""

    def __init__(self, old: Package, new: Package) -> None:
        self._old, self._new = _expansion(old), _expansion(new)
        self._troubles = [*self._old.troubles[:1], *self._new.troubles[:1]]
        self._before, self._after = _by_id(self._old), _by_id(self._new)
        self._file = new.main.document.name if new.main else ""

    def notes(self) -> Iterator[Note]:
        """What is added, removed, renamed or moved; of a template that Azure would refuse only that is said."""
        if self._troubles:
            yield from map(self._trouble_note, self._troubles)
            return
        added = {id_: one for id_, one in self._after.items() if id_ not in self._before}
        removed = {id_: one for id_, one in self._before.items() if id_ not in self._after}
        for before, after in _renamed(removed, added):
            del removed[_key(before)], added[_key(after)]
            yield self._renamed_note(before, after)
        yield from map(self._removed_note, removed.values())
        yield from map(self._added_note, added.values())
        for id_, after in self._after.items():
            if id_ in self._before and _moved(self._before[id_], after):
                yield self._moved_note(self._before[id_], after)

    def changes(self) -> Iterator[ResourceChange]:
        """Resources on both sides whose values differ."""
        if self._troubles:
            return
        old, new = ({one["id"].lower(): one for one in as_json(found)["resources"]} for found in (self._old, self._new))
        for id_, after in new.items():
            if id_ in old:
                pair = [{**side["body"], "dependsOn": sorted(side["dependsOn"])} for side in (old[id_], after)]
                changes = tuple(differences(pair[0], pair[1]))
                if changes:
                    yield ResourceChange(after["type"], after["name"], changes)

    def _trouble_note(self, trouble: Trouble) -> Note:
        spot = trouble.spot
        message = f"what would be deployed is not compared, Azure would refuse it: {trouble.message}"
        return Note("resource", "changed", spot.document.name, Step.PATCH, message, spot.document.name, spot.path)

    def _added_note(self, one: ExpandedResource) -> Note:
        step = Step.PATCH if _is_transient(one) else Step.MINOR
        by_default = {text(skipped.id).lower() for skipped in self._old.skipped}
        reason = "it is deployed by default now" if _key(one) in by_default else "it is new"
        return Note("resource", "added", _label(one), step, reason, one.spot.document.name, one.spot.path)

    def _removed_note(self, one: ExpandedResource) -> Note:
        if _key(one) in {text(skipped.id).lower() for skipped in self._new.skipped}:
            step, reason = Step.MINOR, "it is no longer deployed by default"
        elif _is_transient(one):
            step, reason = Step.PATCH, "it is gone; customers keep nothing in it"
        else:
            step = Step.MAJOR
            reason = "it is gone: customers keep it, unmanaged, or lose it where the plan deploys in Complete mode"
        return Note("resource", "removed", _label(one), step, reason, one.spot.document.name, one.spot.path)

    def _renamed_note(self, before: ExpandedResource, after: ExpandedResource) -> Note:
        step = Step.PATCH if _is_transient(after) else Step.MAJOR
        reason = f"it was '{_short(text(before.name))}': Azure renames nothing, the old one stays and a new one is made"
        return Note("resource", "changed", _label(after), step, reason, self._file, after.spot.path)

    def _moved_note(self, before: ExpandedResource, after: ExpandedResource) -> Note:
        reason = (
            f"its location was {_short(text(before.location))} and is {_short(text(after.location))}: Azure refuses"
        )
        return Note("resource", "changed", _label(after), Step.MAJOR, reason, self._file, after.spot.path)


def _expansion(package: Package) -> Expansion:
    if package.main is None:
        return Expansion()
    return expand(package.main.document, {}, None, package.bundle.lookup)


def _by_id(expansion: Expansion) -> dict[str, ExpandedResource]:
    return {_key(one): one for one in expansion.resources}


def _key(one: ExpandedResource) -> str:
    return text(one.id).lower()


def _is_transient(one: ExpandedResource) -> bool:
    return text(one.type).lower() in TRANSIENT


def _label(one: ExpandedResource) -> str:
    return f"{text(one.type)} '{_short(text(one.name))}'"


def _short(written: str) -> str:
    return written if len(written) <= 120 else written[:117] + "..."


def _renamed(removed: _Resources, added: _Resources) -> Iterator[tuple[ExpandedResource, ExpandedResource]]:
    """Pairs of the only removed and the only added resource of a type in a deployment."""
    groups = [_by_type(side) for side in (removed, added)]
    for kind, before in groups[0].items():
        after = groups[1].get(kind, [])
        if len(before) == len(after) == 1:
            yield before[0], after[0]


def _by_type(resources: _Resources) -> dict[tuple[str, str], list[ExpandedResource]]:
    found: dict[tuple[str, str], list[ExpandedResource]] = {}
    for one in resources.values():
        deployment = "" if one.deployment is None else text(one.deployment).lower()
        found.setdefault((text(one.type).lower(), deployment), []).append(one)
    return found


def _moved(before: ExpandedResource, after: ExpandedResource) -> bool:
    """Whether a resource would have to change its place, as far as both places are known."""
    places = [one.location for one in (before, after)]
    known = [place.replace(" ", "").lower() for place in places if isinstance(place, str)]
    return len(known) == 2 and known[0] != known[1] and not _is_transient(after)
