"""What the code of an element type is handed, and what it gives back."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from packager.source.reading import ABSENT
from packager.ui.elements.model import Where
from packager.ui.simulation.context import Context
from packager.ui.simulation.form import Control
from packager.ui.simulation.responses import Responses
from packager.ui.values import UNDEFINED, Value, is_number, kind_name

_NAMES = {"string": "a text", "array": "a list", "object": "an object", "boolean": "true or false", "null": "null"}


class Choice(NamedTuple):
    """An entry of a list to choose from."""

    label: str
    value: Value
    description: str = ""


class Found(NamedTuple):
    """The value of an element.

    `refusals` say what is wrong with the answer itself. `is_open` tells that a customer has to answer, or Azure, before
    there is a value: what is here stands in for it. `choices` are those of a list.
    """

    output: Value = UNDEFINED
    refusals: tuple[str, ...] = ()
    is_open: bool = False
    choices: tuple[Choice, ...] | None = None


class Ask(NamedTuple):
    """An element with its properties evaluated as far as they have a say in its value; `answer` may be ABSENT."""

    control: Control
    settings: Mapping[str, Any]
    answer: Any
    context: Context
    responses: Responses
    where: Where

    @property
    def is_answered(self) -> bool:
        """Whether somebody gave a value."""
        return self.answer is not ABSENT

    def get(self, *names: str) -> Any:
        """A property; None where it is absent or undefined."""
        return setting(self.settings, *names)

    def text(self, *names: str) -> str:
        """A property that is a text; "" where it is anything else."""
        found = self.get(*names)
        return found if isinstance(found, str) else ""

    def flag(self, *names: str, default: bool = False) -> bool:
        """A property that is true or false, also as a text; `default` where it is anything else."""
        return as_flag(self.get(*names), default)

    def whole(self, *names: str) -> int | None:
        """A property that is a whole number, also as a text."""
        return whole(self.get(*names))

    def texts(self, *names: str) -> tuple[str, ...]:
        """The texts of a property that is a list."""
        found = self.get(*names)
        return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()

    def refused(self, wanted: str) -> str:
        """What to say of an answer that is of the wrong kind."""
        return f"the answer is {wanted}, not {described(self.answer)}"


def setting(value: Any, *names: str) -> Any:
    """A member at a path of names; None where there is none, or it is undefined."""
    for name in names:
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return None if value is UNDEFINED else value


def as_flag(value: Any, default: bool) -> bool:
    """True or false, also as texts; `default` for anything else."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value.strip().lower(), default) if isinstance(value, str) else default


def whole(value: Any) -> int | None:
    """A whole number, also as a text; None for anything else."""
    if isinstance(value, str):
        text = value.strip()
        digits = text.removeprefix("-")
        return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None
    return int(value) if is_number(value) and value == value and float(value).is_integer() else None


def described(value: Any) -> str:
    """A value in words, short, for messages."""
    if isinstance(value, str) and len(value) <= 40:
        return f"'{value}'"
    if is_number(value):
        return f"{value}"[:40]
    return _NAMES.get(kind_name(value), "undefined")
