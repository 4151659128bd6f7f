"""A shell cannot read a script of the package.

A script with a mistake in its syntax does not start, or stops where the shell comes to the mistake, in the middle of a
customer's deployment. Every script is read by the shell that it is for, with `bash -n`, which runs nothing of it:

- without a sub-id: the shell refuses the script; line and words are the shell's own;
- `[here-document]`: a here-document does not end, so that the rest of the script is its text;
- `[posix]`: the script is for `sh`, and only bash can read it: it works on machines whose `sh` is bash, and fails on
  Debian, Ubuntu and Alpine. Write it for every `sh`, or name bash in its `#!` line;
- `[unchecked]`: there is no such shell on this machine, so the scripts were not read, or a script is too large.

A file is a script when its name ends in `.sh`, `.bash` or `.ksh`, or has no ending and starts with the `#!` line of a
shell. Without a `#!` line, or a comment `# shellcheck shell=sh`, it is taken for bash. Scripts for `sh` are read by
`dash`, too, where that is installed.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.code.script import MOST_CHARACTERS, Script
from packager.code.shellsyntax import Complaint, complaints
from packager.programs import ProgramError
from packager.source.spot import Spot


@rule(on="script", severity=Severity.ERROR)
def check(script: Script, package: Package) -> Iterator[Hit]:
    """Ask the shell; that there is none is said once for each shell."""
    if len(script.text) > MOST_CHARACTERS:
        message = f"a script of more than {MOST_CHARACTERS:,} characters is not read"
        yield Hit(Spot(script.document), message, "unchecked", severity=Severity.INFO)
        return
    try:
        for one in complaints(script):
            yield _hit(script, one)
    except ProgramError as error:
        if script is next(one for one in package.scripts if one.shell == script.shell):
            message = f"scripts for {script.shell} are not read by a shell: {error.message}"
            yield Hit(Spot(script.document), message, "unchecked", severity=Severity.INFO)


def _hit(script: Script, one: Complaint) -> Hit:
    spot = script.at(one.line)
    if one.kind == "here-document":
        return Hit(spot, f"bash warns: {one.words}; end it", one.kind, severity=Severity.WARNING)
    if one.kind == "posix":
        message = f"only bash can read the script: another sh says: {one.words}; name bash in its '#!' line"
        return Hit(spot, message, one.kind, severity=Severity.WARNING)
    return Hit(spot, f"{script.shell} cannot read the script: {one.words}")
