"""A shell script goes on after a command that fails.

A deployment that fails half-way and says that it is done costs the customer more than one that stops. A shell goes on
unless it is told otherwise, and the exit code of a script is that of its last command.

Put `set -e` (better `set -euo pipefail`) at the start, and `|| true` where a failure does not matter. A script that
handles errors by itself, with `trap ... ERR`, is left alone, and so is one that others read into themselves.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import STRICT, Hit, rule
from packager.code.script import Script, sourced_names
from packager.code.shellwords import Command, commands
from packager.source.lazy import lazy_pattern

_BY_LINE = lazy_pattern(r"#![^\n]{0,200}[ \t]-[a-z]*e")


@rule(on="script", severity=Severity.INFO, profiles=STRICT)
def check(script: Script, package: Package) -> Iterator[Hit]:
    """Report each script that is started by itself, has several commands and never asks to stop."""
    found = [one for one in commands(script.text) if one.words]
    is_read = script.document.name.rpartition("/")[2] in sourced_names(package.scripts)
    if len(found) > 1 and not is_read and not _BY_LINE.match(script.text) and not any(map(_stops, found)):
        yield Hit(script.at(1), "the script goes on after a command that fails; put 'set -e' at its start")


def _stops(command: Command) -> bool:
    words = [word.plain for word in command.words]
    if words[0] == "trap":
        return "ERR" in words
    if words[0] != "set":
        return False
    return any(
        word == "errexit" or (word.startswith("-") and "e" in word[1:] and word[1:2] != "-") for word in words[1:]
    )
