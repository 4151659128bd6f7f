"""What a function of the language is: the one description that drives evaluation, checks, type hints and its page."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from packager.expressions.errors import ARGUMENT_VALUE, ExpressionError
from packager.expressions.nodes import Node
from packager.expressions.scope import Scope
from packager.expressions.values import Value

# plain: from values to a value. scoped: the scope comes first. lazy: the scope comes first, then what evaluates each
# argument. `pure` is narrower than plain: the same arguments give the same result in every deployment.
Form = Literal["plain", "scoped", "lazy"]

# The result of an example that only Azure can give.
DEPLOYED = "known when deployed"


class Argument:
    """An argument that a lazy function evaluates when it needs it: `code` evaluates `node`."""

    __slots__ = ("_node", "code")

    def __init__(self, node: Node | None, code: Callable[[Scope], Value]) -> None:
        self._node = node
        self.code = code

    @property
    def node(self) -> Node:
        """The argument as written. Raises ExpressionError in code that several texts share, which is then run alone."""
        if self._node is None:
            raise ExpressionError(ARGUMENT_VALUE, "the argument differs from text to text")
        return self._node

    def left(self, scope: Scope) -> Value | Node:
        """The value for a residual expression; the argument as written when it has none."""
        try:
            return self.code(scope)
        except ExpressionError:
            return self.node


class Parameter(NamedTuple):
    """One parameter: its name and the types it takes, as bits of `kinds`."""

    name: str
    kinds: int


class Function(NamedTuple):
    """`required` parameters must be given; the last `repeats` of them can come again and again.

    `runtime` functions are answered by Azure during the deployment. Where a result `follows`, its type is one of
    `gives` that the arguments have too: concat gives an array of arrays and a text of texts. `masks` are the types of
    the parameters alone, for speed. A `costly` function looks at its arguments in depth.
    """

    name: str
    family: str
    parameters: tuple[Parameter, ...]
    required: int
    repeats: int
    gives: int
    summary: str
    example: str
    result: Any
    form: Form
    apply: Callable[..., Any]
    runtime: bool
    follows: bool
    masks: tuple[int, ...]
    costly: bool

    @property
    def pure(self) -> bool:
        """Whether the result depends on the arguments only."""
        return self.form == "plain"

    @property
    def most(self) -> int | None:
        """How many arguments there can be; None for any number."""
        return None if self.repeats else len(self.parameters)

    def kinds(self, count: int) -> tuple[int, ...]:
        """The types of each of `count` arguments."""
        masks = self.masks
        return masks[:count] if count <= len(masks) else (masks + masks[-self.repeats :] * count)[:count]

    def parameter_at(self, position: int) -> Parameter:
        """The parameter that the argument at `position` goes to."""
        count = len(self.parameters)
        if position < count:
            return self.parameters[position]
        return self.parameters[count - self.repeats + (position - count) % self.repeats]


def function(
    *kinds: int,
    gives: int,
    example: str,
    result: Any,
    form: Form = "plain",
    repeats: int = 1,
    required: int | None = None,
    runtime: bool = False,
    follows: bool = False,
    costly: bool = False,
    names: tuple[str, ...] = (),
) -> Callable[[Callable[..., Any]], Function]:
    """Describes a Python function as one of the language.

    Names come from the Python names (`date_time_add` is `dateTimeAdd`) unless `names` has those of the parameters,
    optional parameters from the defaults, the family from the module. `kinds` has one entry for each parameter, and
    `repeats` of them for `*arguments`; `required` is needed when arguments there can be left out altogether.
    """

    def describe(apply: Callable[..., Any]) -> Function:
        code = apply.__code__
        skipped = 0 if form == "plain" else 1
        variadic = bool(code.co_flags & 0x04)
        own = tuple(_camel(name) for name in code.co_varnames[skipped : code.co_argcount + variadic])
        parameters = tuple(Parameter(name, kind) for name, kind in zip(names or own, kinds, strict=True))
        defaults = len(apply.__defaults__ or ())
        least = len(parameters) - defaults if required is None else required
        family = apply.__module__.rpartition(".")[2]
        summary = (apply.__doc__ or "").strip()
        repeated = repeats if variadic else 0
        name = _camel(apply.__name__)
        return Function(
            name,
            family,
            parameters,
            least,
            repeated,
            gives,
            summary,
            example,
            result,
            form,
            apply,
            runtime,
            follows,
            kinds,
            costly,
        )

    return describe


def _camel(name: str) -> str:
    first, *rest = name.strip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)
