"""The check parameters that arm-ttk's users can set with `-TestParameter`, and what values they take."""

import datetime
from collections.abc import Callable, Iterable
from typing import NamedTuple

from packager.errors import UsageError
from packager.source.nearest import did_you_mean


class Parameter(NamedTuple):
    """A check parameter: `takes` says in words what it takes, `check` raises ValueError for anything else."""

    name: str
    takes: str
    check: Callable[[str], object] = str


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError(text)
    return int(text)


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text[:10])


PARAMETERS = (
    Parameter("TestDate", "a day (YYYY-MM-DD)", _day),
    Parameter("NumberOfDays", "a whole number", _count),
    Parameter("PasswordMinLength", "a whole number", _count),
    Parameter("ControlTypesWithHideExisting", "types with commas between"),
    Parameter("DisallowedHosts", "host names with commas between"),
    Parameter("FunctionNotAllowedInUri", "names of functions with commas between"),
    Parameter("PropertiesThatCanBeEmpty", "names of properties with commas between"),
    Parameter("SampleName", "a text"),
    Parameter("RawRepoPath", "an address"),
    Parameter("AllowedFunctionInOutput", "anything; arm-ttk does not look at it"),
)
_BY_NAME = {one.name.lower(): one for one in PARAMETERS}


def read_parameters(values: Iterable[str]) -> dict[str, str]:
    """`NAME=VALUE` texts as values by name in lower case; the last one counts.

    Raises UsageError for a name that no check has, or a value that it does not take.
    """
    found = {}
    for value in values:
        name, equals, text = (part.strip() for part in value.partition("="))
        parameter = _BY_NAME.get(name.lower())
        if not equals:
            raise UsageError(f"--test-parameter {value}: expected NAME=VALUE", hint=f"the names are {_names()}")
        if parameter is None:
            suggestion = did_you_mean(name, [one.name for one in PARAMETERS])
            raise UsageError(
                f"--test-parameter {name}: no check takes it{suggestion}", hint=f"the names are {_names()}"
            )
        try:
            parameter.check(text)
        except ValueError as error:
            raise UsageError(f"--test-parameter {value}: {parameter.name} takes {parameter.takes}") from error
        found[name.lower()] = text
    return found


def _names() -> str:
    return ", ".join(one.name for one in PARAMETERS)
