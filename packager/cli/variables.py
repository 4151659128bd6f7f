"""Environment variables of options: `PACKAGER_<VERB>_<OPTION>`, and those that are named like one and are none."""

from collections.abc import Iterable, Iterator

import click


def prefix_of(verb: str) -> str:
    """What the variables of a verb begin with."""
    return f"PACKAGER_{verb}_".replace("-", "_").upper()


def name_variables(command: click.Command, prefix: str) -> None:
    """Let every option be set by a variable that is named as the option is typed."""
    for parameter in command.params:
        typed = [name for name in parameter.opts if name.startswith("--")]
        if isinstance(parameter, click.Option) and typed and parameter.envvar is None:
            parameter.envvar = f"{prefix}{typed[0].lstrip('-')}".replace("-", "_").upper()
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            name_variables(inner, f"{prefix}{name}_")


def unknown_variables(command: click.Command, prefix: str, names: Iterable[str]) -> Iterator[str]:
    """What to say of each name that begins as the variables of a verb do, and belongs to none of its options."""
    meant = [name for name in names if name.startswith(prefix)]
    known = set(_variables(command)) if meant else set()
    for name in sorted(set(meant) - known):
        from packager.source.nearest import did_you_mean  # only for a name that is mistyped

        yield f"the variable {name} sets no option{did_you_mean(name, known)}"


def _variables(command: click.Command) -> Iterator[str]:
    yield from (parameter.envvar for parameter in command.params if isinstance(parameter.envvar, str))
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from _variables(inner)
