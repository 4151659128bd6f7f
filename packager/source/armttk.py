"""Whether arm-ttk can read a document: PowerShell 7's ConvertFrom-Json, which is Newtonsoft.Json plus a few rules."""

import dataclasses

from packager.source.document import Document
from packager.source.jsonc import read_leniently
from packager.source.limits import LIMITS
from packager.source.reading import Reading

# Newtonsoft takes 1024 levels as PowerShell calls it; comments before a colon and long integers are its own refusals,
# names that are empty or alike but for case are PowerShell's.
_LIMITS = dataclasses.replace(LIMITS, depth=1024)
_REFUSED = {"misplaced-comment", "long-integer", "empty-name", "case-duplicate-key"}


def arm_ttk_readable(document: Document) -> bool:
    """Whether arm-ttk's reader takes the text; what it makes of the value, an empty list say, is another question."""
    reading = document.reading
    if reading.problem is not None:
        # The problem may be one of limits or encoding only; arm-ttk's reader has wider ones.
        reading = read_leniently(document.text, _LIMITS)
    return _is_accepted(reading)


def _is_accepted(reading: Reading) -> bool:
    return reading.problem is None and not any(found.kind in _REFUSED for found in reading.deviations)
