"""A text of the listing has characters that the store does not take there.

The name takes no emoji (signs of trademark and copyright are fine); names, summaries and short descriptions are one
paragraph without control characters; the summary is one sentence.
"""

import unicodedata
from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage

SIGNS = frozenset("\u00a9\u00ae\u2122\u2120\u00b0")
JOINERS = frozenset("\ufe0f\u200d\u20e3")


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks at the characters of every text."""
    for path, text in page.texts():
        if path[-1] == "name" and (found := next(filter(_is_emoji, text), None)) is not None:
            yield Hit(
                page.spot(*path), f"the name has the emoji U+{ord(found):04X}; the store takes none there", "emoji"
            )
        if path[-1] == "description":
            continue
        odd = next((letter for letter in text.strip() if unicodedata.category(letter) == "Cc"), None)
        if odd is not None:
            what = "a line break" if odd in "\r\n" else f"the control character U+{ord(odd):04X}"
            yield Hit(page.spot(*path), f"the text has {what} in it; write it as one paragraph", "control")


def _is_emoji(letter: str) -> bool:
    if letter in SIGNS:
        return False
    return letter in JOINERS or (unicodedata.category(letter) in {"So", "Sk"} and ord(letter) > 0x2190)
