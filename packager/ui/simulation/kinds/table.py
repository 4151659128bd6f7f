"""Which code computes and checks the value of each type of element."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from packager.ui.simulation.ask import Ask, Found
from packager.ui.simulation.kinds import azure, choices, machine, network, pickers, storage, tables, text
from packager.ui.values import Value

Check = Callable[[Ask, Value], Iterator[str]]


class Behaviour(NamedTuple):
    """`value` computes it; `check` is what the portal checks by itself beside `required` and the rules of the form.

    `needed` is what `required` is without being written; None where `required` is for `check` to judge.
    """

    value: Callable[[Ask], Found]
    check: Check | None = None
    needed: bool | None = False


BEHAVIOURS: dict[str, Behaviour] = {
    "ArmApiControl": Behaviour(azure.call, needed=None),
    "BladeInvokeControl": Behaviour(pickers.picked, needed=None),
    "CheckBox": Behaviour(text.check_box),
    "CredentialsCombo": Behaviour(machine.credentials, machine.check_credentials, needed=None),
    "DatePicker": Behaviour(text.free_text),
    "DropDown": Behaviour(choices.drop_down),
    "EditableGrid": Behaviour(tables.grid, tables.check_rows),
    "FileUpload": Behaviour(text.file_upload),
    "GraphApiControl": Behaviour(azure.call, needed=None),
    "Grid": Behaviour(tables.grid, tables.check_rows),
    "IdentitySelector": Behaviour(pickers.identity, pickers.check_identity, needed=None),
    "InfoBox": Behaviour(text.info_box, needed=None),
    "JitConfigurator": Behaviour(pickers.picked, needed=None),
    "KeyVaultCertificateSelector": Behaviour(pickers.picked_object),
    "LocationSelector": Behaviour(azure.location, azure.check_region, needed=None),
    "ManagementGroupSelector": Behaviour(pickers.picked_object, needed=None),
    "MultiStorageAccountCombo": Behaviour(storage.accounts, storage.check_accounts, needed=None),
    "OptionsGroup": Behaviour(choices.options_group),
    "PasswordBox": Behaviour(text.password),
    "PublicIpAddressCombo": Behaviour(network.public_address, network.check_address, needed=None),
    "ResourceGroupSelector": Behaviour(azure.resource_group, azure.check_group, needed=None),
    "ResourceScope": Behaviour(azure.resource_scope, azure.check_scope, needed=None),
    "ResourceSelector": Behaviour(pickers.resource, pickers.check_resource, needed=None),
    "SecureString": Behaviour(text.free_text),
    "Selector": Behaviour(azure.selector, needed=None),
    "ServicePrincipalSelector": Behaviour(pickers.service_principal, pickers.check_service_principal, needed=None),
    "ServicePrincipalV2Selector": Behaviour(pickers.picked, needed=None),
    "SizeSelector": Behaviour(machine.size, machine.check_size, needed=None),
    "Slider": Behaviour(text.slider, needed=None),
    "StorageAccountSelector": Behaviour(storage.account, storage.check_account, needed=None),
    "StorageBlobSelector": Behaviour(storage.blob, storage.check_blob, needed=None),
    "SubscriptionSelector": Behaviour(azure.subscription, needed=None),
    "TagsByResource": Behaviour(tables.tags, tables.check_tags, needed=None),
    "TenantSelector": Behaviour(azure.tenant, needed=None),
    "TextBlock": Behaviour(text.text_block, needed=None),
    "TextBox": Behaviour(text.text_box),
    "UserNameTextBox": Behaviour(text.user_name, machine.check_user_name, needed=True),
    "VirtualNetworkCombo": Behaviour(network.virtual_network, network.check_network, needed=None),
    "WorkspaceSelector": Behaviour(pickers.picked, needed=None),
}
# What the catalogue does not know: its value is whatever the answers say.
UNKNOWN = Behaviour(pickers.picked, needed=None)


def behaviour_of(kind: str) -> Behaviour:
    """The behaviour of a type by the last part of its name."""
    return BEHAVIOURS.get(kind, UNKNOWN)
