"""The form does not list a resource provider that the template needs.

In a new subscription most providers are not registered. With `resourceProviders` the portal tells a customer who may
not register them at the first step; without it the deployment fails after everything was filled in.

List every namespace of the template's resources:

    "config": {"basics": {"subscription": {"resourceProviders": ["Microsoft.Compute", "Microsoft.Network"]}}}

`Microsoft.Resources` and `Microsoft.Authorization` are always there.
"""

from collections.abc import Iterator

from packager.arm.typenames import is_known, provided_type
from packager.checks.basics import joined, listed, missing_from, spot_in
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition

_STEPS = ("config", "basics", "subscription", "resourceProviders")
_ALWAYS = ("Microsoft.Resources", "Microsoft.Authorization")


@rule(on="form", severity=Severity.INFO)
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Compare the namespaces of what would be deployed with the list of the package's own form."""
    if form is not package.form or form.is_form_view or package.main is None:
        return
    types = (provided_type(one) for one in package.deployed.every)
    used = sorted(
        {name.partition("/")[0] for name in types if name is not None and is_known(name, package.api_versions)}
    )
    missing = missing_from(used, [*(listed(form, *_STEPS) or ()), *_ALWAYS])
    if missing:
        message = f"the form does not list the resource providers {joined(missing)}"
        yield Hit(spot_in(form, *_STEPS), f"{message}; add them to config.basics.subscription.resourceProviders")
