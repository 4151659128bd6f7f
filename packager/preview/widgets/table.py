"""The widget of each type of element."""

from collections.abc import Callable
from typing import Any

from packager.preview.widgets import composite, simple, tables
from packager.preview.widgets.field import Field, Question

Widget = Callable[[Question], Field]

# Elements that ask nothing and show nothing.
UNSEEN = frozenset({"ArmApiControl", "GraphApiControl"})
WIDGETS: dict[str, Widget] = {
    "BladeInvokeControl": simple.any_json,
    "CheckBox": simple.check_box,
    "CredentialsCombo": composite.credentials,
    "DatePicker": simple.date_picker,
    "DropDown": simple.drop_down,
    "EditableGrid": tables.editable_grid,
    "FileUpload": simple.file_upload,
    "Grid": tables.editable_grid,
    "IdentitySelector": tables.identity,
    "InfoBox": simple.info_box,
    "JitConfigurator": simple.any_json,
    "KeyVaultCertificateSelector": composite.certificate,
    "LocationSelector": composite.location,
    "ManagementGroupSelector": composite.management_group,
    "MultiStorageAccountCombo": composite.storage_accounts,
    "OptionsGroup": simple.options_group,
    "PasswordBox": simple.password_box,
    "PublicIpAddressCombo": composite.public_ip_address,
    "ResourceGroupSelector": composite.resource_group,
    "ResourceScope": composite.resource_scope,
    "ResourceSelector": simple.resource_selector,
    "SecureString": simple.password_box,
    "Selector": simple.any_json,
    "ServicePrincipalSelector": composite.service_principal,
    "ServicePrincipalV2Selector": simple.any_json,
    "SizeSelector": simple.size_selector,
    "Slider": simple.slider,
    "StorageAccountSelector": composite.storage_account,
    "StorageBlobSelector": composite.storage_blob,
    "SubscriptionSelector": composite.subscription,
    "TagsByResource": tables.tags,
    "TenantSelector": composite.tenant,
    "TextBlock": simple.text_block,
    "TextBox": simple.text_box,
    "UserNameTextBox": simple.text_box,
    "VirtualNetworkCombo": composite.virtual_network,
    "WorkspaceSelector": simple.any_json,
}
# What is typed for some elements is not yet their value: from such a draft to the value that goes out, and back.
FROM_DRAFT: dict[str, Callable[[Any], Any]] = {
    "IdentitySelector": tables.identity_of_draft,
    "TagsByResource": tables.tags_of_rows,
}
TO_DRAFT: dict[str, Callable[[Any], Any]] = {
    "IdentitySelector": tables.draft_of_identity,
    "TagsByResource": tables.rows_of_tags,
}


def widget(kind: str) -> Widget:
    """The widget of an element by the last part of its type's name; of an unknown one any JSON can be typed."""
    return WIDGETS.get(kind, simple.any_json)
