"""A difference for a pull request."""

from collections.abc import Iterator

from packager.diff.model import Change, Difference, PackageDifference
from packager.diff.told import change_text, cut, file_text, groups, note_text, title, verdict

# Markdown and HTML that a name or a value must not become in somebody's pull request.
_MEANT = str.maketrans({letter: f"\\{letter}" for letter in "\\`*_[]<>|#"})


def as_markdown(found: Difference, *, most: int) -> str:
    """The difference as Markdown, at most `most` changes of a file or resource, details folded."""
    lines: list[str] = []
    for one in found.packages:
        lines += [f"### {plain(title(one))}", "", f"**{_sentence(plain(verdict(one)))}**", "", *_package(one, most)]
    lines += [f"- new plan {plain(plan)}" for plan in found.added]
    lines += [f"- plan {plain(plan)} is gone: customers of it get no updates" for plan in found.removed]
    return "\n".join(lines).rstrip() + "\n"


def plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return text.translate(_MEANT).replace("\r", " ").replace("\n", " ")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _package(one: PackageDifference, most: int) -> Iterator[str]:
    if one.breaking:
        yield from ("#### Breaking for customers who update", "")
        breaking = [f"{note.subject} {note.name}: {note.message}" for note in one.breaking]
        yield from (f"- {plain(line)}" for line in cut(breaking, most))
        yield ""
    for heading, notes in groups(one):
        yield from (
            f"#### {heading}",
            "",
            *(f"- {_code(line)}" for line in cut([note_text(note) for note in notes], most)),
            "",
        )
    details = [(f"{one.type} '{one.name}'", one.changes) for one in one.resources]
    if details:
        yield from _folded("Resources with other values", details, most)
    if one.files:
        yield from _folded("Files", [(file_text(file), file.changes) for file in one.files], most)


def _folded(heading: str, details: list[tuple[str, tuple[Change, ...]]], most: int) -> Iterator[str]:
    yield from (f"<details><summary>{heading} ({len(details)})</summary>", "")
    for name, changes in details:
        yield f"- {_code(name)}"
        yield from (f"  - {_code(line)}" for line in cut([change_text(change) for change in changes], most))
    yield from ("", "</details>", "")


def _code(text: str) -> str:
    """Text in a code span, with a fence longer than any row of backquotes in it."""
    text = text.replace("\r", " ").replace("\n", " ")
    fence = "`"
    while fence in text:
        fence += "`"
    return f"{fence}{text}{fence}" if len(fence) == 1 else f"{fence} {text} {fence}"
