"""Where a reader finds the cause of a finding: a path that can be clicked or opened, as the PATH was given."""

import posixpath
from typing import NamedTuple

from packager.checks.finding import Finding
from packager.report.formats import Context


class ShownPlace(NamedTuple):
    """A file, line and column; `column` is 0 where only the line is known, as for sources of rendered documents."""

    file: str
    line: int
    column: int


def shown_place(finding: Finding, context: Context) -> ShownPlace:
    """The source of what was rendered, else the file of the package."""
    root = context.roots.get(finding.path)
    if finding.source is not None:
        return ShownPlace(_joined(root or "", finding.source.file), finding.source.line, 0)
    if not finding.file:
        return ShownPlace(finding.path, finding.line, finding.column)
    if root is not None:
        return ShownPlace(_joined(root, finding.file), finding.line, finding.column)
    path = finding.path.replace("\\", "/")
    if posixpath.basename(path) == finding.file:
        return ShownPlace(finding.path, finding.line, finding.column)
    return ShownPlace(_joined(path, finding.file), finding.line, finding.column)


def plain(text: str) -> str:
    """One line of text with nothing in it that moves a terminal's cursor."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(text.splitlines()))


def _joined(folder: str, name: str) -> str:
    return posixpath.join(folder, name).removeprefix("./")
