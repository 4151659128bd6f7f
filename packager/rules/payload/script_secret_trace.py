"""A shell script writes its secrets to the log: commands are traced while it handles them.

`set -x` writes every command with its values, also passwords, to the log of the deployment, which stays in the
customer's subscription.

Leave `set -x` out, or switch it off (`set +x`) before the first secret is read and on again behind the last.
"""

from collections.abc import Iterator
from itertools import pairwise

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.code.script import Script
from packager.code.secretwords import is_secret
from packager.code.shellwords import Command, commands
from packager.source.lazy import lazy_pattern

_BY_LINE = lazy_pattern(r"#![^\n]{0,200}[ \t]-[a-z]*x")
_SILENT = frozenset({"read", "unset", "local", "declare", "typeset", "[", "[["})


@rule(on="script", severity=Severity.WARNING)
def check(script: Script, _: Package) -> Iterator[Hit]:
    """Report the first secret that is traced."""
    traced = _BY_LINE.match(script.text) is not None
    for command in commands(script.text):
        traced = _traced(command, traced)
        name = _secret_of(command) if traced else None
        if name is not None:
            word = (*command.assignments, *command.words)[0]
            message = (
                f"commands are traced here (set -x), which writes the value of '{name}' to the log; put 'set +x' before"
            )
            yield Hit(script.within(word.start, word.end), message)
            return


def _traced(command: Command, traced: bool) -> bool:
    words = [word.plain for word in command.words]
    if words[:1] != ["set"]:
        return traced
    for sign, word in pairwise(words):
        by_name = word == "xtrace" and sign.endswith("o")
        by_letter = word[:1] in {"-", "+"} and "x" in word[1:]
        if by_name or by_letter:
            traced = (sign if by_name else word).startswith("-")
    return traced


def _secret_of(command: Command) -> str | None:
    """The name of a secret whose value is a part of what is traced: of an argument, or of what is assigned."""
    for word in command.assignments:
        name, _, value = word.text.partition("=")
        if is_secret(name) and ("$" in value or "`" in value):
            return name
    if command.name in _SILENT:
        return None
    return next((name for word in command.words[1:] for name in word.values() if is_secret(name)), None)
