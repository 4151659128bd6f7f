"""What a portal expression sees around it: the answers so far, the place of the deployment, the clock and chance."""

from collections.abc import Mapping
from random import Random, SystemRandom
from typing import Any, NamedTuple

from packager.ui.values import UNDEFINED, Value

_NOTHING: Mapping[str, Any] = {}


class Environment(NamedTuple):
    """The outputs of the elements by name, sections as mappings in them; what is hidden is left out or UNDEFINED.

    `resource_group` is `{"mode", "name", "location"}`, `subscription` is `{"id", "subscriptionId", "tenantId",
    "displayName"}`: what is not known is None or left out, and undefined in expressions. `now` counts milliseconds
    since 1970 (None: unknown, so `utcNow()` is undefined). Chance depends on `seed` and `place`: the same draws for the
    same property of the same opened form; without a seed it is real. `variables` has `$rowIndex` and `$item` in the
    columns of grids. The last three serve forms of portal extensions.
    """

    basics: Mapping[str, Value] = _NOTHING
    steps: Mapping[str, Mapping[str, Value]] = _NOTHING
    resource_group: Mapping[str, Value] | None = None
    subscription: Mapping[str, Value] | None = None
    location: str | None = None
    now: int | None = None
    seed: str | None = None
    place: str = ""
    variables: Mapping[str, Value] = _NOTHING
    resources: Value = UNDEFINED
    parameters: Mapping[str, Value] = _NOTHING
    data_sources: Mapping[str, Value] = _NOTHING

    def chance(self, text: str) -> Random:
        """A source of chance for one evaluation of an expression."""
        if self.seed is None:
            return SystemRandom()
        return Random(f"{self.seed}\0{self.place}\0{text}")  # noqa: S311 - ids in a preview protect nothing
