"""What a pattern says of the whole value: whether it fits all of it, and how long it can be."""

from packager.ui.patternreader import ANY, Chars, Choice, Look, Mark, Part, Repeat, Sequence


def is_anchored(part: Part, mark: str) -> bool:
    """Whether nothing can stand before (`^`) or behind (`$`) what the pattern takes, or anything may anyway."""
    match part:
        case Mark():
            return part.kind == mark
        case Choice():
            return all(is_anchored(one, mark) for one in part.options)
        case Repeat():
            takes_all = isinstance(part.part, Chars) and part.part.ranges == ANY and part.most is None
            return takes_all or (part.least > 0 and is_anchored(part.part, mark))
        case Sequence():
            items = part.items if mark == "^" else part.items[::-1]
            solid = [one for one in items if not isinstance(one, Look)]
            return bool(solid) and is_anchored(solid[0], mark)
        case Look():
            # A pattern that only looks ahead says what the value contains.
            return True
    return False


def length_of(part: Part) -> tuple[int, int | None]:
    """The least and the most characters that a part of a pattern takes."""
    match part:
        case Chars():
            return 1, 1
        case Sequence():
            each = [length_of(one) for one in part.items]
            low, high = sum(low for low, _ in each), _sum([high for _, high in each])
            return _within_looks(part.items, low, high)
        case Choice():
            each = [length_of(one) for one in part.options]
            highs = [high for _, high in each if high is not None]
            return min(low for low, _ in each), max(highs) if len(highs) == len(each) else None
        case Repeat():
            low, high = length_of(part.part)
            return low * part.least, None if part.most is None or high is None else high * part.most
    return 0, None if isinstance(part, Mark) and part.kind == "back" else 0


def _within_looks(items: tuple[Part, ...], low: int, high: int | None) -> tuple[int, int | None]:
    """The bounds with those of a look at the very start that goes on to the end: `(?=.{3,24}$)`."""
    for one in items:
        if isinstance(one, Look) and not one.behind and not one.negative and is_anchored(one.part, "$"):
            least, most = length_of(one.part)
            low, high = max(low, least), most if high is None or (most is not None and most < high) else high
        elif not isinstance(one, (Look, Mark)):
            break
    return low, high


def _sum(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None
