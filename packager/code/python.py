"""Python code: whether it compiles, for which Python, without running any of it."""

import ast
import re
import sys
import warnings
from typing import NamedTuple

from packager.source.lazy import lazy_pattern

MOST_BYTES = 1 << 20
# The newest Python whose syntax this module knows anything of.
NEWEST = 14
# Lines that a newer Python may read where an older one cannot; a mistake in any other line is one in each of them.
_NEWER = lazy_pattern(
    r"\s*type\s+\w|\s*(?:async\s+)?(?:def|class)\s+\w+\s*\[|\s*except\s+\w[^:]*,|.*\b[rR]?[fFtT][rR]?[\"']"
)
_OF_PYTHON_2 = lazy_pattern(r"#![^\n]{0,200}python2")
_BRANCH = r"(?:===|==|~=|!=|<=|>=|<|>)\s*[\w.*+!-]{1,100}"
_BRANCHES = rf"{_BRANCH}(?:\s*,\s*{_BRANCH}){{0,20}}(?:\s*,)?"
_REQUIREMENT = lazy_pattern(
    r"(?P<name>[A-Za-z0-9](?:[\w.-]{0,200}[A-Za-z0-9])?)\s*(?:\[[^\[\]]{0,200}\])?"
    rf"\s*(?:{_BRANCHES}|\(\s*{_BRANCHES}\s*\)|@\s*\S[^;]*)?\s*(?:;.*|\s--?\w.*)?",
    re.ASCII,
)
_PLACE = lazy_pattern(r"[./\\~]|[A-Za-z]:[\\/]|[\w+.-]+://|[^\s;\[]+\.(?:whl|zip|tar\.gz|tgz|tar\.bz2)\b|\$\{|-")
_COMMENT = lazy_pattern(r"(?:^|\s)#.*")


class Mistake(NamedTuple):
    """What is wrong at a line and column; `certain` tells that it is wrong for the Python that the code is for, too."""

    line: int
    column: int
    message: str
    certain: bool = True


def mistake_in(source: bytes, minor: int | None) -> Mistake | None:
    """Why the source cannot be compiled; `minor` is the 3.x that it is for, where that is known."""
    if _OF_PYTHON_2.match(source[:300].decode("latin-1")):
        return None
    running = sys.version_info.minor
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if minor is not None and minor < running:
            older = _caught(source, minor)
            if older is not None:
                return older._replace(message=f"Python 3.{minor} cannot read it: {older.message}")
        found = _caught(source, None)
    if found is None:
        return None
    newest = minor if minor is not None else NEWEST
    certain = newest <= running or not _may_be_newer(source, found)
    return found._replace(message=f"Python 3.{running} cannot read it: {found.message}", certain=certain)


def _may_be_newer(source: bytes, found: Mistake) -> bool:
    lines = source.splitlines()
    line = lines[found.line - 1] if found.line <= len(lines) else b""
    return found.message.startswith("f-string") or _NEWER.match(line[:1000].decode("latin-1")) is not None


def _caught(source: bytes, minor: int | None) -> Mistake | None:
    """The first mistake in compiling for this Python, or in reading for an older one."""
    try:
        if minor is None:
            compile(source, "<source>", "exec", dont_inherit=True)
        else:
            ast.parse(source, feature_version=(3, minor))
    except SyntaxError as error:
        return Mistake(error.lineno or 1, error.offset or 1, error.msg)
    except ValueError as error:
        return Mistake(source[: max(source.find(b"\0"), 0)].count(b"\n") + 1, 1, str(error))
    except (RecursionError, MemoryError, OverflowError):
        return Mistake(1, 1, "it is nested too deep to be compiled")
    return None


def bad_requirements(text: str) -> list[Mistake]:
    """The lines of a requirements.txt that pip refuses."""
    found = []
    lines = text.removeprefix("\ufeff").splitlines()
    number = 0
    while number < len(lines):
        first, line = number, lines[number]
        while line.endswith("\\"):
            number += 1
            line = line[:-1] + (lines[number] if number < len(lines) else "")
        number += 1
        message = _wrong_with(_COMMENT.sub("", line).strip())
        if message is not None:
            found.append(Mistake(first + 1, 1, message))
    return found


def _wrong_with(line: str) -> str | None:
    if not line or len(line) > 2000 or _PLACE.match(line) or "${" in line or _REQUIREMENT.fullmatch(line):
        return None
    single = re.match(r"[\w.\[\],-]{1,200}\s*(=)(?!=)", line)
    hint = "; '==' pins a version" if single is not None else ""
    return f"pip cannot read the requirement '{line[:80]}'{hint}"
