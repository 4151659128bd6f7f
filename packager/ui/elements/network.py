"""Virtual networks and public addresses."""

from packager.ui.elements.model import BuiltIn, ElementType, Member, Output, Setting
from packager.ui.elements.shared import CONSTRAINTS, HIDE_EXISTING, OPTIONS, composite, scope

VIRTUAL_NETWORK_COMBO = ElementType(
    name="Microsoft.Network.VirtualNetworkCombo",
    about="A new or existing virtual network with its subnets",
    settings=(
        *composite("label", "virtualNetwork", "subnets"),
        *composite("toolTip", "virtualNetwork", "subnets", required=False, dynamic=True),
        Setting("defaultValue", ("object",)),
        Setting("defaultValue.name", ("string",), "Of the new network", dynamic=True, source="DF"),
        Setting(
            "defaultValue.addressPrefixSize", ("string",), "`/16`: proposes a free block of that size", format="prefix"
        ),
        CONSTRAINTS._replace(required=True),
        Setting(
            "constraints.minAddressPrefixSize",
            ("string",),
            "Smaller networks are not offered",
            required=True,
            format="prefix",
        ),
        OPTIONS,
        HIDE_EXISTING,
        Setting("subnets", ("object",), "By the name that the output has them under", required=True, least=1),
        Setting("subnets.*", ("object",)),
        Setting("subnets.*.label", ("string",), required=True),
        Setting("subnets.*.defaultValue", ("object",)),
        Setting("subnets.*.defaultValue.name", ("string",), dynamic=True),
        Setting("subnets.*.defaultValue.addressPrefixSize", ("string",), format="prefix"),
        Setting("subnets.*.constraints", ("object",), required=True),
        Setting("subnets.*.constraints.minAddressPrefixSize", ("string",), required=True, format="prefix"),
        Setting(
            "subnets.*.constraints.minAddressCount", ("integer",), "Free addresses", default=0, dynamic=True, least=0
        ),
        Setting("subnets.*.constraints.requireContiguousAddresses", ("boolean",), default=True),
        *scope("subscriptionId", "location"),
    ),
    output=Output(
        "object",
        (
            Member("name", "string"),
            Member("resourceGroup", "string"),
            Member("newOrExisting", "string", "`new` or `existing`"),
            Member("addressPrefixes", "array"),
            Member("addressPrefix", "string", "The first of them"),
            Member("subnets", "object"),
            Member("subnets.*", "object"),
            Member("subnets.*.name", "string"),
            Member("subnets.*.addressPrefix", "string"),
            Member("subnets.*.startAddress", "string", "The first usable address: the network's plus 4", source="I"),
        ),
    ),
    initial="a new network at 10.0.0.0 of the proposed size, with the subnets one after the other in it",
    rules=(
        BuiltIn("network-name", "a new network has a name"),
        BuiltIn("network-size", "the network is at least as large as `minAddressPrefixSize` says"),
        BuiltIn(
            "subnet-size", "every subnet is at least as large as its `minAddressPrefixSize` and `minAddressCount` say"
        ),
        BuiltIn("subnet-place", "subnets lie in the network and do not overlap"),
    ),
    notes=(
        "In the portal the subnets of a small network (/24) may be proposed outside of it",
        "Whether a network exists already is not known offline",
    ),
)

PUBLIC_IP_ADDRESS_COMBO = ElementType(
    name="Microsoft.Network.PublicIpAddressCombo",
    about="A new or existing public address, or none",
    settings=(
        *composite("label", "publicIpAddress", "domainNameLabel"),
        *composite("toolTip", "publicIpAddress", "domainNameLabel", required=False, dynamic=True),
        Setting("defaultValue", ("object",)),
        Setting("defaultValue.publicIpAddressName", ("string",), "Of the new address", dynamic=True, source="DF"),
        Setting("defaultValue.domainNameLabel", ("string",), dynamic=True, source="DF"),
        CONSTRAINTS,
        Setting("constraints.required", ("object",)),
        Setting("constraints.required.domainNameLabel", ("boolean",), default=False, dynamic=True),
        OPTIONS,
        Setting("options.hideNone", ("boolean",), "An address is needed", default=False, dynamic=True),
        Setting("options.hideDomainNameLabel", ("boolean",), default=False, dynamic=True),
        HIDE_EXISTING,
        Setting("options.zone", ("integer",)),
        Setting("options.sku", ("string",), source="S"),
        *scope("subscriptionId", "location"),
    ),
    output=Output(
        "object",
        (
            Member("newOrExistingOrNone", "string", "`new`, `existing` or `none`; with `none` the only member"),
            Member("name", "string", always=False),
            Member("resourceGroup", "string", always=False),
            Member("domainNameLabel", "string", "Unless it is hidden", always=False),
            Member("publicIPAllocationMethod", "string", always=False),
            Member("sku", "string", always=False),
        ),
    ),
    initial="a new address with the default name, without a name where there is none (unconfirmed)",
    rules=(
        BuiltIn("address-name", "a new address has a name"),
        BuiltIn("address-needed", "with `hideNone` there is an address"),
        BuiltIn("domain-label", "a label is given where it is required"),
    ),
    notes=(
        "`constraints.required` is an object here",
        "Allocation method and SKU are `Dynamic` and `Basic` as documented",
    ),
)

ELEMENTS = (VIRTUAL_NETWORK_COMBO, PUBLIC_IP_ADDRESS_COMBO)
