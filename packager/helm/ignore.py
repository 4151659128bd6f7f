"""`.helmignore` as Helm reads it (helm/helm, pkg/ignore), which is not how git reads its own.

Patterns are tried in order and the first that matches decides. A `!` pattern ignores whatever it does not match.
"""

import re
from dataclasses import dataclass

from packager.errors import RefusedError

DEFAULT_PATTERN = "templates/.?*"
_WILDCARDS = {"*": "[^/]*", "?": "[^/]"}


@dataclass(frozen=True, slots=True)
class IgnorePattern:
    """One line of the file; `base_only` patterns have no slash and look at the last step of a name."""

    wanted: re.Pattern[str]
    negated: bool
    folders_only: bool
    base_only: bool

    def matches(self, name: str) -> bool:
        """Whether the pattern's text fits `name`."""
        return self.wanted.fullmatch(name.rpartition("/")[2] if self.base_only else name) is not None


def read_ignore(text: str) -> tuple[IgnorePattern, ...]:
    """The patterns of a `.helmignore`, Helm's own default last; RefusedError names the line that is wrong."""
    patterns = []
    for number, line in enumerate([*text.splitlines(), DEFAULT_PATTERN], 1):
        written = line.strip()
        if written and not written.startswith("#"):
            patterns.append(_pattern(written, number))
    return tuple(patterns)


def ignored(patterns: tuple[IgnorePattern, ...], name: str) -> bool:
    """Whether Helm leaves the file `name` (from the chart's root) out, itself or with a folder above it."""
    steps = name.split("/")
    folders = ("/".join(steps[:count]) for count in range(1, len(steps)))
    return any(_ignores(patterns, folder, folder=True) for folder in folders) or _ignores(patterns, name, folder=False)


def _ignores(patterns: tuple[IgnorePattern, ...], name: str, *, folder: bool) -> bool:
    for pattern in patterns:
        applies = (folder or not pattern.folders_only) and pattern.matches(name)
        if applies != pattern.negated:
            return True
    return False


def _pattern(written: str, number: int) -> IgnorePattern:
    if "**" in written:
        raise RefusedError(f"line {number}: Helm does not know '**'", where=".helmignore")
    negated, text = written.startswith("!"), written.removeprefix("!")
    folders_only, text = text.endswith("/"), text.removesuffix("/")
    wanted = _compiled(text.removeprefix("/"), number)
    return IgnorePattern(wanted, negated, folders_only, base_only="/" not in text)


def _compiled(pattern: str, number: int) -> re.Pattern[str]:
    """Go's `filepath.Match` as a regular expression."""
    tokens = re.findall(r"\\.|\[\^?(?:\\.|[^\\\]])+\]|.", pattern, re.DOTALL)
    try:
        if "[" in tokens or "\\" in tokens:
            raise re.error("a bracket is not closed, or the last character is a backslash")
        return re.compile("".join(_token_regex(token) for token in tokens), re.DOTALL)
    except re.error as error:
        raise RefusedError(f"line {number}: pattern '{pattern}' is not valid: {error}", where=".helmignore") from error


def _token_regex(token: str) -> str:
    if token in _WILDCARDS:
        return _WILDCARDS[token]
    if token.startswith("["):
        return re.sub(r"(?<!\\)([\[&~|])", r"\\\1", token[1:-1]).join("[]")
    return re.escape(token.removeprefix("\\"))
