"""Schedules of cron jobs, as Kubernetes reads them (robfig/cron's standard parser)."""

from packager.source.lazy import lazy_pattern

_WORDS = frozenset({"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"})
_EVERY = lazy_pattern(r"@every (?:[0-9]+(?:\.[0-9]*)?(?:ns|us|µs|ms|s|m|h))+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS: tuple[tuple[str, int, int, dict[str, int]], ...] = (
    ("minute", 0, 59, {}),
    ("hour", 0, 23, {}),
    ("day of the month", 1, 31, {}),
    ("month", 1, 12, {name: number for number, name in enumerate(_MONTHS, 1)}),
    ("day of the week", 0, 6, {name: number for number, name in enumerate(_DAYS)}),
)
_LONGEST = 500


def schedule_problem(text: str) -> str | None:
    """What is wrong with a schedule; None when nothing is."""
    if "TZ=" in text:
        return "it names a time zone; write that as 'timeZone'"
    if text.startswith("@"):
        known = text in _WORDS or _EVERY.fullmatch(text[:_LONGEST]) is not None
        return None if known else f"'{text}' is no word for a schedule; write @daily, @hourly, or five fields"
    fields = text.split()
    if len(fields) != len(_FIELDS) or len(text) > _LONGEST:
        return f"it has {len(fields)} fields, not 5: minute, hour, day of the month, month, day of the week"
    for written, (name, least, most, names) in zip(fields, _FIELDS, strict=True):
        if not all(_is_range(one, least, most, names) for one in written.split(",") if one):
            return f"'{written}' is no {name}: numbers from {least} to {most}, ranges like 1-5, or steps like */5"
    return None


def _is_range(text: str, least: int, most: int, names: dict[str, int]) -> bool:
    """Whether a text is `*`, `a`, `a-b`, or one of them with `/step`."""
    span, slash, step = text.partition("/")
    if slash and not (_is_number(step) and int(step) > 0):
        return False
    if span in {"*", "?"}:
        return True
    first, dash, last = span.partition("-")
    low = _number(first, names)
    high = _number(last, names) if dash else low
    return low is not None and high is not None and least <= low <= high <= most


def _number(text: str, names: dict[str, int]) -> int | None:
    return int(text) if _is_number(text) else names.get(text.lower())


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6
