"""What a function of the portal's language is: the one description that drives evaluation, checks and its page."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any
from typing import Literal as OneOf

from packager.expressions.errors import LIMIT, ExpressionError
from packager.ui.environment import Environment
from packager.ui.nodes import Call
from packager.ui.values import Value

STRING, NUMBER, BOOLEAN, ARRAY, OBJECT, NULL, UNDEFINED_KIND, LAMBDA = (1 << bit for bit in range(8))
ANY = STRING | NUMBER | BOOLEAN | ARRAY | OBJECT | NULL
VALUE = ANY | UNDEFINED_KIND
_NAMES = ("string", "number", "boolean", "array", "object", "null", "undefined", "lambda")

# plain: from values to a value. framed: the frame comes first. lazy: the frame, then code for each argument.
Form = OneOf["plain", "framed", "lazy"]
# documented: by Microsoft, for every form. portal: only in the portal's own documentation, for Form view.
# observed: documented nowhere, met in offers.
Standing = OneOf["documented", "portal", "observed"]
MAX_STEPS = 200_000
_TEXT_COST = 64


class Frame:
    """One evaluation: the environment, the parameters of the lambdas around, and how much work is left."""

    __slots__ = ("_chance", "environment", "left", "text", "variables")

    def __init__(self, environment: Environment, text: str) -> None:
        self.environment = environment
        self.text = text
        self.variables: dict[str, Value] = {}
        self.left = MAX_STEPS
        self._chance: Random | None = None

    @property
    def chance(self) -> Random:
        """Where `guid()` and `rand()` draw from."""
        if self._chance is None:
            self._chance = self.environment.chance(self.text)
        return self._chance

    def spend(self, value: Value, call: Call) -> None:
        """Count a call with its result. Raises ExpressionError when the expression has taken too much."""
        size = len(value) // _TEXT_COST if isinstance(value, str) else len(value) if isinstance(value, list) else 0
        self.left -= 1 + size
        if self.left < 0:
            raise ExpressionError(LIMIT, f"the expression takes more than {MAX_STEPS:,} steps", call.span)


Code = Callable[[Frame], Value]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name and the types it takes, as bits."""

    name: str
    kinds: int


@dataclass(frozen=True, slots=True)
class Function:
    """`required` parameters must be given; with `repeats` the last one can come again and again.

    A missing argument (undefined, or null where none is taken) makes the result undefined, unless its parameter takes
    undefined.
    """

    name: str
    family: str
    parameters: tuple[Parameter, ...]
    required: int
    repeats: bool
    gives: int
    summary: str
    example: str
    result: Any
    form: Form
    standing: Standing
    apply: Callable[..., Value]

    @property
    def most(self) -> int | None:
        """How many arguments there can be; None for any number."""
        return None if self.repeats else len(self.parameters)

    def parameter_at(self, position: int) -> Parameter:
        """The parameter that the argument at `position` goes to."""
        return self.parameters[min(position, len(self.parameters) - 1)]


def names_of(kinds: int) -> str:
    """The types of a set as people read them: `string or number`; that undefined is taken goes without saying."""
    if kinds & ANY == ANY:
        return "any"
    return " or ".join(name for bit, name in enumerate(_NAMES) if kinds & (1 << bit) and name != "undefined")


def function(
    *kinds: int,
    gives: int,
    example: str,
    result: Any,
    form: Form = "plain",
    standing: Standing = "documented",
    required: int | None = None,
    names: tuple[str, ...] = (),
) -> Callable[[Callable[..., Value]], Function]:
    """Describes a Python function as one of the language.

    Names come from the Python names (`to_lower` is `toLower`), the family from the module, the number of arguments from
    the defaults and from `*arguments`, unless `required` says it.
    """

    def describe(apply: Callable[..., Value]) -> Function:
        code = apply.__code__
        skipped = 0 if form == "plain" else 1
        variadic = bool(code.co_flags & 0x04)
        own = names or tuple(_camel(name) for name in code.co_varnames[skipped : code.co_argcount + variadic])
        parameters = tuple(Parameter(name, kind) for name, kind in zip(own, kinds, strict=True))
        least = len(parameters) - len(apply.__defaults__ or ()) if required is None else required
        family = apply.__module__.rpartition(".")[2]
        summary = " ".join((apply.__doc__ or "").split())
        name = _camel(apply.__name__)
        return Function(
            name, family, parameters, least, variadic, gives, summary, example, result, form, standing, apply
        )

    return describe


def _camel(name: str) -> str:
    first, *rest = name.strip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)
