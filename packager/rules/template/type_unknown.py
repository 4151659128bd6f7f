"""A parameter or output declares a type that does not exist, or none.

There are `string`, `securestring`, `int`, `bool`, `object`, `secureObject` and `array`, in any case, and with language
version 2.0 a `$ref` to a named type. Azure refuses the template.

Correct the type.
"""

from collections.abc import Iterator

from packager.arm.expansion import UNKNOWN_TYPE
from packager.arm.template import Template
from packager.checks.expansion import troubles
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What expanding the template meets of this kind."""
    yield from troubles(template, package, UNKNOWN_TYPE)
