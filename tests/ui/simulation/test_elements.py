"""Every type of element: what it holds untouched, what an answer makes of it, and what the portal refuses."""

import pytest

from packager.ui.catalogue import ELEMENTS
from packager.ui.simulation.kinds.table import BEHAVIOURS
from packager.ui.values import UNDEFINED

CHOICES = {
    "allowedValues": [{"label": "One", "value": 1}, {"label": "Two", "value": 2}, {"label": "None", "value": ""}]
}
NETWORK = {
    "defaultValue": {"name": "net", "addressPrefixSize": "/16"},
    "constraints": {"minAddressPrefixSize": "/20"},
    "subnets": {
        "web": {
            "defaultValue": {"name": "web-1", "addressPrefixSize": "/24"},
            "constraints": {"minAddressPrefixSize": "/26", "minAddressCount": 12},
        },
        "db": {"defaultValue": {"addressPrefixSize": "/25"}, "constraints": {"minAddressPrefixSize": "/25"}},
    },
}
KEY = "/subscriptions/1/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/me"
DISK = "/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/disks/d1"


def test_every_type_of_the_catalogue_has_code():
    with_value = {name.rpartition(".")[2] for name, one in ELEMENTS.items() if one.output is not None}
    assert set(BEHAVIOURS) == with_value


@pytest.mark.parametrize(
    ("kind", "more", "answer", "output", "errors"),
    [
        # text
        ("Common.TextBox", {}, None, "", []),
        ("Common.TextBox", {"defaultValue": "a"}, None, "a", []),
        ("Common.TextBox", {"defaultValue": "[concat('a', 'b')]"}, None, "ab", []),
        ("Common.TextBox", {"defaultValue": "[add(1, 2)]"}, None, "3", []),
        ("Common.TextBox", {"defaultValue": "a"}, "b", "b", []),
        ("Common.TextBox", {}, "a\r\nb", "a\nb", []),
        ("Common.TextBox", {}, 5, "", ["the answer is a text, not 5; put it in quotes"]),
        ("Common.TextBox", {"constraints": {"required": True}}, None, "", ["a value is required"]),
        ("Common.TextBox", {"constraints": {"required": "[equals(1, 1)]"}}, None, "", ["a value is required"]),
        ("Common.TextBox", {"constraints": {"required": "[equals(1, 2)]"}}, None, "", []),
        ("Common.TextBox", {"constraints": {"regex": "^a$", "validationMessage": "no"}}, None, "", []),
        ("Common.TextBox", {"constraints": {"regex": "^a$", "validationMessage": "no"}}, "b", "b", ["no"]),
        (
            "Common.TextBox",
            {"constraints": {"regex": "[concat('^', 'a')]"}},
            "b",
            "b",
            ["the value does not match the pattern ^a"],
        ),
        ("Common.TextBox", {"constraints": {"regex": "[a-z]"}}, "b", "b", []),
        ("Common.TextBox", {"constraints": {"regex": "("}}, "b", "b", []),
        ("Common.PasswordBox", {"defaultValue": "ignored"}, None, "", []),
        ("Common.PasswordBox", {"constraints": {"required": True}}, "s", "s", []),
        ("Common.PasswordBox", {}, ["s"], "", ["the answer is a text, not a list; put it in quotes"]),
        ("Common.CheckBox", {}, None, False, []),
        ("Common.CheckBox", {"defaultValue": "true"}, None, True, []),
        ("Common.CheckBox", {"defaultValue": "[equals(1, 1)]"}, None, True, []),
        ("Common.CheckBox", {"constraints": {"required": True}}, None, False, ["it must be ticked"]),
        ("Common.CheckBox", {"constraints": {"required": True, "validationMessage": "tick"}}, False, False, ["tick"]),
        ("Common.CheckBox", {}, "yes", False, ["the answer is true or false, not 'yes'"]),
        ("Common.Slider", {"min": 2, "max": 9}, None, 2, []),
        ("Common.Slider", {"min": 2, "max": 9, "defaultValue": 20}, None, 9, []),
        ("Common.Slider", {"min": "[add(1, 3)]", "max": 9, "defaultValue": 1}, None, 4, []),
        ("Common.Slider", {"min": 2, "max": 9}, 5, 5, []),
        ("Common.Slider", {"min": 2, "max": 9}, 5.0, 5, []),
        ("Common.Slider", {"min": 2, "max": 9}, 10, 9, ["10 is not between 2 and 9"]),
        ("Common.Slider", {"min": 2, "max": 9}, "5", 2, ["the answer is a whole number, not '5'"]),
        ("Common.Slider", {}, None, UNDEFINED, []),
        ("Common.FileUpload", {}, None, UNDEFINED, []),
        ("Common.FileUpload", {"constraints": {"required": True}}, None, UNDEFINED, ["a value is required"]),
        ("Common.FileUpload", {}, "text", "text", []),
        ("Common.FileUpload", {"options": {"multiple": True}}, "text", ["text"], []),
        ("Common.FileUpload", {}, ["text"], UNDEFINED, ["the answer is a text, not a list"]),
        ("Common.DatePicker", {}, None, UNDEFINED, []),
        ("Common.DatePicker", {}, "Fri Aug 05 2022", "Fri Aug 05 2022", []),
        ("Common.SecureString", {}, "s", "s", []),
        # choices
        ("Common.DropDown", {"constraints": CHOICES}, None, 1, []),
        ("Common.DropDown", {"constraints": CHOICES, "defaultValue": "Two"}, None, 2, []),
        ("Common.DropDown", {"constraints": CHOICES, "defaultValue": 2}, None, UNDEFINED, []),
        ("Common.DropDown", {"constraints": CHOICES, "defaultValue": {"value": 2}}, None, 2, []),
        ("Common.DropDown", {"constraints": CHOICES, "defaultValue": {"label": "Two"}}, None, 2, []),
        ("Common.DropDown", {"constraints": CHOICES}, "Two", 2, []),
        ("Common.DropDown", {"constraints": CHOICES}, 2, 2, []),
        ("Common.DropDown", {"constraints": CHOICES}, 3, 1, ["3 is none of the choices: 'One', 'Two', 'None'"]),
        ("Common.DropDown", {"constraints": {**CHOICES, "required": True}}, "", "", ["a value is required"]),
        ("Common.DropDown", {"constraints": {"allowedValues": "[basics('nothing')]"}}, None, UNDEFINED, []),
        (
            "Common.DropDown",
            {"constraints": {"allowedValues": "[basics('nothing')]"}},
            "a",
            UNDEFINED,
            ["'a' cannot be chosen: there is nothing to choose from"],
        ),
        (
            "Common.DropDown",
            {"constraints": {"allowedValues": '[parse(\'[{"label":"L","value":"V"}]\')]'}},
            None,
            "V",
            [],
        ),
        ("Common.DropDown", {"constraints": CHOICES, "multiselect": True}, None, [], []),
        ("Common.DropDown", {"constraints": CHOICES, "multiselect": True, "defaultValue": ["Two"]}, None, [2], []),
        ("Common.DropDown", {"constraints": CHOICES, "multiselect": True, "defaultValue": "Two"}, None, 2, []),
        ("Common.DropDown", {"constraints": CHOICES, "multiselect": True}, ["Two", 1], [2, 1], []),
        ("Common.DropDown", {"constraints": CHOICES, "multiselect": True}, "Two", [2], []),
        ("Common.OptionsGroup", {"constraints": CHOICES}, None, 1, []),
        ("Common.OptionsGroup", {"constraints": CHOICES, "defaultValue": "Two"}, None, 2, []),
        # texts that are shown
        (
            "Common.TextBlock",
            {"options": {"text": "A", "link": {"label": "more", "uri": "https://a"}}},
            None,
            "A more",
            [],
        ),
        ("Common.TextBlock", {"options": {"text": "[concat('A', string(1))]"}}, None, "A1", []),
        ("Common.TextBlock", {}, None, "", []),
        ("Common.InfoBox", {"options": {"icon": "Info", "text": "A"}}, None, "A", []),
        # tables and tags
        ("Common.TagsByResource", {"resources": ["A.B/c"]}, None, {}, []),
        (
            "Common.TagsByResource",
            {"resources": ["A.B/c"]},
            {"A.B/c": {"k": "v"}, "A.B/d": {}},
            {"A.B/c": {"k": "v"}},
            [],
        ),
        (
            "Common.TagsByResource",
            {"resources": ["A.B/c"]},
            {"A.B/e": {"k": 1}},
            {"A.B/e": {"k": 1}},
            ["the element offers no tags for 'A.B/e'", "the tag 'k' is no text"],
        ),
        (
            "Common.TagsByResource",
            {"resources": []},
            {"k": "v"},
            {},
            ["the answer is an object with tags for each type of resource, not an object"],
        ),
        ("Common.Grid", {"defaultValue": [{"a": 1}]}, None, [{"a": 1}], []),
        # machines
        ("Compute.UserNameTextBox", {"osPlatform": "Linux"}, None, "", ["a value is required"]),
        ("Compute.UserNameTextBox", {"osPlatform": "Linux", "constraints": {"required": False}}, None, "", []),
        ("Compute.UserNameTextBox", {"osPlatform": "Linux"}, "video", "video", ["'video' is a reserved name"]),
        ("Compute.UserNameTextBox", {"osPlatform": "Windows"}, "video", "video", []),
        ("Compute.UserNameTextBox", {"osPlatform": "Windows"}, "abc.", "abc.", ["the name must not end with a period"]),
        (
            "Compute.UserNameTextBox",
            {"osPlatform": "Windows"},
            "a" * 21,
            "a" * 21,
            ["the name has 21 characters; it may have 20"],
        ),
        (
            "Compute.CredentialsCombo",
            {"osPlatform": "Windows"},
            None,
            {"authenticationType": "password", "password": ""},
            ["a password is needed"],
        ),
        (
            "Compute.CredentialsCombo",
            {"osPlatform": "Windows", "constraints": {"required": False}},
            None,
            {"authenticationType": "password", "password": ""},
            [],
        ),
        (
            "Compute.CredentialsCombo",
            {"osPlatform": "Linux", "options": {"hidePassword": True}},
            None,
            {"authenticationType": "sshPublicKey", "sshPublicKey": "", "sshKeyName": "", "generateNewSshKey": False},
            ["an SSH public key is needed"],
        ),
        (
            "Compute.CredentialsCombo",
            {"osPlatform": "Linux"},
            {"sshPublicKey": "ssh-rsa AAAA"},
            {
                "authenticationType": "sshPublicKey",
                "sshPublicKey": "ssh-rsa AAAA",
                "sshKeyName": "",
                "generateNewSshKey": False,
            },
            [],
        ),
        (
            "Compute.CredentialsCombo",
            {"osPlatform": "Linux"},
            {"generateNewSshKey": True, "sshKeyName": "k"},
            {"authenticationType": "sshPublicKey", "sshPublicKey": "", "sshKeyName": "k", "generateNewSshKey": True},
            [],
        ),
        (
            "Compute.CredentialsCombo",
            {"osPlatform": "Linux"},
            {"password": "Password1"},
            {"authenticationType": "password", "password": "Password1"},
            ["the password has 9 characters; it needs 12 to 72", "the password is on the list of well-known ones"],
        ),
        (
            "Compute.CredentialsCombo",
            {"osPlatform": "Windows", "constraints": {"customPasswordRegex": "z", "customValidationMessage": "no z"}},
            {"password": "aaaaaaaaaaaa"},
            {"authenticationType": "password", "password": "aaaaaaaaaaaa"},
            [
                "the password needs three of these: lower-case letters, upper-case letters, digits, special characters",
                "no z",
            ],
        ),
        (
            "Compute.CredentialsCombo",
            {"osPlatform": "Linux", "options": {"hidePassword": True}},
            {"password": "Abcdefgh1234"},
            {"authenticationType": "password", "password": "Abcdefgh1234"},
            ["the form takes an SSH key only"],
        ),
        (
            "Compute.CredentialsCombo",
            {"osPlatform": "Windows"},
            {"sshPublicKey": "k"},
            ...,
            ["Windows takes a password only"],
        ),
        ("Compute.SizeSelector", {"recommendedSizes": ["A", "B"]}, None, "A", []),
        (
            "Compute.SizeSelector",
            {"recommendedSizes": ["A", "B"], "constraints": {"excludedSizes": ["a"]}},
            None,
            "B",
            [],
        ),
        (
            "Compute.SizeSelector",
            {"recommendedSizes": ["A"], "constraints": {"allowedSizes": ["C"]}},
            None,
            UNDEFINED,
            ["a size is needed"],
        ),
        (
            "Compute.SizeSelector",
            {"recommendedSizes": ["A"], "constraints": {"allowedSizes": ["C"]}},
            "D",
            "D",
            ["the form does not allow the size 'D'"],
        ),
        ("Compute.SizeSelector", {"recommendedSizes": ["[concat('A', '1')]"]}, None, "A1", []),
        # storage
        (
            "Storage.StorageAccountSelector",
            {"defaultValue": {"name": "acc", "type": "Standard_LRS"}},
            None,
            {
                "name": "acc",
                "resourceGroup": "rg1",
                "type": "Standard_LRS",
                "newOrExisting": "new",
                "kind": "StorageV2",
            },
            [],
        ),
        (
            "Storage.StorageAccountSelector",
            {"constraints": {"excludedTypes": ["Premium_LRS"]}},
            {"name": "Bad!"},
            {
                "name": "Bad!",
                "resourceGroup": "rg1",
                "type": "Standard_LRS",
                "newOrExisting": "new",
                "kind": "StorageV2",
            },
            ["the name of the storage account must have 3 to 24 lower-case letters and digits"],
        ),
        (
            "Storage.StorageAccountSelector",
            {"options": {"hideExisting": True}, "constraints": {"allowedTypes": ["Standard_GRS"]}},
            {"name": "acc", "newOrExisting": "existing", "resourceGroup": "other", "type": "Premium_LRS"},
            {
                "name": "acc",
                "resourceGroup": "other",
                "type": "Premium_LRS",
                "newOrExisting": "existing",
                "kind": "StorageV2",
            },
            ["the form takes new storage accounts only", "the form does not allow the type 'Premium_LRS'"],
        ),
        (
            "Storage.MultiStorageAccountCombo",
            {"defaultValue": {"prefix": "sa"}, "count": "[add(1, 1)]"},
            None,
            {"prefix": "sa", "count": 2, "resourceGroup": "rg1", "type": "Premium_LRS"},
            [],
        ),
        (
            "Storage.MultiStorageAccountCombo",
            {"count": 10},
            {"prefix": "a" * 23},
            {"prefix": "a" * 23, "count": 10, "resourceGroup": "rg1", "type": "Premium_LRS"},
            ["the prefix with 2 digits behind it must have 3 to 24 lower-case letters and digits"],
        ),
        ("Storage.StorageBlobSelector", {}, None, UNDEFINED, []),
        (
            "Storage.StorageBlobSelector",
            {"constraints": {"allowedFileExtensions": ["zip"]}},
            {"blobName": "a.txt", "sasUri": "https://a"},
            {"blobName": "a.txt", "sasUri": "https://a"},
            ["'a.txt' does not end with .zip"],
        ),
        # identities, applications, resources
        ("ManagedIdentity.IdentitySelector", {}, None, {"type": "None"}, []),
        (
            "ManagedIdentity.IdentitySelector",
            {"defaultValue": {"systemAssignedIdentity": "On"}},
            None,
            {"type": "SystemAssigned"},
            [],
        ),
        (
            "ManagedIdentity.IdentitySelector",
            {"defaultValue": {"systemAssignedIdentity": "OnOnly"}},
            {"userAssignedIdentities": [KEY]},
            {"type": "SystemAssigned, UserAssigned", "userAssignedIdentities": {KEY: {}}},
            [],
        ),
        (
            "ManagedIdentity.IdentitySelector",
            {"defaultValue": {"systemAssignedIdentity": "OnOnly"}},
            {"type": "None"},
            {"type": "None"},
            ["the identity of the system is fixed: OnOnly"],
        ),
        (
            "ManagedIdentity.IdentitySelector",
            {"options": {"hideUserAssignedIdentity": True}},
            {"userAssignedIdentities": {"me": {}}},
            {"type": "UserAssigned", "userAssignedIdentities": {"me": {}}},
            ["the form takes no user-assigned identities", "'me' is no id of a user-assigned identity"],
        ),
        ("Common.ServicePrincipalSelector", {}, None, UNDEFINED, []),
        (
            "Common.ServicePrincipalSelector",
            {"defaultValue": {"principalId": "p"}, "constraints": {"required": True}},
            None,
            {
                "appId": "p",
                "objectId": [],
                "password": "",
                "certificateThumbprint": "",
                "newOrExisting": "new",
                "authenticationType": "password",
            },
            ["a password or a certificate is needed"],
        ),
        (
            "Common.ServicePrincipalSelector",
            {"defaultValue": {"principalId": "p"}, "constraints": {"regex": "^.{5}$", "validationMessage": "five"}},
            {"appId": "q", "password": "four"},
            {
                "appId": "q",
                "objectId": [],
                "password": "four",
                "certificateThumbprint": "",
                "newOrExisting": "existing",
                "authenticationType": "password",
            },
            ["five"],
        ),
        ("Solutions.ResourceSelector", {"resourceType": "Microsoft.Compute/disks"}, None, UNDEFINED, []),
        (
            "Solutions.ResourceSelector",
            {"resourceType": "Microsoft.Compute/disks", "constraints": {"required": True}},
            None,
            UNDEFINED,
            ["a resource is needed"],
        ),
        (
            "Solutions.ResourceSelector",
            {"resourceType": "Microsoft.Compute/disks"},
            DISK,
            {"id": DISK, "name": "d1"},
            [],
        ),
        (
            "Solutions.ResourceSelector",
            {"resourceType": "Microsoft.Compute/disks"},
            {"id": KEY, "location": "here"},
            {"id": KEY, "name": "me", "location": "here"},
            [f"'{KEY[:80]}' is no id of a Microsoft.Compute/disks"],
        ),
        (
            "KeyVault.KeyVaultCertificateSelector",
            {},
            {"certificateUrl": "https://a"},
            {"certificateUrl": "https://a"},
            [],
        ),
        ("KeyVault.KeyVaultCertificateSelector", {}, "a", UNDEFINED, ["the answer is an object, not 'a'"]),
        ("OperationalInsights.WorkspaceSelector", {}, {"id": "w"}, {"id": "w"}, []),
        ("Solutions.JitConfigurator", {}, {"policy": 1}, {"policy": 1}, []),
        ("Common.ServicePrincipalV2Selector", {}, None, UNDEFINED, []),
        ("Solutions.BladeInvokeControl", {}, {"a": 1}, {"a": 1}, []),
        ("Common.Selector", {"value": "v"}, None, {"changing": False, "value": "v"}, []),
        ("Common.Nonsense", {}, None, UNDEFINED, []),
        ("Common.Nonsense", {}, 5, 5, []),
        # networks
        (
            "Network.PublicIpAddressCombo",
            {"defaultValue": {"publicIpAddressName": "ip", "domainNameLabel": "me"}},
            None,
            {
                "name": "ip",
                "resourceGroup": "rg1",
                "domainNameLabel": "me",
                "publicIPAllocationMethod": "Dynamic",
                "sku": "Basic",
                "newOrExistingOrNone": "new",
            },
            [],
        ),
        (
            "Network.PublicIpAddressCombo",
            {"options": {"hideNone": True}},
            {"newOrExistingOrNone": "none"},
            {"newOrExistingOrNone": "none"},
            ["a public IP address is needed"],
        ),
        (
            "Network.PublicIpAddressCombo",
            {"options": {"hideDomainNameLabel": True, "hideExisting": True}},
            {"newOrExistingOrNone": "existing", "name": "ip", "resourceGroup": "g", "sku": "Standard"},
            {
                "name": "ip",
                "resourceGroup": "g",
                "publicIPAllocationMethod": "Dynamic",
                "sku": "Standard",
                "newOrExistingOrNone": "existing",
            },
            ["the form takes new public IP addresses only"],
        ),
        (
            "Network.PublicIpAddressCombo",
            {"constraints": {"required": {"domainNameLabel": True}}},
            None,
            ...,
            ["the public IP address needs a name", "a domain name label is needed"],
        ),
        (
            "Network.VirtualNetworkCombo",
            NETWORK,
            None,
            {
                "name": "net",
                "resourceGroup": "rg1",
                "newOrExisting": "new",
                "addressPrefixes": ["10.0.0.0/16"],
                "addressPrefix": "10.0.0.0/16",
                "subnets": {
                    "web": {"name": "web-1", "addressPrefix": "10.0.0.0/24", "startAddress": "10.0.0.4"},
                    "db": {"name": "db", "addressPrefix": "10.0.1.0/25", "startAddress": "10.0.1.4"},
                },
            },
            [],
        ),
        (
            "Network.VirtualNetworkCombo",
            NETWORK,
            {"name": "mine", "addressPrefix": "10.7.0.0/24", "subnets": {"db": {"addressPrefix": "10.7.0.0/25"}}},
            {
                "name": "mine",
                "resourceGroup": "rg1",
                "newOrExisting": "new",
                "addressPrefixes": ["10.7.0.0/24"],
                "addressPrefix": "10.7.0.0/24",
                "subnets": {
                    "web": {"name": "web-1", "addressPrefix": UNDEFINED, "startAddress": UNDEFINED},
                    "db": {"name": "db", "addressPrefix": "10.7.0.0/25", "startAddress": "10.7.0.4"},
                },
            },
            [
                "the address space 10.7.0.0/24 is smaller than /20",
                "the virtual network has no room for subnet 'web'",
            ],
        ),
        (
            "Network.VirtualNetworkCombo",
            NETWORK,
            {
                "newOrExisting": "existing",
                "name": "old",
                "resourceGroup": "g",
                "addressPrefixes": ["10.0.0.0/16", "10.9.0.0/16"],
                "subnets": {
                    "web": {"name": "w", "addressPrefix": "10.9.0.0/28"},
                    "db": {"name": "d", "addressPrefix": "10.9.0.0/24"},
                },
            },
            {
                "name": "old",
                "resourceGroup": "g",
                "newOrExisting": "existing",
                "addressPrefixes": ["10.0.0.0/16", "10.9.0.0/16"],
                "addressPrefix": "10.0.0.0/16",
                "subnets": {
                    "web": {"name": "w", "addressPrefix": "10.9.0.0/28", "startAddress": "10.9.0.4"},
                    "db": {"name": "d", "addressPrefix": "10.9.0.0/24", "startAddress": "10.9.0.4"},
                },
            },
            [
                "subnet 'web' (10.9.0.0/28) is smaller than /26",
                "subnet 'web' (10.9.0.0/28) has 11 addresses, and 12 are needed",
                "subnets 'db' and 'web' overlap",
            ],
        ),
        (
            "Network.VirtualNetworkCombo",
            {**NETWORK, "defaultValue": {}, "options": {"hideExisting": True}},
            {"newOrExisting": "existing", "addressPrefix": "10.0.0.1/16"},
            ...,
            [
                "the virtual network needs a name",
                "the form takes new virtual networks only",
                "'10.0.0.1/16' is no address space; write it as 10.0.0.0/16",
            ],
        ),
    ],
)
def test_an_element(one, kind, more, answer, output, errors):
    found, messages = one(kind, answer, **more)
    assert output is ... or found == output
    assert messages == errors


def test_a_table_checks_its_rows_and_cells(run, definition, element):
    row = "last(take(basics('x'), $rowIndex))"
    columns = [
        {
            "id": "name",
            "header": "N",
            "element": {"type": "Microsoft.Common.TextBox", "constraints": {"required": True}},
        },
        {
            "id": "role",
            "header": "R",
            "element": {"type": "Microsoft.Common.DropDown", "constraints": CHOICES, "defaultValue": "Two"},
        },
        {
            "id": "low",
            "header": "L",
            "element": {
                "type": "Microsoft.Common.TextBox",
                "constraints": {
                    "validations": [
                        {
                            "isValid": f"[equals({row}.low, toLower({row}.low))]",
                            "message": "[concat('row ', string($rowIndex), ' shouts')]",
                        }
                    ]
                },
            },
        },
    ]
    grid = element("Common.EditableGrid", constraints={"columns": columns, "rows": {"count": {"min": 1, "max": 2}}})
    form = definition([grid], {"rows": "[basics('x')]"})
    empty = run(form)
    assert [error.message for error in empty.errors] == ["the table has 0 rows, less than the 1 that it needs"]
    found = run(form, {"basics": {"x": [{"name": "a", "low": "b"}, {"low": "C", "role": 9}, {"name": "d"}]}})
    assert found.parameters() == {
        "rows": [
            {"name": "a", "low": "b", "role": 2},
            {"low": "C", "role": 9, "name": ""},
            {"name": "d", "role": 2, "low": ""},
        ]
    }
    assert [error.message for error in found.errors] == [
        "the table has 3 rows, more than the 2 that it may have",
        "row 2, column 'name': a value is required",
        "row 2, column 'role': 9 is none of the choices: 'One', 'Two', 'None'",
        "row 2, column 'low': row 2 shouts",
    ]


def test_a_network_that_is_full_says_so(one):
    subnets = {name: {"constraints": {"minAddressPrefixSize": "/25"}} for name in "abc"}
    more = {"defaultValue": {"name": "n", "addressPrefixSize": "/24"}, "constraints": {}, "subnets": subnets}
    output, errors = one("Network.VirtualNetworkCombo", None, **more)
    assert [one["addressPrefix"] for one in output["subnets"].values()] == ["10.0.0.0/25", "10.0.0.128/25", UNDEFINED]
    assert errors == ["the virtual network has no room for subnet 'c'"]


def test_a_resource_is_known_from_the_responses(one):
    disk = {"id": DISK, "name": "d1", "location": "westus", "sku": {}}
    responses = [{"path": "/subscriptions/1/providers/Microsoft.Compute/disks", "response": {"value": [disk]}}]
    output, errors = one("Solutions.ResourceSelector", DISK.upper(), responses, resourceType="Microsoft.Compute/disks")
    assert (output, errors) == ({"id": DISK.upper(), "name": "d1", "location": "westus"}, [])


GROUP = "/subscriptions/1/resourceGroups/g/providers"
EXISTING = [
    {
        "path": "/subscriptions/*/resources",
        "response": {
            "value": [
                {
                    "id": f"{GROUP}/Microsoft.Network/virtualNetworks/old",
                    "name": "old",
                    "properties": {
                        "addressSpace": {"addressPrefixes": ["10.5.0.0/16"]},
                        "subnets": [{"name": "w", "properties": {"addressPrefix": "10.5.1.0/24"}}],
                    },
                },
                {
                    "id": f"{GROUP}/Microsoft.Network/publicIPAddresses/ip",
                    "name": "ip",
                    "sku": {"name": "Standard"},
                    "properties": {"publicIPAllocationMethod": "Static", "dnsSettings": {"domainNameLabel": "me"}},
                },
                {
                    "id": f"{GROUP}/Microsoft.Storage/storageAccounts/acc",
                    "name": "acc",
                    "sku": {"name": "Standard_ZRS"},
                    "kind": "BlobStorage",
                },
            ]
        },
    }
]


def test_what_exists_is_known_from_the_responses(one):
    answer = {"newOrExisting": "existing", "name": "Old", "resourceGroup": "G", "subnets": {"web": {"name": "w"}}}
    output, errors = one("Network.VirtualNetworkCombo", answer, EXISTING, subnets={"web": {}}, constraints={})
    assert (output["addressPrefixes"], errors) == (["10.5.0.0/16"], [])
    assert output["subnets"] == {"web": {"name": "w", "addressPrefix": "10.5.1.0/24", "startAddress": "10.5.1.4"}}
    elsewhere = {**answer, "resourceGroup": "other"}
    output, _ = one("Network.VirtualNetworkCombo", elsewhere, EXISTING, subnets={"web": {}}, constraints={})
    assert (output["addressPrefixes"], output["subnets"]["web"]["addressPrefix"]) == ([], UNDEFINED)
    output, _ = one("Network.PublicIpAddressCombo", {"newOrExistingOrNone": "existing", "name": "ip"}, EXISTING)
    assert (output["domainNameLabel"], output["publicIPAllocationMethod"], output["sku"]) == (
        "me",
        "Static",
        "Standard",
    )
    output, _ = one("Storage.StorageAccountSelector", {"newOrExisting": "existing", "name": "acc"}, EXISTING)
    assert (output["type"], output["kind"]) == ("Standard_ZRS", "BlobStorage")


def test_the_place_of_a_form_view_comes_from_the_scope(run, form_view, element):
    kinds = ["SubscriptionSelector", "ResourceGroupSelector", "LocationSelector", "TenantSelector", "ResourceScope"]
    elements = [element(f"Common.{kind}", kind) for kind in kinds]
    found = run(form_view({"one": [*elements, element("Common.ManagementGroupSelector", "Group")]}))
    assert {kind: found.state(f"steps/one/{kind}").output for kind in [*kinds, "Group"]} == {
        "SubscriptionSelector": {"subscriptionId": "1", "tenantId": "2", "displayName": "Subscription"},
        "ResourceGroupSelector": {
            "mode": "New",
            "modeName": "New",
            "value": {"name": "rg1", "location": "westus", "resourceId": "/subscriptions/1/resourceGroups/rg1"},
        },
        "LocationSelector": {"name": "westus", "displayName": "westus"},
        "TenantSelector": {"tenantId": "2"},
        "ResourceScope": {
            "subscription": {
                "id": "/subscriptions/1",
                "subscriptionId": "1",
                "tenantId": "2",
                "displayName": "Subscription",
            },
            "resourceGroup": {
                "id": "/subscriptions/1/resourceGroups/rg1",
                "name": "rg1",
                "location": "westus",
                "mode": "New",
                "modeName": "New",
            },
            "location": {"name": "westus", "displayName": "westus"},
        },
        "Group": UNDEFINED,
    }


def test_the_fields_of_a_form_view_judge_the_place(run, form_view, element):
    rule = {"isValid": "[not(equals(steps('one').scope.subscription.subscriptionId, '1'))]", "message": "not here"}
    names = {"regex": "^[a-z]+$", "message": "letters"}
    elements = [
        element(
            "Common.ResourceScope",
            "scope",
            subscription={"constraints": {"validations": [rule]}},
            resourceName={"constraints": {"validations": [names]}},
            location={"allowedValues": ["eastus"]},
        ),
        element("Common.LocationSelector", "region", allowedValues=["[concat('east', 'us')]", "northeurope"]),
        element("Common.ResourceGroupSelector", "group", allowedMode="UseExisting"),
        element("Common.TenantSelector", "tenant", constraints=[{"isValid": False, "message": "no tenant"}]),
    ]
    found = run(form_view({"one": elements}), {"steps": {"one": {"scope": {"resourceName": "A1"}}}})
    assert [(error.element, error.message) for error in found.errors] == [
        ("steps/one/scope", "not here"),
        ("steps/one/scope", "letters"),
        ("steps/one/scope", "'westus' is none of the regions: eastus"),
        ("steps/one/region", "'westus' is none of the regions: eastus, northeurope"),
        ("steps/one/group", "the form takes a resource group that is existing"),
        ("steps/one/tenant", "no tenant"),
    ]
    assert found.cycles == ()
    nowhere = run(form_view({"one": elements[1:2]}), scope={})
    assert nowhere.errors == ()


SIZES = {"path": "/sizes", "response": {"value": [{"name": "small", "id": 1}, {"name": "large", "id": 2}]}}
REQUEST = {"method": "GET", "path": "/sizes?api-version=2024-01-01"}


@pytest.mark.parametrize("kind", ["Solutions.ArmApiControl", "Solutions.GraphApiControl"])
def test_transforms_make_something_of_the_answer(one, kind):
    transforms = {"names": "value[].name", "first": {"jmesPath": "value[0].id"}}
    output, errors = one(kind, None, [SIZES], request={**REQUEST, "transforms": transforms})
    assert (output["transformed"], errors) == ({"names": ["small", "large"], "first": 1}, [])
    assert output["value"] == SIZES["response"]["value"]


def test_what_the_responses_say_of_a_transform_stands(one):
    given = {"path": "/sizes", "response": {**SIZES["response"], "transformed": {"names": ["x"]}}}
    transforms = {"names": "value[", "ids": "value[].id", "mapped": {"jmesPath": "value", "propertyMappings": {}}}
    output, errors = one("Solutions.ArmApiControl", None, [given], request={**REQUEST, "transforms": transforms})
    assert (output["transformed"], errors) == ({"names": ["x"], "ids": [1, 2]}, [])


def test_a_transform_that_fails_is_an_error_of_its_element(one):
    request = {**REQUEST, "transforms": {"count": "length(value[0].id)"}}
    output, errors = one("Solutions.ArmApiControl", None, [SIZES], request=request)
    assert output["transformed"] == {}
    (message,) = errors
    assert message.startswith(
        "the transform 'count' makes nothing of the answer: the JMESPath fails: In function length()"
    )


def test_without_an_answer_nothing_is_transformed(one):
    output, errors = one("Solutions.ArmApiControl", request={**REQUEST, "transforms": {"names": "value["}})
    assert (output, errors) == (UNDEFINED, [])
