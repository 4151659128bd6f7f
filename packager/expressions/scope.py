"""What an expression can ask of the place where it stands: parameters, variables, loops, facts of the deployment."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from packager.expressions.errors import (
    LIMIT,
    UNDEFINED_PARAMETER,
    UNDEFINED_USER_FUNCTION,
    UNDEFINED_VARIABLE,
    ExpressionError,
)
from packager.expressions.values import Value

Level = Literal["resourceGroup", "subscription", "managementGroup", "tenant"]


class Facts(NamedTuple):
    """What is known of the deployment without asking Azure; None is what is not known.

    `now` is the time that utcNow() gives, in ticks of 100 ns since the year 1; `seed` makes newGuid() known.
    """

    subscription_id: str | None = None
    tenant_id: str | None = None
    resource_group: str | None = None
    location: str | None = None
    deployment_location: str | None = None
    management_group: str | None = None
    deployment_name: str | None = None
    cloud: str | Mapping[str, Value] = "AzureCloud"
    level: Level = "resourceGroup"
    now: int | None = None
    seed: int | None = None

    def at(self, level: Level) -> "Facts":
        """The same facts for a deployment at another level."""
        return self._replace(level=level)


class Budget:
    """Bounds the work of one run: hostile expressions would multiply texts, lists and lambda calls without end."""

    __slots__ = ("left",)

    def __init__(self, left: int = 50_000_000) -> None:
        self.left = left

    def spend(self, amount: int) -> None:
        """Take from what is left. Raises ExpressionError when nothing is."""
        self.left -= amount
        if self.left < 0:
            hint = "look for loops within loops, or variables that multiply each other"
            raise ExpressionError(LIMIT, "evaluating takes more work than a template can reasonably need", None, hint)


class World:
    """What expressions of one template share. This one has no names at all; templates bring their own.

    One that is not `strict` lets functions stand anywhere that have their place in templates, for trying things out.
    """

    def __init__(self, facts: Facts | None = None, budget: Budget | None = None, *, strict: bool = True) -> None:
        self.facts = facts if facts is not None else Facts()
        self.budget = budget if budget is not None else Budget()
        self.guids = 0
        self.strict = strict

    def parameter(self, name: str) -> Value:
        """The value of a parameter. Raises ExpressionError when there is none of that name."""
        raise ExpressionError(UNDEFINED_PARAMETER, f"there is no parameter '{name}'")

    def variable(self, name: str) -> Value:
        """The value of a variable. Raises ExpressionError when there is none of that name."""
        raise ExpressionError(UNDEFINED_VARIABLE, f"there is no variable '{name}'")

    def user_function(self, name: str, arguments: Sequence[Value]) -> Value:  # noqa: ARG002 - worlds with functions do
        """The result of a user-defined function, `name` with its namespace."""
        raise ExpressionError(UNDEFINED_USER_FUNCTION, f"there is no function '{name}'")

    def runtime(self, name: str, arguments: Sequence[Value]) -> Value | None:  # noqa: ARG002 - worlds with resources do
        """What a function that Azure answers at run time gives, when the template itself says it; else None.

        `name` is in lower case: reference, references or list*.
        """
        return None

    def deployment(self) -> Mapping[str, Value]:
        """The members of the object that describes the deployment, as far as they are known."""
        return {}

    def refuse(self, name: str) -> None:
        """Raise ExpressionError when the place where the expression stands forbids a function (name in lower case)."""


class Scope:
    """Where one expression is evaluated: the world around it, the loops and the lambdas that it stands in.

    `copies` has the index of each copy loop by its name in lower case, and that of the innermost one as "". `literals`
    are those of the text that is evaluated now, for code that it shares with others.
    """

    __slots__ = ("copies", "lambdas", "literals", "world")

    def __init__(
        self, world: World, copies: Mapping[str, Value] | None = None, lambdas: Mapping[str, Value] | None = None
    ) -> None:
        self.world = world
        self.copies: Mapping[str, Value] = copies if copies is not None else {}
        self.lambdas: Mapping[str, Value] = lambdas if lambdas is not None else {}
        self.literals: tuple[str | int, ...] = ()
