"""Recognises text that is not JSON at all or not JSON yet: pages, fences, conflicts, templates before their build."""

import re

from packager.source.lazy import lazy_pattern

_CONFLICT = lazy_pattern(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
_PLACEHOLDERS = (
    (
        re.compile(r"\$\{[^}]*\}"),
        "the placeholder {} was not filled in; run the build (Maven, a shell) that does, or check its output",
    ),
    (
        re.compile(r"\$\([^)]*\)"),
        "the placeholder {} was not filled in; run the pipeline or build that does, or check its output",
    ),
    (
        re.compile(r"@[\w.-]+@"),
        "the placeholder {} was not filled in; run the build (Maven) that does, or check its output",
    ),
    (
        re.compile(r"#\{[^}]*\}#?"),
        "the placeholder {} was not filled in; run the pipeline that does, or check its output",
    ),
    (
        re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"),
        "{} is template syntax (Jinja); render the file first, or check the offer.yaml that does",
    ),
    (re.compile(r"__\w+?__"), "the placeholder {} was not filled in; run the pipeline that does, or check its output"),
)


def foreign(text: str, position: int) -> str | None:
    """The cause, when what stands at `position` comes from outside JSON; else None."""
    start = _content_start(text)
    if position == start and text.startswith("<", start) and not _CONFLICT.match(text, start):
        return "this is an HTML or XML page; it may have been saved from a web site instead of the raw file"
    line_start = max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1
    line = re.compile(r"[^\r\n]*").match(text, line_start)
    return _in_line(line[0], position - line_start) if line else None


def _in_line(line: str, column: int) -> str | None:
    if line.lstrip("\ufeff \t").startswith(("```", "~~~")):
        return "a Markdown code fence is left in the file; delete the line"
    if _CONFLICT.match(line):
        return "a merge conflict is not resolved here"
    for pattern, hint in _PLACEHOLDERS:
        for match in pattern.finditer(line[: column + 1000], max(0, column - 1000)):
            if match.start() <= column <= match.end():
                return hint.format(match[0][:60])
    return None


def _content_start(text: str) -> int:
    match = re.compile(r"[\ufeff\s]*").match(text)
    return match.end() if match else 0
