"""What expanding a template gives: resources, what was skipped, outputs, and what was wrong on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from packager.expressions.scope import Level
from packager.expressions.values import Value
from packager.source.document import Document
from packager.source.span import Path
from packager.source.spot import Spot

# Codes of troubles beside those of expressions.
SEGMENTS = "segments"
OUTPUT_TYPE = "output-type"
PARAMETER_VALUE = "parameter-value"
DUPLICATE_RESOURCE = "duplicate-resource"
UNDEFINED_DEPENDENCY = "undefined-dependency"
CIRCULAR_DEPENDENCY = "circular-dependency"
LINK = "link"


@dataclass(frozen=True, slots=True)
class ExpandedResource:
    """A resource that would be deployed. Every value can be or hold an Unknown.

    `body` is the whole resource with its full name and type, without what only steers the deployment (copy, condition,
    dependsOn, nested children). `depends_on` are ids, `deployment` is that of the nested deployment it comes from,
    `outer` tells that this one is of outer scope, `spot` is the place where the resource is declared, `level` what it
    is deployed to, None where that is not known.
    """

    id: Value
    name: Value
    type: Value
    api_version: Value
    location: Value
    scope: Value
    symbolic_name: str | None
    deployment: Value
    linked: bool
    condition: Value
    depends_on: tuple[Value, ...]
    body: Mapping[str, Value]
    spot: Spot
    outer: bool = False
    level: Level | None = None

    @property
    def properties(self) -> Value:
        """The properties; an empty object when there are none."""
        return self.body.get("properties", {})


@dataclass(frozen=True, slots=True)
class Outlet:
    """A value that leaves its template: an output, or what a nested deployment is handed as a parameter.

    `path` is that of the value in its source; `declaration` that of the output, or of the parameter in the other
    template when that is known, and `definitions` are the types that it can refer to. `outer` tells that the place
    is part of a deployment of outer scope, whose text is kept with all values in it.
    """

    kind: Literal["output", "parameter"]
    name: str
    value: Value
    document: Document
    path: Path
    declaration: Any
    definitions: Mapping[str, Any]
    outer: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    """A resource that is not deployed, and why."""

    id: Value
    reason: str


@dataclass(frozen=True, slots=True)
class Output:
    """An output as declared, with its value."""

    type: str
    value: Value


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that Azure would refuse, at its place; `code` is one of those above, or that of an expression error."""

    code: str
    message: str
    spot: Spot
    hint: str | None = None


@dataclass(slots=True)
class Expansion:
    """The result for one template file; `missing` are the required parameters that have no value, `outlets` what leaves
    it or one of the templates nested in it.
    """

    resources: list[ExpandedResource] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    outputs: dict[str, Output] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    outlets: list[Outlet] = field(default_factory=list)
