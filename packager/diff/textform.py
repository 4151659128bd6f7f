"""A difference for people at a terminal."""

from collections.abc import Iterator

from packager.diff.model import Difference, PackageDifference
from packager.diff.told import change_text, cut, file_text, groups, note_text, title, verdict


def as_text(found: Difference, *, most: int) -> str:
    """The difference line by line, at most `most` changes of a file or resource."""
    lines: list[str] = []
    for one in found.packages:
        lines += [title(one), *(f"  {line}" if line else "" for line in _package(one, most)), ""]
    lines += [f"+ plan {plan}" for plan in found.added]
    lines += [f"- plan {plan}: customers of it get no updates" for plan in found.removed]
    return "\n".join(lines).rstrip() + "\n"


def _package(one: PackageDifference, most: int) -> Iterator[str]:
    if one.breaking:
        yield "Breaking for customers who update:"
        breaking = [f"{note.subject} {note.name}: {note.message}" for note in one.breaking]
        yield from (f"  {line}" for line in cut(breaking, most))
    for heading, notes in groups(one):
        yield f"{heading}:"
        yield from (f"  {line}" for line in cut([note_text(note) for note in notes], most))
    if one.resources:
        yield "Resources with other values:"
    for resource in one.resources:
        yield f"  ~ {resource.type} '{resource.name}'"
        yield from (f"      {line}" for line in cut([change_text(change) for change in resource.changes], most))
    if one.files:
        yield "Files:"
    for file in one.files:
        yield f"  {file_text(file)}"
        yield from (f"      {line}" for line in cut([change_text(change) for change in file.changes], most))
    yield f"Version: {verdict(one)}"
