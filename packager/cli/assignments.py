"""Options that assign: `--set NAME=VALUE` and its like, which stay whole in environment variables, too."""

from collections.abc import Callable
from typing import Any

import click
from click.types import StringParamType

from packager.errors import UsageError

Command = Callable[..., Any]


class Assignment(StringParamType):
    """`NAME=VALUE`; in an environment variable one a line, because a value may hold blanks."""

    name = "NAME=VALUE"
    envvar_list_splitter = "\n"


def set_option(name: str = "overrides") -> Callable[[Command], Command]:
    """`--set` of every verb that renders sources; `name` is what the command calls its values."""
    return click.option("--set", name, type=Assignment(), multiple=True, help="Set a variable of the sources.")


def overrides_of(values: tuple[str, ...]) -> dict[str, str]:
    """`NAME=VALUE` options as a mapping."""
    pairs = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not name or not equals:
            raise UsageError(f"--set {value}: expected NAME=VALUE")
        pairs[name] = text
    return pairs
