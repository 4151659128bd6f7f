"""What a repository has decided for all who check it: `[tool.packager]` in pyproject.toml, a baseline at its place."""

import pathlib
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from packager.checks.config import NO_SEVERITIES, PROFILES
from packager.checks.finding import Severity
from packager.checks.rule import Profile
from packager.errors import UsageError
from packager.source.nearest import did_you_mean

THRESHOLDS = ("error", "warning", "info", "never")
KEYS = ("profile", "select", "ignore", "fail-on", "baseline", "severity")

BESIDE = "packager-baseline.json"

_FILE = "pyproject.toml"
# How the table can start. Reading TOML costs more than searching for what most projects do not have.
_TABLE = (b"tool.packager", b'tool."packager"', b"tool.'packager'", b"[tool]", b"tool={")


NO_LINES: Mapping[str, int] = {}


class Project(NamedTuple):
    """The settings of a project; what it does not set is None or empty. `baseline` is a path that can be opened."""

    file: str | None = None
    profile: Profile | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None
    baseline: str | None = None
    severities: Mapping[str, Severity] = NO_SEVERITIES
    lines: Mapping[str, int] = NO_LINES

    def where(self, key: str) -> str | None:
        """File and line of a key of the table, for messages."""
        return f"{self.file}:{self.lines.get(key.lower(), 1)}" if self.file else None


def project_file(path: str) -> pathlib.Path | None:
    """The nearest pyproject.toml in `path`, when it is a folder, or above it."""
    try:
        place = pathlib.Path(path).resolve()
        return next((folder / _FILE for folder in (place, *place.parents) if (folder / _FILE).is_file()), None)
    except (OSError, RuntimeError, ValueError):  # a path that cannot be followed; whoever opens it says why
        return None


def beside(offer: str) -> str | None:
    """The baseline that lies beside an offer file and is used without being asked for; None when there is none."""
    if not offer.lower().endswith((".yaml", ".yml")):
        return None
    try:
        file = pathlib.Path(offer).with_name(BESIDE)
        return str(file) if file.is_file() else None
    except (OSError, ValueError):  # a path that cannot be followed; whoever opens it says why
        return None


def read_project(path: pathlib.Path, *, is_named: bool = False) -> Project:
    """The settings in a pyproject.toml; none when it has no such table. Raises UsageError at the line of a mistake.

    One that the user names is read whole: it may be broken before the table begins, or be another file.
    """
    here = pathlib.Path.cwd()
    file = str(path.relative_to(here) if path.is_relative_to(here) else path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"'{file}' cannot be read: {error.strerror}") from error
    if not is_named and not any(start in data.replace(b" ", b"") for start in _TABLE):
        return Project()
    tables, text = _parsed(file, data)
    tool = tables.get("tool")
    if not isinstance(tool, dict) or "packager" not in tool:
        return Project()
    table = tool["packager"]
    lines = _lines(text)
    if not isinstance(table, dict):
        raise UsageError("tool.packager is no table", where=f"{file}:{lines.get('', 1)}")
    _refuse_unknown(table, KEYS, file, lines)
    return _project(file, table, lines)


def _parsed(file: str, data: bytes) -> tuple[dict[str, Any], str]:
    import tomllib  # 5 ms that only a project with settings pays

    try:
        text = data.decode("utf-8")
        return tomllib.loads(text), text
    except UnicodeDecodeError as error:
        raise UsageError(f"'{file}' is not UTF-8", hint="save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        said = re.fullmatch(r"(.*) \(at line (\d+), column \d+\)", str(error))
        message, line = (said[1], said[2]) if said else (str(error), len(text.splitlines()) or 1)
        raise UsageError(f"this is no valid TOML: {message}", where=f"{file}:{line}") from error


def _project(file: str, table: dict[str, Any], lines: dict[str, int]) -> Project:
    def refuse(key: str, expected: str) -> UsageError:
        return UsageError(f"{key} = {table[key]!r}: expected {expected}", where=f"{file}:{lines.get(key, 1)}")

    def choice(key: str, choices: tuple[str, ...]) -> Any:
        if key in table and table[key] not in choices:
            raise refuse(key, f"one of {', '.join(choices)}")
        return table.get(key)

    def names(key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise refuse(key, 'a list of rules, as in ["rule-id"]')
        return tuple(value)

    if not isinstance(table.get("baseline", ""), str):
        raise refuse("baseline", "the path of a file")
    baseline = str(pathlib.Path(file).parent / table["baseline"]) if "baseline" in table else None
    return Project(
        file=file,
        profile=choice("profile", PROFILES),
        select=names("select"),
        ignore=names("ignore"),
        fail_on=choice("fail-on", THRESHOLDS),
        baseline=baseline,
        severities=_severities(file, table.get("severity", {}), lines),
        lines=lines,
    )


def _severities(file: str, table: Any, lines: dict[str, int]) -> dict[str, Severity]:
    if not isinstance(table, dict):
        message = 'severity is no table; write rule-id = "warning" below [tool.packager.severity]'
        raise UsageError(message, where=f"{file}:{lines.get('severity', 1)}")
    found = {}
    for rule, name in table.items():
        if not isinstance(name, str) or name not in THRESHOLDS[:3]:
            where = f"{file}:{lines.get(f'severity.{rule}'.lower(), 1)}"
            raise UsageError(f"severity of {rule} is {name!r}: expected one of error, warning, info", where=where)
        found[rule.lower()] = Severity.of(name)
    return found


def _refuse_unknown(table: dict[str, Any], known: tuple[str, ...], file: str, lines: dict[str, int]) -> None:
    for key in table:
        if key not in known:
            hint = f"[tool.packager] has {', '.join(known)}"
            where = f"{file}:{lines.get(key.lower(), 1)}"
            raise UsageError(f"unknown key '{key}'{did_you_mean(key, known)}", where=where, hint=hint)


def _lines(text: str) -> dict[str, int]:
    """The line of each key of the table, by `key` or `severity.key` in lower case; that of the table itself by ""."""
    header_line = re.compile(r"\s*\[+\s*([^\]]*?)\s*\]+")
    key_line = re.compile(r"\s*([\w.\"'-]+(?:\s*\.\s*[\w\"'-]+)*)\s*=")
    found: dict[str, int] = {}
    header = ""
    for number, line in enumerate(text.splitlines(), 1):
        if match := header_line.match(line):
            header = _plain(match[1])
            name = header
        elif match := key_line.match(line):
            name = f"{header}.{_plain(match[1])}".lstrip(".")
        else:
            continue
        if name == "tool.packager":
            found.setdefault("", number)
        elif name.startswith("tool.packager."):
            found.setdefault(name.removeprefix("tool.packager."), number)
    return found


def _plain(key: str) -> str:
    return re.sub(r"[\s\"']", "", key).lower()
