"""Elements of several inputs, whose value is an object."""

from typing import Any

from packager.preview.richtext import rich_text
from packager.preview.widgets.field import Field, Question, field, group, labelled, member, options, part
from packager.preview.widgets.simple import passwords

SKUS = (
    "Standard_LRS", "Standard_ZRS", "Standard_GRS", "Standard_RAGRS", "Standard_GZRS", "Standard_RAGZRS",
    "Premium_LRS", "Premium_ZRS",
)  # fmt: skip
NEW_OR_EXISTING = (("Create new", "new"), ("Use existing", "existing"))


def credentials(question: Question) -> Field:
    """CredentialsCombo: a password, or on Linux a public key."""
    linux = question.text("osPlatform").lower() == "linux"
    kind = member(question.value, "authenticationType")
    children = []
    if linux and not question.flag("options", "hidePassword"):
        kinds = labelled((("SSH public key", "sshPublicKey"), ("Password", "password")))
        children.append(_part(question, "radio", "authenticationType", "Authentication type", options=kinds))
    if linux and kind != "password":
        generate = member(question.value, "generateNewSshKey")
        sources = labelled((("Use a public key", False), ("Generate a new key pair", True)))
        children.append(part(question, "radio", "Key source", "generateNewSshKey", options=sources))
        if generate is True:
            children.append(part(question, "text", "Key pair name", "sshKeyName"))
        else:
            children.append(_part(question, "multiline", "sshPublicKey", "SSH public key", required=question.required))
    else:
        children += passwords(question, ("password",))
    return group(question, children)


def virtual_network(question: Question) -> Field:
    """VirtualNetworkCombo: a new network with its subnets, or an existing one."""
    children = []
    if not question.flag("options", "hideExisting"):
        children.append(part(question, "radio", "", "newOrExisting", options=labelled(NEW_OR_EXISTING)))
    existing = member(question.value, "newOrExisting") == "existing"
    children.append(_part(question, "text", "virtualNetwork", "Virtual network", "name", required=True))
    if existing:
        children.append(part(question, "text", "Its resource group", "resourceGroup"))
    children.append(part(question, "text", "Address space", "addressPrefix"))
    subnets = question.get("subnets")
    for name, subnet in subnets.items() if isinstance(subnets, dict) else ():
        label = member(subnet, "label")
        children.append(part(question, "text", _text(label) or name, "subnets", name, "name", required=True))
        children.append(part(question, "text", "Address range", "subnets", name, "addressPrefix"))
    return group(question, children)


def public_ip_address(question: Question) -> Field:
    """PublicIpAddressCombo."""
    kinds = [("Create new", "new")]
    kinds += [] if question.flag("options", "hideExisting") else [("Use existing", "existing")]
    kinds += [] if question.flag("options", "hideNone") else [("None", "none")]
    children = [part(question, "radio", "", "newOrExistingOrNone", options=labelled(kinds))]
    if member(question.value, "newOrExistingOrNone") != "none":
        children.append(_part(question, "text", "publicIpAddress", "Public IP address", "name", required=True))
        if not question.flag("options", "hideDomainNameLabel"):
            required = question.flag("constraints", "required", "domainNameLabel")
            children.append(_part(question, "text", "domainNameLabel", "Domain name label", required=required))
    return group(question, children)


def storage_account(question: Question) -> Field:
    """StorageAccountSelector."""
    children = []
    if not question.flag("options", "hideExisting"):
        children.append(part(question, "radio", "", "newOrExisting", options=labelled(NEW_OR_EXISTING)))
    children += [
        part(question, "text", "Name", "name", required=True),
        part(question, "choice", "Type", "type", options=options(_skus(question))),
    ]
    return group(question, children, label=question.text("label"), toolTip=rich_text(question.get("toolTip")))


def storage_accounts(question: Question) -> Field:
    """MultiStorageAccountCombo: a prefix and a type for several accounts."""
    count = member(question.value, "count")
    hint = f"for {count} accounts" if isinstance(count, int) else ""
    children = [
        _part(question, "text", "prefix", "Name prefix", required=True, hint=hint),
        _part(question, "choice", "type", "Type", options=options(_skus(question))),
    ]
    return group(question, children)


def _skus(question: Question) -> list[str]:
    allowed = question.get("constraints", "allowedTypes")
    excluded = question.get("constraints", "excludedTypes")
    known = [one for one in allowed if isinstance(one, str)] if isinstance(allowed, list) else list(SKUS)
    return [one for one in known if not (isinstance(excluded, list) and one in excluded)]


def storage_blob(question: Question) -> Field:
    """StorageBlobSelector."""
    return _plain(question, (("Blob name", "blobName"), ("Address with its signature (SAS)", "sasUri")))


def certificate(question: Question) -> Field:
    """KeyVaultCertificateSelector."""
    names = (
        ("Key vault", "keyVaultName"),
        ("Id of the key vault", "keyVaultId"),
        ("Certificate", "certificateName"),
        ("Address of the certificate", "certificateUrl"),
        ("Thumbprint", "certificateThumbprint"),
    )
    return _plain(question, names)


def service_principal(question: Question) -> Field:
    """ServicePrincipalSelector."""
    children = [
        part(question, "radio", "", "newOrExisting", options=labelled((("Default", "new"), ("Other", "existing")))),
        _part(question, "text", "principalId", "Application id", "appId", required=question.required),
        part(question, "text", "Object id", "objectId", 0),
        *passwords(question, ("password",)),
    ]
    if not question.flag("options", "hideCertificate"):
        children.append(_part(question, "text", "certificateThumbprint", "Certificate thumbprint"))
    heading = member(question.get("label"), "sectionHeader")
    return group(question, children, label=_text(heading))


def subscription(question: Question) -> Field:
    """SubscriptionSelector."""
    return _plain(question, (("Subscription", "subscriptionId"),))


def tenant(question: Question) -> Field:
    """TenantSelector, which shows the tenant and asks nothing."""
    return group(question, [part(question, "text", "Tenant", "tenantId", readOnly=True)])


def management_group(question: Question) -> Field:
    """ManagementGroupSelector."""
    return _plain(question, (("Management group", "managementGroupId"),))


def resource_group(question: Question) -> Field:
    """ResourceGroupSelector."""
    kinds = labelled((("Create new", "New"), ("Use existing", "Existing")))
    children = [
        part(question, "text", question.text("label") or "Resource group", "value", "name", required=True),
        part(question, "radio", "", "mode", options=kinds),
    ]
    return group(question, children)


def location(question: Question) -> Field:
    """LocationSelector."""
    allowed = question.get("allowedValues")
    known = options(one for one in allowed if isinstance(one, str)) if isinstance(allowed, list) else []
    return field(question, "combo", key=("name",), value=member(question.value, "name"), options=known, required=True)


def resource_scope(question: Question) -> Field:
    """ResourceScope: where the deployment goes, in one element."""
    children = [
        part(question, "text", "Subscription", "subscription", "subscriptionId", required=True),
        part(question, "text", "Resource group", "resourceGroup", "name", required=True),
    ]
    if question.get("resourceName") is not None:
        label = question.text("resourceName", "label") or "Name"
        children.append(part(question, "text", label, "resourceName"))
    if question.get("location", "visible") is not False:
        label = question.text("location", "label") or "Region"
        children.append(part(question, "combo", label, "location", "name", required=True))
    return group(question, children)


def _plain(question: Question, names: tuple[tuple[str, str], ...]) -> Field:
    children = [part(question, "text", label, name) for label, name in names]
    label = question.get("label")
    return group(question, children, label=_text(label), toolTip=rich_text(question.get("toolTip")))


def _part(question: Question, control: Any, name: str, otherwise: str, *key: str, **more: Any) -> Field:
    """A part whose label and tool tip the form gives under `name`; its place in the value is `key`, or `name`."""
    label, tool_tip = member(question.get("label"), name), member(question.get("toolTip"), name)
    made = {"toolTip": rich_text(tool_tip), **more}
    return part(question, control, _text(label) or otherwise, *(key or (name,)), **made)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
