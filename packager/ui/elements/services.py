"""Certificates, identities, principals, workspaces, resources of every type."""

from packager.ui.elements.model import BuiltIn, ElementType, Member, Output, Setting
from packager.ui.elements.shared import (
    CONSTRAINTS,
    LABEL,
    OPTIONS,
    REGEX,
    REGEX_MESSAGE,
    REQUIRED,
    TOOL_TIP,
    composite,
    scope,
    validations,
)

KEY_VAULT_CERTIFICATE_SELECTOR = ElementType(
    name="Microsoft.KeyVault.KeyVaultCertificateSelector",
    about="A certificate in a key vault",
    settings=(LABEL, TOOL_TIP, *scope("subscriptionId", "location")),
    output=Output(
        "object",
        (
            Member("keyVaultName", "string"),
            Member("keyVaultId", "string"),
            Member("certificateName", "string"),
            Member("certificateUrl", "string", "`https://<vault>.vault.azure.net/secrets/<certificate>/<version>`"),
            Member("certificateThumbprint", "string"),
        ),
    ),
    initial="undefined",
)

IDENTITY_SELECTOR = ElementType(
    name="Microsoft.ManagedIdentity.IdentitySelector",
    about="Managed identities, of the system and of the customer",
    settings=(
        LABEL,
        *composite("toolTip", "systemAssignedIdentity", "userAssignedIdentity", required=False, dynamic=True),
        Setting("defaultValue", ("object",)),
        Setting(
            "defaultValue.systemAssignedIdentity",
            ("string",),
            "`OnOnly` and `OffOnly` cannot be changed",
            default="Off",
            allowed=("On", "Off", "OnOnly", "OffOnly"),
        ),
        OPTIONS,
        Setting("options.hideSystemAssignedIdentity", ("boolean",), default=False, dynamic=True),
        Setting("options.hideUserAssignedIdentity", ("boolean",), default=False, dynamic=True),
        Setting("options.readOnlySystemAssignedIdentity", ("boolean",), default=False, dynamic=True),
    ),
    output=Output(
        "object",
        (
            Member(
                "type",
                "string",
                "`SystemAssigned`, `UserAssigned`, `SystemAssigned, UserAssigned` or `None`",
                source="DU",
            ),
            Member("userAssignedIdentities", "object", "An empty object by resource id", always=False),
            Member("userAssignedIdentities.*", "object", always=False),
        ),
        about="The `identity` of a resource",
    ),
    initial="`type` as `defaultValue` says; `None` is unconfirmed",
    rules=(BuiltIn("identity-fixed", "`OnOnly` and `OffOnly` are kept"),),
    where="both",
)

SERVICE_PRINCIPAL_SELECTOR = ElementType(
    name="Microsoft.Common.ServicePrincipalSelector",
    about="An application of the directory, with a password or a certificate",
    settings=(
        Setting("label", ("object",), "One text for each part"),
        *(
            Setting(f"label.{name}", ("string",))
            for name in ("password", "certificateThumbprint", "authenticationType", "sectionHeader", "principalId")
        ),
        Setting("toolTip", ("object",), "One text for each part"),
        *(
            Setting(f"toolTip.{name}", ("string",), dynamic=True)
            for name in ("password", "certificateThumbprint", "authenticationType", "principalId")
        ),
        Setting("defaultValue", ("object",)),
        Setting(
            "defaultValue.principalId", ("string",), "The application to begin with, or `<default guid>`", dynamic=True
        ),
        Setting("defaultValue.name", ("string",), dynamic=True),
        CONSTRAINTS,
        REQUIRED._replace(about="A password is needed"),
        REGEX._replace(about="Of the password"),
        REGEX_MESSAGE,
        *validations(source="U"),
        OPTIONS,
        Setting("options.hideCertificate", ("boolean",), default=False),
    ),
    output=Output(
        "object",
        (
            Member("appId", "string"),
            Member("objectId", None, "A list; a text in older documentation"),
            Member("password", "string"),
            Member("certificateThumbprint", "string", "Empty where there is none"),
            Member("newOrExisting", "string", "`new` while the default is kept, else `existing`"),
            Member("authenticationType", "string", "`password`; the other value is not published"),
        ),
    ),
    initial="the default application with an empty password; undefined without a default",
    rules=(
        BuiltIn("required", "a required password is given"),
        BuiltIn("regex", "a password that is not empty fits `regex`"),
    ),
)

SERVICE_PRINCIPAL_V2_SELECTOR = ElementType(
    name="Microsoft.Common.ServicePrincipalV2Selector",
    about="An application of the directory; its output is not published",
    settings=(
        Setting("label", ("string", "object")),
        Setting("toolTip", ("string", "object"), dynamic=True),
        OPTIONS,
        CONSTRAINTS,
    ),
    output=Output(None, closed=False, source="U"),
    initial="undefined",
    where="view",
)

WORKSPACE_SELECTOR = ElementType(
    name="Microsoft.OperationalInsights.WorkspaceSelector",
    about="A Log Analytics workspace; in the schemas only, its output is not published",
    settings=(LABEL._replace(source="S"), TOOL_TIP._replace(source="S")),
    output=Output(None, closed=False, source="U"),
    initial="undefined",
    where="form",
    source="S",
)

RESOURCE_SELECTOR = ElementType(
    name="Microsoft.Solutions.ResourceSelector",
    about="An existing resource of one type",
    settings=(
        LABEL,
        TOOL_TIP,
        Setting("resourceType", ("string",), required=True, format="resource type"),
        OPTIONS,
        Setting("options.filter", ("object",)),
        Setting(
            "options.filter.subscription",
            ("string",),
            default="all",
            allowed=("all", "onBasics"),
            dynamic=True,
            where="form",
        ),
        Setting(
            "options.filter.location",
            ("string",),
            default="all",
            allowed=("all", "onBasics"),
            dynamic=True,
            where="form",
        ),
        CONSTRAINTS,
        REQUIRED,
        *scope("subscriptionId", "location", required=False),
    ),
    output=Output(
        "object",
        (
            Member("id", "string"),
            Member("name", "string"),
            Member("location", "string"),
            Member("subscriptionName", "string", always=False),
        ),
    ),
    initial="undefined",
    rules=(
        BuiltIn("required", "a resource is chosen where it is required"),
        BuiltIn("resource-type", "the resource is of `resourceType`"),
    ),
    notes=('Published forms give it `defaultValue: "null"`, which has no documented effect',),
)

JIT_CONFIGURATOR = ElementType(
    name="Microsoft.Solutions.JitConfigurator",
    about="The policy of just-in-time access; belongs to the output `jitAccessPolicy`",
    settings=(LABEL,),
    output=Output("object", closed=False, source="U"),
    initial="undefined",
    where="form",
    notes=("Its output is not published", "Needs just-in-time access in the plan"),
)

ELEMENTS = (
    KEY_VAULT_CERTIFICATE_SELECTOR,
    IDENTITY_SELECTOR,
    SERVICE_PRINCIPAL_SELECTOR,
    SERVICE_PRINCIPAL_V2_SELECTOR,
    WORKSPACE_SELECTOR,
    RESOURCE_SELECTOR,
    JIT_CONFIGURATOR,
)
