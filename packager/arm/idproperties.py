"""Properties of resources that hold the id of another resource, and what such an id is made from."""

from typing import Any

from packager.arm.flow import Sources
from packager.arm.follow import parsed
from packager.expressions.nodes import is_call, literal_argument
from packager.source.tree import ObjectNode

# The functions that an id can come from; those that begin with `list` are others.
_SOURCES = frozenset(
    {
        "resourceid",
        "extensionresourceid",
        "subscriptionresourceid",
        "tenantresourceid",
        "managementgroupresourceid",
        "reference",
        "resourcegroup",
        "subscription",
        "managementgroup",
        "tenant",
        "deployment",
        "deployer",
        "copyindex",
    }
)
# Properties that refer to another resource by an object with its id.
_REFERENCES = frozenset(
    {
        "applicationgatewaybackendaddresspools",
        "applicationsecuritygroups",
        "availabilityset",
        "backendaddresspool",
        "ddosprotectionplan",
        "diskencryptionset",
        "firewallpolicy",
        "frontendipconfiguration",
        "loadbalancerbackendaddresspools",
        "loadbalancerinboundnatrules",
        "managedhsm",
        "natgateway",
        "networkinterfaces",
        "networksecuritygroup",
        "privatednszone",
        "proximityplacementgroup",
        "publicipaddress",
        "publicipprefix",
        "remotevirtualnetwork",
        "routetable",
        "sourcevault",
        "subnet",
        "virtualhub",
        "virtualnetwork",
        "virtualwan",
    }
)
_ID_NAMES = frozenset(
    {
        "serverfarmid",
        "subnetid",
        "vnetsubnetid",
        "virtualnetworksubnetid",
        "storageaccountid",
    }
)
_ELSEWHERE = frozenset({"tags", "metadata", "parameters"})


def is_derived(value: Sources) -> bool:
    """Whether a value comes from a parameter, from something unknown, or from a function that knows ids."""
    known = any(name in _SOURCES or name.startswith("list") for name in value.functions)
    return bool(value.parameters) or value.open or known


def is_put_together(value: Any) -> bool:
    """Whether a text, or a call of concat() or format(), begins with `/subscriptions/`."""
    node = parsed(value) if isinstance(value, str) else None
    if node is not None and is_call(node, "concat", "format"):
        value = literal_argument(node, 0) or ""
    return isinstance(value, str) and value.strip().lower().startswith("/subscriptions/")


def is_reference(node: ObjectNode, name: str) -> bool:
    """Whether the property refers to another resource, whatever it holds."""
    if name == "id":
        around = next((step for step in reversed(node.steps) if isinstance(step, str)), "")
        return around.lower() in _REFERENCES
    return name.endswith("resourceid") or name in _ID_NAMES


def is_elsewhere(node: ObjectNode) -> bool:
    """Whether the object is not part of a resource, or of those parts of it that hold anything."""
    steps = [step.lower() for step in node.path if isinstance(step, str)]
    return steps[:1] != ["resources"] or any(step in _ELSEWHERE for step in steps)
