"""A name or value of a resource is too long, short, large or small, or has the wrong form.

A storage account has a name of 3 to 24 characters; with 25 Azure refuses it. Lengths (`length`), numbers (`range`) and
counts of items (`items`) are errors. A `pattern` that does not match is a warning: some published patterns are narrower
than what the service takes. Names are judged by their last part, after evaluating the template with the defaults of its
parameters; what is not known then is accepted.

Give a value within the limits. Of a name that is put together, limit the length of the parameters it is made of.
"""

from collections.abc import Iterator

from packager.arm.bodies.problem import VALUE_RANGE
from packager.arm.template import Template
from packager.checks.bodies import body_hits
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What judging the resources meets of this kind."""
    yield from body_hits(template, package, VALUE_RANGE)
