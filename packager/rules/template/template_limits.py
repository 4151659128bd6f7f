"""A template is larger than Azure takes.

Azure refuses templates with more than 256 parameters, 512 variables, 64 outputs or 800 resources. Copies count one by
one, so loops are run with the default values of parameters before counting; loops whose count is open count once.

Put values that belong together into objects, and move resources into nested or linked deployments: each has limits of
its own.
"""

from collections import Counter
from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.expansion import expansion
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule

_MOST = {"parameters": 256, "variables": 512, "outputs": 64}
_MOST_RESOURCES = 800


@rule(on="template", severity=Severity.ERROR)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Sections of every template, resources of those that a file holds."""
    for section, most in _MOST.items():
        count = len(template.section(section))
        if count > most:
            spot = template.spot(template.section_path(section), key=True)
            yield Hit(spot, f"the template has {count} {section}; Azure takes {most} at most")
    if template.parent is None:
        counts = Counter(one.deployment is None for one in expansion(template, package).resources)
        if counts[True] > _MOST_RESOURCES:
            spot = template.spot(template.section_path("resources"), key=True)
            message = (
                f"the template deploys {counts[True]} resources, copies included; Azure takes {_MOST_RESOURCES} at most"
            )
            yield Hit(spot, message)
