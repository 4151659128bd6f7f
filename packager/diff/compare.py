"""Compares two packages, or the plans of two offers."""

from collections.abc import Iterator, Sequence

from packager.diff.declared import declared_notes
from packager.diff.files import file_differences
from packager.diff.form import form_notes
from packager.diff.model import Difference, Note, PackageDifference
from packager.diff.resources import Resources
from packager.diff.sides import Side
from packager.errors import UsageError


def compare(old: str, new: str, before: Sequence[Side], after: Sequence[Side]) -> Difference:
    """What differs between the packages of OLD and NEW, plan by plan.

    Raises UsageError when it is not known which plan of one belongs to which of the other.
    """
    if len(before) == len(after) == 1:
        return Difference(old, new, (compare_packages(before[0], after[0]),))
    for path, sides, others in ((old, before, new), (new, after, old)):
        if any(side.plan is None for side in sides):
            message = f"nothing tells which plan of '{others}' the package '{path}' belongs to"
            raise UsageError(message, hint="name it with --plan")
    known = {side.plan: side for side in before}
    wanted = {side.plan: side for side in after}
    found = tuple(compare_packages(known[plan], side) for plan, side in wanted.items() if plan in known)
    # A single zip is one plan of many; the others are not in question.
    whole = len(before) > 1 and len(after) > 1
    added = tuple(str(plan) for plan in wanted if plan not in known) if whole else ()
    removed = tuple(str(plan) for plan in known if plan not in wanted) if whole else ()
    if not found:
        raise UsageError(f"'{old}' and '{new}' have no plan in common", hint="compare two plans with --plan")
    return Difference(old, new, found, added, removed)


def compare_packages(old: Side, new: Side) -> PackageDifference:
    """What differs between two packages."""
    resources = Resources(old.package, new.package)
    files = tuple(file_differences(old.package.bundle, new.package.bundle))
    plan = new.plan if new.plan is not None else old.plan
    if not files:
        return PackageDifference(plan, old.version, new.version, (), (), ())
    notes = sorted(_notes(old, new, resources), key=lambda note: -note.step)
    return PackageDifference(plan, old.version, new.version, tuple(notes), tuple(resources.changes()), files)


def _notes(old: Side, new: Side, resources: Resources) -> Iterator[Note]:
    yield from resources.notes()
    yield from declared_notes(old.package.main, new.package.main)
    yield from form_notes(old.package.form, new.package.form)
