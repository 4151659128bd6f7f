"""Version numbers of packages: three numbers, of which a later package has the greater ones."""

from packager.diff.model import Step
from packager.source.lazy import lazy_pattern

VERSION = lazy_pattern(r"(\d{1,9})\.(\d{1,9})\.(\d{1,9})")


def numbers(version: str | None) -> tuple[int, int, int] | None:
    """The three numbers; None for what is no version."""
    match = VERSION.fullmatch(version) if version is not None else None
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def taken(old: str | None, new: str | None) -> Step | None:
    """The step from one version to a later one; None when either is unknown or the version does not grow."""
    before, after = numbers(old), numbers(new)
    if before is None or after is None or after < before:
        return None
    steps = (Step.MAJOR, Step.MINOR, Step.PATCH)
    return next((step for step, one, other in zip(steps, before, after, strict=True) if one != other), Step.NONE)


def next_version(old: str | None, step: Step) -> str | None:
    """The least version that takes the step; None when the old one is unknown."""
    before = numbers(old)
    if before is None:
        return None
    kept = {Step.NONE: 3, Step.PATCH: 2, Step.MINOR: 1, Step.MAJOR: 0}[step]
    found = [*before[:kept], *([before[kept] + 1] if kept < 3 else []), 0, 0]
    return ".".join(map(str, found[:3]))


def suffices(old: str | None, new: str | None, deserved: Step) -> bool | None:
    """Whether the version says how much changed; None when a version is unknown."""
    before, after = numbers(old), numbers(new)
    if before is None or after is None:
        return None
    step = taken(old, new)
    return step is not None and step >= deserved
