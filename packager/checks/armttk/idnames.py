"""Properties whose names end in `id` and that arm-ttk does not take for the id of a resource."""

from packager.checks.armttk.search import Found
from packager.source.lazy import lazy_pattern

# It compares the end of the whole path, so that much more is left out than these names.
ENDINGS = (
    "appId",
    "clientId",
    "DataTypeId",
    "defaultMenuItemId",
    "firstPartyId",
    "keyVaultSecretId",
    "keyVaultId",
    "keyId",
    "objectId",
    "menuId",
    "nodeAgentSkuId",
    "policyDefinitionReferenceId",
    "servicePrincipalClientId",
    "StartingDeviceID",
    "subscriptionId",
    "SyntheticMonitorId",
    "targetProtectionContainerId",
    "targetWorkerSizeId",
    "tenantId",
    "timezoneId",
    "vlanId",
    "workerSizeId",
    "metricId",
    "requestedServiceObjectiveId",
    "groupId",
    "sid",
    "ruleId",
    "deploymentSpecId",
    "detector.id",
    "contentId",
    "definitionId",
    "connectorId",
    "parentId",
    "IllusiveIncidentId",
    "UniqueFindingId",
    "schemaId",
    "detection_id",
    "environmentId",
    "open_id",
    "TeamsChannelID",
    "SAPAuditLogMessageID",
    "roleDefinitionId",
    "principalId",
    "XDRCustomerID",
    "userAssignedIdentityResourceId",
    "channelId",
    "extendedAceItemObjectId",
    "operationId-ANCEndpointGetById",
    "operationId-DeleteDomainById",
    "operationId-GetOrganizationId",
    "operationId-ProcessMetadataSearchByProcessGUID",
    "operationId-SearchForProcessEventsByProcessGUID",
    "ApplicationId",
    "policyDefinitionGuid",
    "IndicatorId",
    "contentProductId",
    "aws_iam_functionapp_id",
    "dataCollectionEndpointId",
    "dataCollectionRuleImmutableId",
    "stepId",
)
_ENDINGS = tuple(ending.lower() for ending in ENDINGS)
NAMES = frozenset(_ENDINGS)
_SECTIONS = ("parameters", "outputs")
_WHOLE_TYPE = lazy_pattern(
    r"microsoft\.logic/workflows|microsoft\.apimanagement/service/backends|microsoft\.portal/dashboards"
    r"|microsoft\.documentdb/databaseaccounts/\w*/collections"
)


def is_exempt(found: Found) -> bool:
    """Whether arm-ttk passes over the property: for its path, or for a type around it."""
    path = found.path.lower()
    if path.endswith(_ENDINGS) or path.startswith(_SECTIONS) or ".metadata." in path:
        return True
    if f".tags.{found.key.lower()}" in path:
        return True
    return any(_is_exempt_in(type_, path) for type_ in found.types_around if type_)


def _is_exempt_in(around: str, path: str) -> bool:
    return (
        "config" in around
        or (around.endswith("backends") and "properties." in path)
        or (around.startswith("microsoft.") and _is_exempt_in_microsoft(around, path))
    )


def _is_exempt_in_microsoft(around: str, path: str) -> bool:
    return (
        _WHOLE_TYPE.fullmatch(around) is not None
        or (around.startswith("microsoft.documentdb/databaseaccounts/sqldatabases") and ".resource." in path)
        or (around.startswith("microsoft.insights/webtests") and ".locations" in path)
    )
