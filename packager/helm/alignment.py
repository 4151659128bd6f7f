"""Which line of a template a rendered line comes from, as far as the texts tell."""

from difflib import SequenceMatcher

MOST_LINES = 3_000


def template_line(template: str, rendered: str, line: int) -> int:
    """The line of the template that `line` of its output comes from.

    Where a loop made several lines of one, it is the nearest that has the same key; where none has, the nearest line
    before it that is known.
    """
    written, made = template.splitlines(), rendered.splitlines()
    if not 1 <= line <= len(made) or len(written) > MOST_LINES or len(made) > MOST_LINES:
        return 1
    keys, key = [_key(one) for one in written], _key(made[line - 1])
    before = _known_before(keys, [_key(one) for one in made], line)
    alike = [number for number, one in enumerate(keys, 1) if one == key]
    return min(alike, key=lambda number: abs(number - before), default=before)


def _known_before(written: list[str], made: list[str], line: int) -> int:
    """The line of the template that is known to be `line` of the output, or the last one before it."""
    found = 1
    for block in SequenceMatcher(None, written, made, autojunk=False).get_matching_blocks():
        if block.size and block.b < line:
            found = block.a + min(line - block.b, block.size)
    return found


def _key(line: str) -> str:
    """What a line has in common with the one that it becomes: its key, or all of it where it has none."""
    text = line.strip().removeprefix("- ")
    key, colon, _ = text.partition(":")
    return f"{key}:" if colon else text
