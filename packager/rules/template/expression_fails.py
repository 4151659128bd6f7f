"""An expression has no value.

It reads a property that its object does not have, an item that is not there, divides by zero, or gives a function a
text that it cannot use. Azure refuses the template. The expression is evaluated with the default values of
parameters; those that the form sets, and everything that only Azure knows, are left open and never a reason.

Correct it, or guard it: `tryGet()`, `coalesce()` and `if()` are made for values that can be absent.
"""

from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.errors import (
    DIVISION_BY_ZERO,
    FAILED,
    INDEX_OUT_OF_RANGE,
    INVALID_BASE64,
    INVALID_CIDR,
    INVALID_DATE,
    INVALID_DURATION,
    INVALID_FORMAT,
    INVALID_JSON,
    INVALID_URI,
    LIMIT,
    NULL_ACCESS,
    OVERFLOW,
    PROPERTY_NOT_FOUND,
)

_CODES = (
    PROPERTY_NOT_FOUND,
    INDEX_OUT_OF_RANGE,
    NULL_ACCESS,
    DIVISION_BY_ZERO,
    OVERFLOW,
    INVALID_BASE64,
    INVALID_URI,
    INVALID_DATE,
    INVALID_DURATION,
    INVALID_FORMAT,
    INVALID_CIDR,
    INVALID_JSON,
    FAILED,
    LIMIT,
)


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(template, package, *_CODES)
