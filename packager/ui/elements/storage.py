"""Storage accounts and blobs."""

from packager.ui.elements.model import BuiltIn, ElementType, Member, Output, Setting
from packager.ui.elements.shared import CONSTRAINTS, HIDE_EXISTING, LABEL, OPTIONS, TOOL_TIP, composite, scope

SKUS = (
    *("Standard_LRS", "Standard_ZRS", "Standard_GRS", "Standard_RAGRS", "Standard_GZRS", "Standard_RAGZRS"),
    *("Premium_LRS", "Premium_ZRS"),
)
DEFAULT_SKU = "Premium_LRS"
_TYPES = (
    CONSTRAINTS,
    Setting("constraints.allowedTypes", ("array",), "Only these"),
    Setting("constraints.allowedTypes[]", ("string",), format="sku"),
    Setting("constraints.excludedTypes", ("array",), "None of these"),
    Setting("constraints.excludedTypes[]", ("string",), format="sku"),
)
_EXCLUSIVE = (("constraints.allowedTypes", "constraints.excludedTypes"),)
_TYPE_RULE = BuiltIn("account-type", "the type is one of `allowedTypes` and none of `excludedTypes`")

STORAGE_ACCOUNT_SELECTOR = ElementType(
    name="Microsoft.Storage.StorageAccountSelector",
    about="A new or existing storage account",
    settings=(
        LABEL,
        TOOL_TIP,
        Setting("defaultValue", ("object",)),
        Setting("defaultValue.name", ("string",), "Of the new account; unique in all of Azure", dynamic=True),
        Setting("defaultValue.type", ("string",), default=DEFAULT_SKU, format="sku"),
        *_TYPES,
        OPTIONS,
        HIDE_EXISTING,
        *scope("subscriptionId", "location"),
    ),
    output=Output(
        "object",
        (
            Member("name", "string"),
            Member("resourceGroup", "string"),
            Member("type", "string"),
            Member("newOrExisting", "string", "`new` or `existing`"),
            Member("kind", "string", "Recent documentation only"),
        ),
    ),
    initial="a new account with the default name",
    rules=(BuiltIn("account-name", "a name has 3 to 24 lower-case letters and digits"), _TYPE_RULE),
    exclusive=_EXCLUSIVE,
    notes=("Existing accounts are those of the resource group and region of Basics",),
)

MULTI_STORAGE_ACCOUNT_COMBO = ElementType(
    name="Microsoft.Storage.MultiStorageAccountCombo",
    about="Several new storage accounts with one prefix",
    settings=(
        *composite("label", "prefix", "type"),
        *composite("toolTip", "prefix", "type", required=False, dynamic=True),
        Setting("defaultValue", ("object",)),
        Setting("defaultValue.prefix", ("string",), dynamic=True),
        Setting("defaultValue.type", ("string",), default=DEFAULT_SKU, format="sku"),
        *_TYPES,
        Setting("count", ("integer",), "How many", default=1, dynamic=True, least=1),
        *scope("subscriptionId", "location"),
    ),
    output=Output(
        "object",
        (
            Member("prefix", "string"),
            Member("count", "integer"),
            Member("resourceGroup", "string"),
            Member("type", "string"),
        ),
    ),
    initial="the default prefix and type",
    rules=(BuiltIn("account-prefix", "the prefix and the number behind it are a name of an account"), _TYPE_RULE),
    exclusive=_EXCLUSIVE,
    notes=("Names are the prefix and the number, filled with zeros: `sa1`, `sa2`; of ten accounts `sa01` to `sa10`",),
)

STORAGE_BLOB_SELECTOR = ElementType(
    name="Microsoft.Storage.StorageBlobSelector",
    about="A blob of an existing account",
    settings=(
        LABEL,
        TOOL_TIP,
        OPTIONS,
        Setting("options.text", ("string",), "On the button", required=True),
        CONSTRAINTS,
        Setting("constraints.allowedFileExtensions", ("array",), "Without periods", required=True),
        Setting("constraints.allowedFileExtensions[]", ("string",)),
        Setting("extendExpirationDate", ("boolean",), default=False, where="view"),
        *scope("subscriptionId"),
    ),
    output=Output("object", (Member("blobName", "string"), Member("sasUri", "string"))),
    initial="undefined",
    rules=(BuiltIn("extension", "the blob has one of `allowedFileExtensions`"),),
)

ELEMENTS = (STORAGE_ACCOUNT_SELECTOR, MULTI_STORAGE_ACCOUNT_COMBO, STORAGE_BLOB_SELECTOR)
