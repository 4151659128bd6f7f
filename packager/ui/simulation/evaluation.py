"""Evaluates the texts of a form that stand in brackets, within bounds, and remembers what failed."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from packager.expressions.errors import LIMIT, TOO_DEEP, ExpressionError
from packager.expressions.parser import unescape
from packager.source.span import Path, Span
from packager.ui.environment import Environment
from packager.ui.function import MAX_STEPS, Frame
from packager.ui.simulation.plan import CHANCE, Site
from packager.ui.values import UNDEFINED, Value

# All expressions of a form together, each evaluation counted; forms of real offers take some hundreds.
MAX_WORK = 5 * MAX_STEPS
_TOO_MUCH = "the form takes more work than a portal could do; from here on nothing is evaluated"


class Trouble(NamedTuple):
    """An expression that could not be evaluated: where in the document, why, and which part of its text is meant."""

    at: Path
    message: str
    hint: str | None = None
    span: Span | None = None


class Evaluation:
    """Evaluates texts for one run of a form; what fails is undefined and has a trouble."""

    def __init__(self, environment: Environment, work: int = MAX_WORK) -> None:
        self.environment = environment
        self.left = work
        self.troubles: list[Trouble] = []
        self._is_spent = False

    def settings(
        self, value: Mapping[str, Any], sites: Iterable[Site], at: Path, variables: Mapping[str, Value] | None = None
    ) -> Mapping[str, Any]:
        """The properties at `at` of the document with the values of those texts in their places."""
        changes = [(site.at, self.value(site, at, variables)) for site in sites]
        changed: Mapping[str, Any] = replaced(value, changes) if changes else value
        return changed

    def value(self, site: Site, at: Path, variables: Mapping[str, Value] | None = None) -> Value:
        """The value of one text; undefined when it has none."""
        if site.code is None:
            if site.problem is not None:
                self._failed(site, at, site.problem)
                return UNDEFINED
            return unescape(site.text)
        environment = self.environment
        if site.asks & CHANCE:
            environment = environment._replace(place="/".join(map(str, (*at, *site.at))))
        if variables is not None:
            environment = environment._replace(variables=variables)
        frame = Frame(environment, site.text)
        frame.left = min(frame.left, max(self.left, 0))
        before = frame.left
        try:
            return site.code(frame)
        except ExpressionError as error:
            if error.code != LIMIT or before == MAX_STEPS:
                self._failed(site, at, error)
            elif not self._is_spent:
                self._is_spent = True
                self._failed(site, at, ExpressionError(LIMIT, _TOO_MUCH))
        except RecursionError:
            self._failed(site, at, ExpressionError(TOO_DEEP, "the expression is nested too deep"))
        finally:
            # A call that fails counts, too; and so does a text that calls nothing.
            self.left -= max(before - frame.left, 1)
        return UNDEFINED

    def _failed(self, site: Site, at: Path, error: ExpressionError) -> None:
        self.troubles.append(Trouble((*at, *site.at), error.message, error.hint, error.span))

    def taken(self) -> tuple[Trouble, ...]:
        """The troubles since the last time."""
        found, self.troubles = tuple(self.troubles), []
        return found


def replaced(value: Any, changes: list[tuple[Path, Value]]) -> Any:
    """A copy of a value with other values at some paths; what is not on the way to them is shared."""
    if len(changes) == 1 and not changes[0][0]:
        return changes[0][1]
    copy: Any = dict(value) if isinstance(value, Mapping) else list(value)
    inside: dict[str | int, list[tuple[Path, Value]]] = {}
    for path, new in changes:
        inside.setdefault(path[0], []).append((path[1:], new))
    for key, below in inside.items():
        copy[key] = replaced(value[key], below)
    return copy
