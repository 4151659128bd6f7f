"""Regular expressions that are compiled when they are first used: a run meets few of the many that modules define."""

import re
from typing import Any, cast

_MEMBERS = (
    *("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"),
    *("pattern", "flags", "groups", "groupindex"),
)


class _LazyPattern:
    """Stands for a compiled pattern; its methods become this object's own on first use, so later calls cost nothing."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        pattern = re.compile(self._text, self._flags)
        for member in _MEMBERS:
            setattr(self, member, getattr(pattern, member))
        return getattr(pattern, name)


def lazy_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile(text, flags)`, put off until the pattern is used. A text that is no pattern fails only then."""
    return cast("re.Pattern[str]", _LazyPattern(text, flags))
