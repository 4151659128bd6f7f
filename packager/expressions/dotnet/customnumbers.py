"""Custom format strings of numbers, such as `#,##0.00` and `0;(0);zero`."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from packager.source.lazy import lazy_pattern

_EXACT = Context(prec=800)
_TOKEN = lazy_pattern(r"'([^']*)'?|\"([^\"]*)\"?|\\(.)|([Ee][+-]?0+)|(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A literal text, or with `mark` one of the signs `0 # . , % ‰ E`."""

    text: str
    mark: str = ""


def format_custom(value: Decimal, form: str) -> str:
    """A number in a custom format; its sections are for positive and negative numbers and zero."""
    sections = _sections(form)
    chosen, negative = sections[0], value < 0
    if value < 0 and len(sections) > 1 and sections[1]:
        chosen, value, negative = sections[1], -value, False
    text, zero = _section(value, chosen)
    if zero and len(sections) > 2 and sections[2]:
        return _section(Decimal(0), sections[2])[0]
    if zero and value != 0 and chosen is not sections[0]:
        return _section(Decimal(0), sections[0])[0]
    return f"-{text}" if negative and not zero else text


def _sections(form: str) -> list[list[_Piece]]:
    sections: list[list[_Piece]] = [[]]
    for match in _TOKEN.finditer(form):
        literal = next((group for group in match.groups()[:3] if group is not None), None)
        if match[4]:
            sections[-1].append(_Piece(match[4], "E"))
        elif match[5] == ";":
            sections.append([])
        elif match[5] and match[5] in "0#.,%\u2030":
            sections[-1].append(_Piece(match[5], match[5]))
        else:
            sections[-1].append(_Piece(literal if literal is not None else match[0]))
    return sections


@dataclass(frozen=True, slots=True)
class _Layout:
    """How many digits stand before and after the point, the fewest of each, and what scales the number."""

    before: int
    after: int
    fewest_before: int
    fewest_after: int
    grouped: bool
    scale: int
    exponent: str


def _layout(pieces: list[_Piece]) -> _Layout:
    marks = "".join(piece.mark for piece in pieces)
    exponent = next((piece.text for piece in pieces if piece.mark == "E"), "")
    whole, _, fraction = marks.partition(".")
    fraction = fraction.replace(".", "").replace(",", "")
    digits = whole.rstrip("%\u2030E")
    scaling = len(digits) - len(digits.rstrip(","))
    inside = digits.rstrip(",")
    placed = [mark for mark in inside if mark in "0#"]
    places = [mark for mark in fraction if mark in "0#"]
    fewest = len(placed) - placed.index("0") if "0" in placed else 0
    last = max((index + 1 for index, mark in enumerate(places) if mark == "0"), default=0)
    scale = -3 * scaling + 2 * marks.count("%") + 3 * marks.count("\u2030")
    grouped = bool(re.search(r"[0#],+[0#]", inside.replace("%", "").replace("\u2030", "")))
    return _Layout(len(placed), len(places), fewest, last, grouped, scale, exponent)


def _section(value: Decimal, pieces: list[_Piece]) -> tuple[str, bool]:
    """The text of the absolute value in one section, and whether the number is zero as far as it is shown."""
    layout = _layout(pieces)
    value = abs(value.scaleb(layout.scale, _EXACT))
    power = 0
    if layout.exponent and value:
        power = value.adjusted() - layout.before + 1
        value = value.scaleb(-power, _EXACT)
    rounded = value.quantize(Decimal(1).scaleb(-layout.after), ROUND_HALF_UP, _EXACT)
    whole, _, fraction = format(rounded, "f").partition(".")
    whole = whole.lstrip("0").rjust(layout.fewest_before, "0")
    fraction = fraction.rstrip("0").ljust(layout.fewest_after, "0")
    return "".join(_fill(pieces, whole, fraction, power, layout)), rounded == 0


def _fill(pieces: list[_Piece], whole: str, fraction: str, power: int, layout: _Layout) -> list[str]:
    """The pieces with digits in the places of their marks: what does not fit goes before the first digit."""
    text: list[str] = []
    places, behind = layout.before, False
    queue = list(whole)
    rest = list(fraction)
    for piece in pieces:
        if piece.mark in ("0", "#") and not behind:
            count = max(len(queue) - places + 1, 0)
            for _ in range(min(count, len(queue))):
                text.append(queue.pop(0))
                if layout.grouped and queue and len(queue) % 3 == 0:
                    text.append(",")
            places -= 1
        elif piece.mark in ("0", "#"):
            text.append(rest.pop(0) if rest else "")
        elif piece.mark == ".":
            if not behind:
                text += queue if not layout.before else []
                text.append("." if rest else "")
            behind = True
        elif piece.mark == "E":
            text.append(_exponent(piece.text, power))
        elif piece.mark != ",":
            text.append(piece.text)
    return text


def _exponent(form: str, power: int) -> str:
    sign = "-" if power < 0 else "+" if form[1] == "+" else ""
    return form[0] + sign + str(abs(power)).zfill(form.count("0"))
