"""What helm says when it refuses, or lints: which file and line of the chart, or which values, it speaks of."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from packager.source.lazy import lazy_pattern
from packager.source.span import Path

Level = Literal["error", "warning", "info"]

_LONGEST = 2_000
_LEVELS: dict[str, Level] = {"ERROR": "error", "WARNING": "warning", "INFO": "info"}
_LINTED = lazy_pattern(r"\[(ERROR|WARNING|INFO)\] (?:([^\s:][^\n:]*): )?(.*)", re.DOTALL)
_NOISE = lazy_pattern(r"==> Linting .*|\d+ chart\(s\) linted, .*|Error: \d+ chart\(s\) linted.*|level=\w+ msg=.*")
_HINTS = lazy_pattern(r"\s*Use --debug flag to render out invalid YAML\s*")
_PLACED = (
    lazy_pattern(r"(?:execution error|parse error) at \((?P<file>[^\s:()]+):(?P<line>\d+)(?::(?P<column>\d+))?\): "),
    lazy_pattern(r"(?:template: )?(?P<file>[^\s:()]+):(?P<line>\d+)(?::(?P<column>\d+))?(?:: |\s*\n\s*|$)"),
)
_BROKEN = lazy_pattern(r"YAML parse error on (?P<file>\S+): (?:error converting YAML to JSON: )?(?:yaml: )?")
_REFUSED = "values don't meet the specifications of the schema"
_COMPLAINT = lazy_pattern(r"- (?:at '(?P<pointer>[^']*)'|(?P<dotted>[^:\s]+)): (?P<text>.*)")
_KEYS = lazy_pattern(r"(?:\.Values\.|\b)((?:[A-Za-z_][\w-]*\.)*[A-Za-z_][\w-]*)")


class Message(NamedTuple):
    """Something that helm says. `file` is a file of the chart as helm names it, `path` leads into the values.

    `kind` tells what went wrong: `yaml` where a template's output is no YAML, `schema` where a schema refuses values.
    """

    text: str
    level: Level = "error"
    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: Path | None = None
    kind: Literal["yaml", "schema", "other"] = "other"


def template_messages(stderr: str) -> list[Message]:
    """Why `helm template` refused."""
    text = _HINTS.sub("", stderr).strip()
    start = text.rfind("\nError: ")
    text = text[start + 1 :].removeprefix("Error: ").strip() or "helm does not say why"
    return list(_explained(text))


def lint_messages(stdout: str) -> list[Message]:
    """What `helm lint` reports; what it says of all charts together is left out."""
    found: list[Message] = []
    for block in _blocks(stdout):
        match = _LINTED.fullmatch(block)
        if match:
            level, file = _LEVELS[match[1]], match[2]
            # The folder of templates is no file to point at, but part of what is said of it.
            about = f"{file}: " if file and file.endswith("/") and level != "error" else ""
            explained = _explained(about + match[3].strip())
            found += [message._replace(level=level, file=message.file or _inside(file)) for message in explained]
    return found


def _blocks(stdout: str) -> Iterator[str]:
    lines: list[str] = []
    for line in stdout.splitlines():
        if line.startswith("[") or _NOISE.fullmatch(line):
            yield "\n".join(lines)
            lines = []
        if not _NOISE.fullmatch(line):
            lines.append(line)
    yield "\n".join(lines)


def _inside(file: str | None) -> str | None:
    """The file in the chart that lint names; the folder of templates, and the chart itself, are none."""
    return file if file and not file.endswith("/") and not file.startswith(("/", "\\")) else None


def _explained(text: str) -> Iterator[Message]:
    if _REFUSED in text or _COMPLAINT.match(text):
        complaints = [match for line in text.splitlines() if (match := _COMPLAINT.fullmatch(line.strip()))]
        yield from (_complaint(match) for match in complaints)
        if complaints:
            return
    if match := _BROKEN.match(text):
        yield Message(_clean(text[match.end() :]), file=match["file"], kind="yaml")
        return
    for pattern in _PLACED:
        if match := pattern.match(text):
            column = int(match["column"]) if match["column"] else None
            yield Message(_clean(text[match.end() :]), file=match["file"], line=int(match["line"]), column=column)
            return
    yield Message(_clean(text))


def _complaint(match: re.Match[str]) -> Message:
    pointer, dotted = match["pointer"], match["dotted"]
    steps = pointer.split("/")[1:] if pointer is not None else dotted.split(".")
    plain = (step.replace("~1", "/").replace("~0", "~") for step in steps if step != "(root)")
    path = tuple(int(step) if step.isdigit() else step for step in plain)
    return Message(_clean(match["text"]), path=path, kind="schema")


def mentioned(text: str) -> Iterator[Path]:
    """Paths of values that a message may speak of: `.Values.a.b`, or words with dots in them."""
    for match in _KEYS.finditer(text[:_LONGEST]):
        steps = match[1].split(".")
        if steps[0] == "Values" and len(steps) > 1:
            steps = steps[1:]
        if len(steps) > 1 or match[0].startswith(".Values."):
            yield tuple(steps)


def _clean(text: str) -> str:
    """A message on one line, of bearable length."""
    line = " ".join(text.split()) or "helm does not say why"
    return line if len(line) <= _LONGEST else line[: _LONGEST - 3] + "..."
