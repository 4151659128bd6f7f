"""The formats of a report by name; the module of a format is loaded when it is asked for."""

import importlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from packager.checks.engine import Report

FORMATS = {
    "text": "packager.report.text",
    "json": "packager.report.json",
    "sarif": "packager.report.sarif",
    "junit": "packager.report.junit",
    "github": "packager.report.github",
    "azure": "packager.report.azure",
}


NO_ROOTS: Mapping[str, str] = {}
NOTHING_MORE: Mapping[str, Any] = {}


class Context(NamedTuple):
    """What a report says besides its findings.

    `paths` are the PATHs that were checked, as the user gave them; `roots` maps those of offers to the repository root
    that their sources are relative to. `quiet` leaves out everything but the findings.
    `more` goes into the JSON report.
    """

    tool_version: str
    color: bool = False
    paths: tuple[str, ...] = ()
    quiet: bool = False
    roots: Mapping[str, str] = NO_ROOTS
    more: Mapping[str, Any] = NOTHING_MORE


def write_report(name: str, report: Report, context: Context) -> str:
    """The report in the format called `name`, with a line end at its end."""
    text: str = importlib.import_module(FORMATS[name]).write(report, context)
    return text
