"""Texts of payloads that are not meant as they are: somebody fills them in, or something reads them elsewhere."""

from packager.source.lazy import lazy_pattern

# Variables of shells, kubelets, Helm, Jinja and Azure Pipelines; marks in angle brackets, at signs or underscores.
_MARKS = lazy_pattern(
    r"\$\{|\$\(|(?<![\w$])\$[A-Z_]|\{\{|\{%|#\{|%[A-Za-z_]+%|@[A-Za-z_.]+[@(]|<[A-Za-z][^<>]*>|(?:^|\W)__\w+__(?:\W|$)"
)
# `***`, `xxxx`, `...`, REPLACE_ME, change-me, your-password, TODO: words in the place of a value.
_WORDS = lazy_pattern(
    r"(?i:[*.x]{2,}|to-?do|tbd|redacted|placeholder"
    r"|(?:[a-z]+[-_ ])?(?:replace|change|insert|fill|set|enter|provide|your)(?:me|it)?(?:[-_ ][a-z]+){0,6})"
)
_LONGEST = 200


def is_filled_in_later(text: str) -> bool:
    """Whether something else stands there when it is used: a variable, or a mark to be replaced."""
    return _MARKS.search(text[:_LONGEST]) is not None


def is_placeholder(text: str) -> bool:
    """The same, or words that only say that a value is missing."""
    return is_filled_in_later(text) or (len(text) <= _LONGEST and _WORDS.fullmatch(text) is not None)
