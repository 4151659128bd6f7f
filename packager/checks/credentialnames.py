"""Names that passwords, keys and tokens stand under."""

from packager.source.lazy import lazy_pattern

_MARKS = lazy_pattern(r"[\W_]+")
# At the end of a name without its marks: what only belongs to a secret (its name, id, version, ...) ends otherwise.
_PASSWORD = lazy_pattern(r".*(?:password|passwd|pwd|secret|accountkey|accesskey)")
_OTHER = lazy_pattern(r".*(?:token|connectionstring)")


def is_password(name: str) -> bool:
    """Whether a name is that of a password, a key or a secret."""
    return _PASSWORD.fullmatch(plain(name)) is not None


def is_credential(name: str) -> bool:
    """The same, or that of a token or a connection string."""
    return is_password(name) or _OTHER.fullmatch(plain(name)) is not None


def plain(name: str) -> str:
    """The end of a name in lower case, without marks and blanks."""
    return _MARKS.sub("", name[-80:]).lower()
