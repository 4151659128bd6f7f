"""Role assignments among the resources that would be deployed: what they give, to whom, and how they are named."""

from packager.arm.expansion import ExpandedResource
from packager.expressions.nodes import Call, Property, StringLiteral, calls, is_call, walk
from packager.expressions.values import Unknown, Value

_TYPE = "microsoft.authorization/roleassignments"
_OLD_FORM = "/providers/roleassignments"


def is_assignment(one: ExpandedResource) -> bool:
    """Whether a resource assigns a role, in the form of an extension or the old one of a child."""
    return isinstance(one.type, str) and (one.type.lower() == _TYPE or one.type.lower().endswith(_OLD_FORM))


def role_of(definition: Value) -> str | None:
    """The id of the role, or its name in `roleDefinitions('Owner').id`, that a roleDefinitionId surely leads to."""
    if isinstance(definition, str):
        return definition.rstrip("/").rpartition("/")[2].lower()
    node = definition.node if type(definition) is Unknown else None
    if isinstance(node, Property) and is_call(node.target, "roleDefinitions"):
        node = node.target
    if not isinstance(node, Call) or not node.arguments or is_call(node, "if", "coalesce", "reference"):
        return None
    last = node.arguments[-1]
    return last.value.rpartition("/")[2].lower() if isinstance(last, StringLiteral) else None


def is_made_here(principal: Value) -> bool:
    """Whether a principal id is that of an identity which the same deployment, or Azure for it, has just made."""
    return type(principal) is Unknown and any(calls(principal.node, "reference"))


def leaves_of(value: Value) -> set[str]:
    """The names in a value by which it can be recognised in another expression, in lower case."""
    if type(value) is not Unknown:
        return {step for step in str(value).lower().split("/") if _tells(step)}
    texts = (node.value for node in walk(value.node) if isinstance(node, StringLiteral))
    return {step for text in texts for step in text.lower().split("/") if _tells(step)}


def _tells(step: str) -> bool:
    """Whether a part of an id is a name: not a namespace, a version or a word of the path."""
    return len(step) > 2 and not step[:4].isdigit() and not step.startswith("microsoft.") and step not in _WORDS


_WORDS = frozenset(
    {"full", "providers", "subscriptions", "resourcegroups", "roledefinitions", "userassignedidentities"}
)
