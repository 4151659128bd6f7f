"""A shell script does not say which shell it is for.

Without a `#!` line, whoever starts the script chooses: `./install.sh` runs it in the shell that called it, and
shellcheck guesses. A script that others read into themselves (`. ./lib.sh`) needs none; there, a comment
`# shellcheck shell=bash` says it.

Write `#!/bin/bash`, or the shell that it is for, into the first line.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import STRICT, Hit, rule
from packager.code.script import Script, sourced_names


@rule(on="script", severity=Severity.INFO, profiles=STRICT)
def check(script: Script, package: Package) -> Iterator[Hit]:
    """Report each script that nobody reads into another one and that has neither line nor comment."""
    is_read = script.document.name.rpartition("/")[2] in sourced_names(package.scripts)
    if not script.marked and not is_read and "shellcheck shell=" not in script.text[:4000] and script.text.strip():
        yield Hit(script.at(1), "the script does not say which shell it is for; start it with '#!/bin/bash'")
