"""The form offers regions in which the template's resources may not exist.

With `resourceTypes` the portal offers only the regions that have all of these types. A customer who chooses another one
learns it from a failed deployment.

List the types of the resources that go to the customer's region:

    "config": {"basics": {"location": {"resourceTypes": ["Microsoft.ContainerService/managedClusters"]}}}

Nothing is said where `allowedValues` lists regions and there are no `resourceTypes`. Types whose location is `global`
or fixed do not count, nor children, which are where their parents are, nor resources that are deployed on a condition.
"""

from collections.abc import Iterator

from packager.arm.expansion import ExpandedResource
from packager.arm.template import DEPLOYMENT_TYPE
from packager.arm.typenames import is_known, provided_type
from packager.checks.basics import joined, listed, missing_from, spot_in
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.values import Unknown
from packager.ui.definition import UiDefinition

_LOCATION = ("config", "basics", "location")


@rule(on="form", severity=Severity.INFO)
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Compare the types of what would be deployed to a region that is not fixed with the lists of the form."""
    if form is not package.form or form.is_form_view or package.main is None:
        return
    given, older = listed(form, *_LOCATION, "resourceTypes"), listed(form, "resourceTypes")
    if given is None and older is None and listed(form, *_LOCATION, "allowedValues") is not None:
        return
    used = {name for one in package.deployed.certain if (name := _regional_type(one, package)) is not None}
    missing = missing_from(used, [*(given or ()), *(older or ())])
    if missing:
        steps = ("resourceTypes",) if given is None and older is not None else (*_LOCATION, "resourceTypes")
        message = f"the form offers regions without asking for {joined(missing)}"
        yield Hit(spot_in(form, *steps), f"{message}; add the types to {'.'.join(steps)}")


def _regional_type(one: ExpandedResource, package: Package) -> str | None:
    name = provided_type(one)
    if name is None or name.count("/") > 1 or name.lower() == DEPLOYMENT_TYPE or type(one.location) is not Unknown:
        return None
    return name if is_known(name, package.api_versions) else None
