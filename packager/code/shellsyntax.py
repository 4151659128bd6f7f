"""What a shell itself says of a script without running it: `bash -n`, and `dash -n` for what is to run in any `sh`."""

from functools import lru_cache
from typing import Literal, NamedTuple

from packager.code.script import Script
from packager.programs import ProgramError, find_program, plain_environment, run_program
from packager.source.lazy import lazy_pattern

SECONDS = 20
_MESSAGE = lazy_pattern(r"(?m)^.*?: (?:line )?(?P<line>\d{1,9}): (?P<words>.+)$")
_WARNING = "warning: "
_EXIT = lazy_pattern(r"(?m)^exit(?:[ \t]+\d{1,3})?[ \t]*;?[ \t]*(?:#.*)?$")
_MOST_EXITS = 8
_EXTENDED = lazy_pattern(r"\bshopt[ \t]+-s[ \t][^\n;&|]{0,100}?\bextglob\b")


class Complaint(NamedTuple):
    """What a shell says of a line: it cannot read on, a here-document does not end, or only bash can read it."""

    kind: Literal["syntax", "here-document", "posix"]
    line: int
    words: str


def complaints(script: Script) -> tuple[Complaint, ...]:
    """What shells say of a script. Raises ProgramError where it cannot be found out: there is no such shell."""
    has_dash = script.shell in {"sh", "dash"} and find_program("dash") is not None
    if script.shell == "ksh" or (script.shell == "dash" and has_dash):
        return _said(script.shell, script.text)
    found = _said("bash", script.text)
    if not has_dash or any(one.kind == "syntax" for one in found):
        return found
    # `sh` is bash in one distribution and dash in another: what only bash can read, works on some machines.
    portable = _said("dash", script.text)
    return found + tuple(one._replace(kind="posix") for one in portable)


def _said(shell: str, text: str) -> tuple[Complaint, ...]:
    program = find_program(shell)
    if program is None:
        raise ProgramError(f"there is no '{shell}' on PATH")
    said = _asked(program, text)
    refused = next((one for one in said if one.kind == "syntax"), None)
    return () if refused is not None and _ends_before(program, text, refused.line) else said


def _ends_before(program: str, text: str, line: int) -> bool:
    """Whether the script ends before a line, as those do that carry an archive behind their last command."""
    for found, _ in zip(_EXIT.finditer(text), range(_MOST_EXITS), strict=False):
        if text.count("\n", 0, found.start()) + 1 >= line:
            return False
        if not _asked(program, text[: found.end()] + "\n"):
            return True
    return False


@lru_cache(maxsize=2048)
def _asked(program: str, text: str) -> tuple[Complaint, ...]:
    """The answer of a shell that reads a text and runs none of it. Raises ProgramError when it is no such answer."""
    command = [program, "-n"]
    if "bash" in program.rpartition("/")[2]:
        # What `shopt` switches on while a script runs has to be on before, because nothing is run here.
        extended = ["-O", "extglob"] if _EXTENDED.search(text) else []
        command = [program, "--norc", "--noprofile", *extended, "-n"]
    ended = run_program(command, SECONDS, given=text.encode("utf-8", "replace"), environment=plain_environment())
    if ended.code < 0:
        return (Complaint("syntax", 1, f"the shell breaks down while it reads the script (signal {-ended.code})"),)
    said = [(int(one["line"]), one["words"].strip()) for one in _MESSAGE.finditer(ended.errors)]
    if ended.code == 0:
        warned = (one for one in said if _WARNING in one[1])
        return tuple(Complaint("here-document", line, words.removeprefix(_WARNING)) for line, words in warned)
    refused = next(((line, words) for line, words in said if _WARNING not in words), None)
    if refused is None:
        raise ProgramError(f"'{program}' ends with code {ended.code}: {ended.first_error}")
    return (Complaint("syntax", *refused),)
