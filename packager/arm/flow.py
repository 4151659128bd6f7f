"""What flows into a value: the parameters that it reads and the functions that it calls, through variables."""

from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from packager.arm.follow import parsed
from packager.arm.template import Template, is_secure, key_of, member
from packager.expressions.nodes import (
    Call,
    Index,
    IntegerLiteral,
    Node,
    Property,
    StringLiteral,
    children,
    is_call,
    literal_argument,
)
from packager.source.reading import ABSENT

# A chain of variables that is longer is taken for unknown: following it needs Python's own stack.
_DEEPEST = 64
# What these make of constants is a constant again.
# fmt: off
_PURE = frozenset(
    {
        "array", "base64", "base64tojson", "base64tostring", "bool", "coalesce", "concat", "createarray",
        "createobject", "datauri", "datauritostring", "first", "flatten", "float", "format", "guid", "if", "int",
        "join", "json", "last", "length", "max", "min", "padleft", "range", "replace", "skip", "split", "string",
        "substring", "take", "tolower", "toupper", "trim", "union", "uniquestring", "uri", "uricomponent",
        "uricomponenttostring", "variables",
    }
)
# fmt: on
# The answers of these tell of a value that it is empty, or how long it is, and do not show it.
VERDICTS = frozenset({"contains", "empty", "endswith", "equals", "greater", "length", "less", "startswith"})
Steps = tuple[str | int, ...]


class Sources(NamedTuple):
    """What a value depends on: parameters and functions without a namespace, both by name in lower case.

    `open` says that there may be more: a name is computed, a function is user-defined, a variable cannot be found.
    """

    parameters: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    open: bool = False

    @property
    def is_constant(self) -> bool:
        """Whether the value is the same at every deployment, as the template says it."""
        return not self.parameters and not self.open and self.functions <= _PURE


class Secret(NamedTuple):
    """Something secret: a secure parameter by its name as declared, or a `list...` function by its name."""

    kind: Literal["parameter", "list"]
    name: str


class Flow:
    """Answers for the values of one template; what a variable depends on is found once.

    What is handed to the functions in `opaque` is left out.
    """

    def __init__(self, template: Template, opaque: frozenset[str] = frozenset()) -> None:
        self._template = template
        self._opaque = opaque
        self._known: dict[tuple[str, Steps], Sources] = {}

    def sources(self, value: Any, depth: int = 0) -> Sources:
        """What a JSON value depends on, by the expressions in it."""
        return _joined(self._of_node(node, depth) for text in texts_in(value) if (node := parsed(text)) is not None)

    def secrets(self, value: Any) -> list[Secret]:
        """The secure parameters and the answers of `list...` functions in a value."""
        sources, declared = self.sources(value), self._template.parameters
        names = (key_of(declared, name) for name in sources.parameters)
        parameters = (Secret("parameter", name) for name in sorted(names) if is_secure(declared.get(name)))
        functions = (Secret("list", name) for name in sorted(sources.functions) if name.startswith("list"))
        return [*parameters, *functions]

    def _of_node(self, node: Node, depth: int) -> Sources:
        found: list[Sources] = []
        stack = [node]
        while stack:
            current = stack.pop()
            access = _access(current)
            if access is not None:
                found.append(self._of_variable(*access, depth + 1))
            else:
                if isinstance(current, Call):
                    found.append(_of_call(current))
                if not is_call(current, *self._opaque):
                    stack.extend(children(current))
        return _joined(found)

    def _of_variable(self, name: str, steps: Steps, depth: int) -> Sources:
        key = (name.lower(), steps)
        if key not in self._known:
            # Azure refuses a variable that needs itself; what it depends on besides is found all the same.
            self._known[key] = Sources()
            value = self._value(name, steps)
            unknown = value is ABSENT or depth > _DEEPEST
            self._known[key] = Sources(open=True) if unknown else self.sources(value, depth)
        return self._known[key]

    def _value(self, name: str, steps: Steps) -> Any:
        """The JSON value of a variable's property; the whole variable where the steps lead through expressions."""
        declared = self._template.variables
        whole = declared.get(key_of(declared, name), ABSENT)
        if whole is ABSENT:
            loops = member(declared, "copy")
            named = (one for one in loops if isinstance(one, dict)) if isinstance(loops, list) else ()
            return next((one for one in named if str(member(one, "name")).lower() == name.lower()), ABSENT)
        value = whole
        for step in steps:
            value = _inside(value, step)
        return whole if value is ABSENT else value


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, str):
            yield current
        elif isinstance(current, dict | list):
            stack.extend(current.values() if isinstance(current, dict) else current)


def _of_call(call: Call) -> Sources:
    if call.namespace is not None:
        return Sources(open=True)
    name = call.name.lower()
    if name not in {"parameters", "variables"}:
        return Sources(functions=frozenset({name}))
    parameter = literal_argument(call, 0) if name == "parameters" else None
    return Sources(open=True) if parameter is None else Sources(parameters=frozenset({parameter.lower()}))


def _access(node: Node) -> tuple[str, Steps] | None:
    """Name and steps of `variables('x').y[0]`; None for anything else."""
    steps: list[str | int] = []
    while isinstance(node, Property | Index):
        if isinstance(node, Property):
            steps.append(node.name)
        elif isinstance(node.index, StringLiteral | IntegerLiteral):
            steps.append(node.index.value)
        else:
            return None
        node = node.target
    name = literal_argument(node, 0) if is_call(node, "variables") else None
    return None if name is None else (name, tuple(reversed(steps)))


def _inside(value: Any, step: str | int) -> Any:
    if isinstance(value, dict) and isinstance(step, str):
        return value.get(key_of(value, step), ABSENT)
    if isinstance(value, list) and isinstance(step, int):
        return value[step] if 0 <= step < len(value) else ABSENT
    return ABSENT


def _joined(parts: Iterable[Sources]) -> Sources:
    found = list(parts)
    if len(found) == 1:
        return found[0]
    return Sources(
        frozenset().union(*(one.parameters for one in found)),
        frozenset().union(*(one.functions for one in found)),
        any(one.open for one in found),
    )
