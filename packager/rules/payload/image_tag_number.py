"""The tag of an image is a number in values of Helm, and Helm writes it otherwise.

YAML takes `1.10` for a number, and Helm writes numbers as Go does: `1.10` becomes `1.1`, and `20260131` becomes
`2.0260131e+07`. The pod then asks for an image that does not exist, or for another one.

Put the tag in quotes: `tag: "1.10"`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.payload import Payload
from packager.checks.rule import Hit, rule

_LARGE, _LARGEST = 1_000_000, 1e300  # from the first on Go writes an exponent


@rule(on="payload", severity=Severity.WARNING)
def check(payload: Payload, _: Package) -> Iterator[Hit]:
    """Look at the numbers among the tags in values."""
    for settings in payload.settings:
        for one in settings.tags():
            if not _is_number(one.value):
                continue
            spot = settings.spot(one)
            extent = spot.extent()
            text, made = spot.document.text[extent.start : extent.end], written(one.value)
            if text != made:
                message = f"'{one.name}: {text}' is a number, which Helm writes as {made}; put it in quotes"
                yield Hit(spot, message)


def _is_number(value: object) -> bool:
    """Whether it is a number that a tag could have been meant with."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _LARGEST


def written(value: float) -> str:
    """A number as Go's templates write it; values of Helm are 64-bit floats there."""
    number = float(value)
    if abs(number) < _LARGE:
        return repr(number).removesuffix(".0")
    digits, _, exponent = f"{number:.15e}".partition("e")
    return f"{digits.rstrip('0').rstrip('.')}e{exponent}"
