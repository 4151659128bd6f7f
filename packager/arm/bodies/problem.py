"""What is wrong with the body of a resource, as plain values."""

from typing import NamedTuple

from packager.source.span import Path

# Kinds, each with a rule of its own.
PROPERTY_UNKNOWN = "resource-property-unknown"
PROPERTY_MISSING = "resource-property-missing"
PROPERTY_READ_ONLY = "resource-property-read-only"
VALUE_TYPE = "resource-value-type"
VALUE_ENUM = "resource-value-enum"
VALUE_RANGE = "resource-value-range"
SCOPE = "resource-scope"
# Weights: STYLE is what Azure accepts and a careful author writes otherwise.
ERROR, WARNING, INFO, STYLE = "error", "warning", "info", "style"


class Problem(NamedTuple):
    """`path` leads from the resource to the value, or to its name where `key` is set; `sub` what the rule tells apart.

    `name` is the property that it is about, where that is not the one at `path`.
    """

    kind: str
    sub: str | None
    weight: str
    path: Path
    message: str
    key: bool = False
    name: str = ""


def dotted(path: Path) -> str:
    """A path as people write it: `properties.subnets[0].name`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def shown(value: object, *, secret: bool = False) -> str:
    """A value in a message: short, and never a secret."""
    if secret:
        return "a secret value"
    text = str(value)
    return f"'{text}'" if len(text) <= 60 else f"'{text[:57]}...'"
