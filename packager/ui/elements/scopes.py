"""The Form view's own fields for subscription, resource group, region, management group and tenant."""

from packager.ui.elements.model import BuiltIn, ElementType, Member, Output, Setting
from packager.ui.elements.shared import CONSTRAINTS, LABEL, OPTIONAL_LABEL, TOOL_TIP, scope, validations

_CHECKS = (
    Setting("constraints", ("array",), "Rules, each with `isValid` and `message`"),
    Setting("constraints[].isValid", ("boolean",), required=True, dynamic=True, format="expression"),
    Setting("constraints[].message", ("string",), required=True, dynamic=True),
)
_REGIONS = (
    Setting("resourceTypes", ("array",), "Regions have all of these types"),
    Setting("resourceTypes[]", ("string",), format="resource type"),
    Setting("allowedValues", ("array", "string"), "Only these regions", dynamic=True),
    Setting("allowedValues[]", ("string",), format="region"),
)


def _inside(at: str, settings: tuple[Setting, ...]) -> tuple[Setting, ...]:
    return tuple(one._replace(path=f"{at}.{one.path}") for one in settings)


RESOURCE_SCOPE = ElementType(
    name="Microsoft.Common.ResourceScope",
    about="Subscription, resource group, region and name in one; the first element of the first step",
    settings=(
        Setting("kind", ("string",)),
        Setting("globalResource", ("boolean",), default=False),
        Setting("instanceDetailsLabel", ("string",)),
        OPTIONAL_LABEL._replace(source="U"),
        Setting("subscription", ("object",)),
        Setting("subscription.constraints", ("object",)),
        *_inside("subscription", validations()),
        Setting("subscription.resourceProviders", ("array",)),
        Setting("resourceGroup", ("object",)),
        Setting("resourceGroup.constraints", ("object",)),
        *_inside("resourceGroup", validations()),
        Setting("resourceGroup.allowExisting", ("boolean",), dynamic=True),
        Setting("resourceName", ("object",)),
        *_inside("resourceName", (OPTIONAL_LABEL, TOOL_TIP, CONSTRAINTS, *validations())),
        Setting("location", ("object",)),
        *_inside("location", (OPTIONAL_LABEL, TOOL_TIP, *_REGIONS)),
        Setting("location.visible", ("boolean",), default=True, dynamic=True),
    ),
    output=Output(
        "object",
        (
            Member("subscription", "object"),
            *(Member(f"subscription.{name}", "string") for name in ("id", "subscriptionId", "tenantId", "displayName")),
            Member("resourceGroup", "object"),
            *(Member(f"resourceGroup.{name}", "string") for name in ("id", "name", "location", "modeName")),
            Member("resourceGroup.mode", None, "May be a number", source="DF"),
            Member("managementGroup", "object", always=False),
            *(Member(f"managementGroup.{name}", "string", always=False) for name in ("id", "name", "displayName")),
            Member("location", "object"),
            *(Member(f"location.{name}", "string") for name in ("name", "displayName")),
            Member("resourceName", "string", always=False),
        ),
    ),
    initial="the scope of the answers",
    where="view",
)

SUBSCRIPTION_SELECTOR = ElementType(
    name="Microsoft.Common.SubscriptionSelector",
    about="The subscription",
    settings=(OPTIONAL_LABEL, TOOL_TIP, Setting("resourceProviders", ("array",)), CONSTRAINTS, *validations()),
    output=Output("object", tuple(Member(name, "string") for name in ("displayName", "subscriptionId", "tenantId"))),
    initial="the subscription of the answers",
    where="view",
)

RESOURCE_GROUP_SELECTOR = ElementType(
    name="Microsoft.Common.ResourceGroupSelector",
    about="The resource group",
    settings=(
        OPTIONAL_LABEL,
        TOOL_TIP,
        *scope("subscriptionId"),
        Setting("allowedMode", ("string",), default="Both", allowed=("Both", "CreateNew", "UseExisting"), dynamic=True),
        CONSTRAINTS,
        *validations(),
    ),
    output=Output(
        "object",
        (
            Member("mode", None, "`New` or `Existing`; a number in the portal's own documentation"),
            Member("modeName", "string", source="F"),
            Member("value", "object"),
            *(Member(f"value.{name}", "string") for name in ("name", "location", "resourceId")),
        ),
    ),
    initial="the resource group of the answers",
    where="view",
    rules=(BuiltIn("group-mode", "the group is new or existing as `allowedMode` says"),),
)

LOCATION_SELECTOR = ElementType(
    name="Microsoft.Common.LocationSelector",
    about="The region",
    settings=(LABEL, TOOL_TIP, *scope("subscriptionId"), *_REGIONS),
    output=Output(
        "object",
        (
            Member("name", "string"),
            Member("displayName", "string"),
            *(Member(name, "string", always=False) for name in ("id", "regionalDisplayName", "type")),
            Member("metadata", "object", always=False),
        ),
    ),
    initial="the region of the answers",
    where="view",
    rules=(BuiltIn("region", "the region is one of `allowedValues`"),),
)

MANAGEMENT_GROUP_SELECTOR = ElementType(
    name="Microsoft.Common.ManagementGroupSelector",
    about="The management group",
    settings=(OPTIONAL_LABEL, TOOL_TIP, *_CHECKS),
    output=Output("object", (Member("displayName", "string"), Member("managementGroupId", "string"))),
    initial="undefined",
    where="view",
)

TENANT_SELECTOR = ElementType(
    name="Microsoft.Common.TenantSelector",
    about="The tenant, to read only",
    settings=(OPTIONAL_LABEL, TOOL_TIP, *_CHECKS),
    output=Output("object", (Member("tenantId", "string"), Member("directoryName", "string"))),
    initial="the tenant of the answers",
    where="view",
)

ELEMENTS = (
    RESOURCE_SCOPE,
    SUBSCRIPTION_SELECTOR,
    RESOURCE_GROUP_SELECTOR,
    LOCATION_SELECTOR,
    MANAGEMENT_GROUP_SELECTOR,
    TENANT_SELECTOR,
)
