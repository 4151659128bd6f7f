"""What to answer an element with: each choice, both ends of ranges, texts of every length that its pattern allows."""

import base64
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from packager.prove.samples import texts_for
from packager.ui.simulation.ask import setting, whole
from packager.ui.simulation.state import ElementState
from packager.ui.values import json_form, same

MOST = 24  # answers to one element
PASSWORD = "Corr3ct-h0rse-battery"  # noqa: S105 - what a made-up customer types
LONG_PASSWORD = "Corr3ct-h0rse-battery" * 3
SSH_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEexampleexampleexampleexampleexampleexampl customer@example"
LONG_FILE = "Y29udGVudCBvZiBhIGxvbmcgZmlsZSEh" * 100
# Endings of files with certificates and keys, and what such a file looks like to whoever reads only its beginning.
PEM_ENDINGS = (".pem", ".crt", ".cer", ".key")
PEM_FILE = f"-----BEGIN CERTIFICATE-----\n{LONG_FILE[:240]}\n-----END CERTIFICATE-----\n"
NO_ID = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/existing/providers"
THUMBPRINT = "0123456789ABCDEF0123456789ABCDEF01234567"
GUID = "11111111-2222-3333-4444-555555555555"


class Asked(NamedTuple):
    """An element that is shown: its state, all its properties evaluated, texts that expressions compare it with."""

    state: ElementState
    settings: Mapping[str, Any]
    compared: tuple[str, ...]
    chance: random.Random

    def get(self, *names: str) -> Any:
        """A property; None where there is none."""
        return setting(self.settings, *names)

    def texts(self, *names: str) -> list[str]:
        """The texts of a property that is a list."""
        found = self.get(*names)
        return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []

    def hides(self, option: str) -> bool:
        """Whether an option of this name is set."""
        return self.get("options", option) is True


def candidates(asked: Asked) -> list[Any]:
    """Answers worth trying, at most MOST, without doubles; the form may refuse some. None for what asks nothing."""
    maker = MAKERS.get(asked.state.control.kind)
    found: list[Any] = []
    for value in maker(asked) if maker is not None else ():
        value = json_form(value)
        if not any(same(value, other) for other in found):
            found.append(value)
        if len(found) == MOST:
            break
    return found


def _ticks(_: Asked) -> Iterator[Any]:
    yield from (True, False)


def _choices(asked: Asked) -> Iterator[Any]:
    """Each choice; where several can be taken also none, and all."""
    values = [one.value for one in asked.state.choices or ()]
    if asked.get("multiselect") is not True:
        yield from values
        return
    yield from ([], values)
    yield from ([one] for one in values)


def _numbers(asked: Asked) -> Iterator[Any]:
    """Both ends, what is next to them, and the default."""
    least, most = whole(asked.get("min")), whole(asked.get("max"))
    default = whole(asked.get("defaultValue"))
    wanted = (least, most, default, None if least is None else least + 1, None if most is None else most - 1)
    for value in wanted:
        if value is not None and (least is None or value >= least) and (most is None or value <= most):
            yield value


def _typed(asked: Asked) -> Iterator[Any]:
    """Nothing, what is compared with, and what the patterns allow from the shortest to the longest."""
    yield ""
    default = asked.get("defaultValue")
    yield from [default] if isinstance(default, str) else []
    yield from asked.compared
    found = list(_fitting(asked))
    yield from found
    if not found:
        yield from ("a", "example", "Example-1", "x" * 90)


def _fitting(asked: Asked) -> Iterator[str]:
    patterns = [asked.get("constraints", name) for name in ("regex", "customPasswordRegex")]
    entries = asked.get("constraints", "validations")
    patterns += [setting(one, "regex") for one in entries] if isinstance(entries, list) else []
    for pattern in patterns:
        if isinstance(pattern, str):
            yield from texts_for(pattern, asked.chance)


def _passwords(asked: Asked) -> Iterator[Any]:
    yield from (PASSWORD, LONG_PASSWORD)
    yield from _fitting(asked)
    yield ""


def _user_names(asked: Asked) -> Iterator[Any]:
    yield "azureuser"
    yield from _fitting(asked)


def _credentials(asked: Asked) -> Iterator[Any]:
    if not asked.hides("hidePassword"):
        for password in _passwords(asked):
            yield {"authenticationType": "password", "password": password}
    if str(asked.get("osPlatform")).lower() == "linux":
        yield {
            "authenticationType": "sshPublicKey",
            "sshPublicKey": SSH_KEY,
            "sshKeyName": "",
            "generateNewSshKey": False,
        }
        yield {"authenticationType": "sshPublicKey", "sshPublicKey": "", "sshKeyName": "key", "generateNewSshKey": True}


def _sizes(asked: Asked) -> Iterator[Any]:
    yield from asked.texts("recommendedSizes")
    yield from asked.texts("constraints", "allowedSizes")


def _networks(asked: Asked) -> Iterator[Any]:
    yield {"newOrExisting": "new"}
    subnets = asked.get("subnets")
    names = list(subnets) if isinstance(subnets, Mapping) else []
    if not asked.hides("hideExisting"):
        yield {
            "newOrExisting": "existing",
            "name": "existing-network",
            "resourceGroup": "existing",
            "addressPrefix": "10.1.0.0/16",
            "subnets": {
                name: {"name": f"existing-{number}", "addressPrefix": f"10.1.{number}.0/24"}
                for number, name in enumerate(names[:200])
            },
        }


def _addresses(asked: Asked) -> Iterator[Any]:
    named = {"name": "address", "domainNameLabel": "label"}
    yield {"newOrExistingOrNone": "new", **named}
    yield {"newOrExistingOrNone": "new", **named, "domainNameLabel": ""}
    if not asked.hides("hideExisting"):
        yield {"newOrExistingOrNone": "existing", **named, "resourceGroup": "existing"}
    if not asked.hides("hideNone"):
        yield {"newOrExistingOrNone": "none"}


def _accounts(asked: Asked) -> Iterator[Any]:
    yield {"name": "exampleaccount"}
    yield {"name": "abc"}
    yield {"name": "a" * 24}
    if not asked.hides("hideExisting"):
        yield {"name": "existingaccount", "newOrExisting": "existing", "resourceGroup": "existing"}


def _several_accounts(_: Asked) -> Iterator[Any]:
    yield from ({"prefix": "example"}, {"prefix": "abc"})


def _resources(asked: Asked) -> Iterator[Any]:
    kind = asked.get("resourceType")
    provider, _, kinds = kind.partition("/") if isinstance(kind, str) else ("", "", "")
    path = "/".join(f"{name}/existing" for name in kinds.split("/"))
    yield {"id": f"{NO_ID}/{provider}/{path}", "name": "existing", "location": "eastus"}


def _identities(asked: Asked) -> Iterator[Any]:
    fixed = str(asked.get("defaultValue", "systemAssignedIdentity"))
    systems = [True] if fixed == "OnOnly" else [False] if fixed == "OffOnly" else [False, True]
    one = f"{NO_ID}/Microsoft.ManagedIdentity/userAssignedIdentities/existing"
    several: list[dict[str, Any]] = [{}] if asked.hides("hideUserAssignedIdentity") else [{}, {one: {}}]
    for system in systems:
        for assigned in several:
            yield {"type": "SystemAssigned" if system else "None", "userAssignedIdentities": assigned}


def _principals(_: Asked) -> Iterator[Any]:
    shared = {"appId": GUID, "objectId": [GUID]}
    yield {**shared, "password": PASSWORD, "newOrExisting": "existing"}
    yield {**shared, "certificateThumbprint": THUMBPRINT, "newOrExisting": "existing"}


def _tags(asked: Asked) -> Iterator[Any]:
    kinds = asked.texts("resources")
    yield {}
    yield {kind: {"owner": "example"} for kind in kinds}
    yield from ({kind: {"owner": "example"}} for kind in kinds[:1])


def _tables(asked: Asked) -> Iterator[Any]:
    """No row, one, and as many as there may be, each with what its columns take."""
    columns = asked.get("constraints", "columns")
    cells = {
        str(setting(one, "id")): _cell(setting(one, "element"), asked.chance)
        for one in (columns if isinstance(columns, list) else ())
    }
    least = whole(asked.get("constraints", "rows", "count", "min")) or 0
    most = whole(asked.get("constraints", "rows", "count", "max"))
    for count in (least, max(1, least), min(most if most is not None else 3, 20)):
        yield [{name: values[row % len(values)] for name, values in cells.items()} for row in range(count)]


def _cell(element: Any, chance: random.Random) -> list[Any]:
    allowed = setting(element, "constraints", "allowedValues")
    values = [setting(one, "value") for one in allowed] if isinstance(allowed, list) else []
    pattern = setting(element, "constraints", "regex")
    return values or (texts_for(pattern, chance) if isinstance(pattern, str) else []) or ["example", "other", "third"]


def _files(asked: Asked) -> Iterator[Any]:
    for content in _contents(asked):
        yield [content, content] if asked.get("options", "multiple") is True else content


def _contents(asked: Asked) -> tuple[str, ...]:
    if asked.get("options", "uploadMode") == "url":
        return ("https://example.blob.core.windows.net/uploads/file",)
    any_files = ("Y29udGVudA==", LONG_FILE)
    if not str(asked.get("constraints", "accept")).endswith(PEM_ENDINGS):
        return any_files
    is_binary = asked.get("options", "openMode") == "binary"
    return (base64.b64encode(PEM_FILE.encode()).decode() if is_binary else PEM_FILE, *any_files)


def _certificates(_: Asked) -> Iterator[Any]:
    yield {
        "keyVaultName": "existing",
        "keyVaultId": f"{NO_ID}/Microsoft.KeyVault/vaults/existing",
        "certificateName": "certificate",
        "certificateUrl": "https://existing.vault.azure.net/secrets/certificate/0123456789abcdef0123456789abcdef",
        "certificateThumbprint": THUMBPRINT,
    }


def _blobs(asked: Asked) -> Iterator[Any]:
    ending = next(iter(asked.texts("constraints", "allowedFileExtensions")), "zip").lstrip(".")
    yield {"blobName": f"file.{ending}", "sasUri": f"https://example.blob.core.windows.net/container/file.{ending}"}


def _dates(_: Asked) -> Iterator[Any]:
    yield "Fri Aug 05 2022 00:00:00 GMT+0000 (Coordinated Universal Time)"


def _groups_of_management(_: Asked) -> Iterator[Any]:
    yield {"displayName": "example", "managementGroupId": "example"}


MAKERS: dict[str, Callable[[Asked], Iterator[Any]]] = {
    "CheckBox": _ticks,
    "CredentialsCombo": _credentials,
    "DatePicker": _dates,
    "DropDown": _choices,
    "EditableGrid": _tables,
    "FileUpload": _files,
    "Grid": _tables,
    "IdentitySelector": _identities,
    "KeyVaultCertificateSelector": _certificates,
    "ManagementGroupSelector": _groups_of_management,
    "MultiStorageAccountCombo": _several_accounts,
    "OptionsGroup": _choices,
    "PasswordBox": _passwords,
    "PublicIpAddressCombo": _addresses,
    "ResourceSelector": _resources,
    "SecureString": _passwords,
    "ServicePrincipalSelector": _principals,
    "SizeSelector": _sizes,
    "Slider": _numbers,
    "StorageAccountSelector": _accounts,
    "StorageBlobSelector": _blobs,
    "TagsByResource": _tags,
    "TextBox": _typed,
    "UserNameTextBox": _user_names,
    "VirtualNetworkCombo": _networks,
}
