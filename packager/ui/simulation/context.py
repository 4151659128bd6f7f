"""Where a form is opened: subscription, resource group and region, given or standing in for what is not."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from packager.ui.definition import text_of
from packager.ui.simulation.form import Form
from packager.ui.values import Value

# What stands in where the answers say nothing, so that a form can be tried at once.
NO_ID = "00000000-0000-0000-0000-000000000000"
GROUP = "resource-group"
REGION = "eastus"


class Scope(NamedTuple):
    """What the answers say of the place: None is not given. `mode` is `New` or `Existing`."""

    subscription_id: str | None = None
    tenant_id: str | None = None
    location: str | None = None
    group: str | None = None
    mode: str | None = None
    group_location: str | None = None


NO_SCOPE = Scope()


class Context(NamedTuple):
    """What the functions of the context give. `assumed` names those, in lower case, whose value nobody gave."""

    subscription: Mapping[str, Value]
    resource_group: Mapping[str, Value]
    location: str
    assumed: frozenset[str]

    @property
    def group_id(self) -> str:
        """The id of the resource group."""
        return f"{self.subscription['id']}/resourceGroups/{self.resource_group['name']}"


def context_of(form: Form, scope: Scope) -> Context:
    """The place with stand-ins: the first region that the form allows, a new group, a subscription of zeros."""
    location = scope.location or _first_region(form) or REGION
    subscription = scope.subscription_id or NO_ID
    assumed = {
        *({"location"} if scope.location is None else ()),
        *({"subscription"} if scope.subscription_id is None else ()),
        *({"resourcegroup"} if scope.group is None else ()),
    }
    return Context(
        {
            "id": f"/subscriptions/{subscription}",
            "subscriptionId": subscription,
            "tenantId": scope.tenant_id or NO_ID,
            "displayName": "Subscription",
        },
        {
            "mode": scope.mode or _only_mode(form),
            "name": scope.group or GROUP,
            "location": scope.group_location or location,
        },
        location,
        frozenset(assumed),
    )


def allowed_regions(config: Mapping[str, Any]) -> tuple[str, ...]:
    """The regions that the configuration of Basics names by literal; () when it leaves them open."""
    location = config.get("location")
    allowed = location.get("allowedValues") if isinstance(location, dict) else None
    written = allowed if isinstance(allowed, list) else [allowed]
    return tuple(one for one in written if isinstance(one, str) and one and one[:1] != "[")


def _first_region(form: Form) -> str | None:
    return next(iter(allowed_regions(form.config)), None)


def _only_mode(form: Form) -> str:
    group = form.config.get("resourceGroup")
    return "Existing" if isinstance(group, dict) and text_of(group, "allowedMode") == "UseExisting" else "New"
