"""What expanding a template gives: resources, what was skipped, outputs, and what was wrong on the way."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

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
NESTED = "nested-deployment"
UNDECLARED = "undeclared-parameter"
UNKNOWN_TYPE = "unknown-type"
MISPLACED_LOOP = "misplaced-loop"


class ExpandedResource(NamedTuple):
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


class Outlet(NamedTuple):
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


class Skipped(NamedTuple):
    """A resource that is not deployed, and why."""

    id: Value
    reason: str


class Output(NamedTuple):
    """An output as declared, with its value."""

    type: str
    value: Value


class Trouble(NamedTuple):
    """Something that Azure would refuse, at its place; `code` is one of those above, or that of an expression error."""

    code: str
    message: str
    spot: Spot
    hint: str | None = None


class Expansion:
    """The result for one template file; `missing` are the required parameters that have no value, `outlets` what leaves
    it or one of the templates nested in it, `spare` the entries of `dependsOn` that change nothing, `doubts` what Azure
    may refuse.
    """

    __slots__ = ("doubts", "missing", "outlets", "outputs", "resources", "skipped", "spare", "troubles")

    def __init__(
        self,
        resources: list[ExpandedResource] | None = None,
        skipped: list[Skipped] | None = None,
        outputs: dict[str, Output] | None = None,
        missing: list[str] | None = None,
        troubles: list[Trouble] | None = None,
        outlets: list[Outlet] | None = None,
    ) -> None:
        self.resources = resources if resources is not None else []
        self.skipped = skipped if skipped is not None else []
        self.outputs = outputs if outputs is not None else {}
        self.missing = missing if missing is not None else []
        self.troubles = troubles if troubles is not None else []
        self.outlets = outlets if outlets is not None else []
        self.spare: list[Spot] = []
        self.doubts: list[Trouble] = []
