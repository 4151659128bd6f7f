"""Finds the rules: those shipped, through a generated index, and those that other distributions offer.

The index (`packager/rules/index.py`) is made from the decorators by `python -m packager.checks.registry`, so that a
run imports only the rules that it needs. Rules of others come through the entry point `packager.rules`.
"""

import importlib
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from packager.checks.finding import Severity
from packager.checks.rule import Rule

GROUP = "packager.rules"
INDEX = "packager.rules.index"
_HEAD = '''"""Generated from the rules by `python -m packager.checks.registry`; a test keeps it fresh."""

RULES = (
'''


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by id; their bodies are loaded when they are needed."""
    shipped = [_listed(row) for row in importlib.import_module(INDEX).RULES]
    foreign = [rule for name in _foreign_names() for rule in rules_in(name)]
    return tuple(sorted([*shipped, *foreign], key=lambda rule: rule.id)) if foreign else tuple(shipped)


def _listed(row: tuple[Any, ...]) -> Rule:
    name, module, on, severity, *others = row
    return Rule(name, module, on, Severity(severity), *others)


def _foreign_names() -> list[str]:
    if not any(_offers_rules(folder) for folder in sys.path):
        return []
    from importlib.metadata import entry_points  # 15 ms of imports, for the few who have rules of their own

    return [point.value for point in entry_points(group=GROUP)]


def _offers_rules(folder: str) -> bool:
    """Whether a distribution installed in `folder` mentions the entry point at all."""
    try:
        installed = [one.path for one in os.scandir(folder or ".") if one.name.endswith((".dist-info", ".egg-info"))]
    except OSError:
        return False
    return any(_mentions_group(os.path.join(path, "entry_points.txt")) for path in installed)  # noqa: PTH118 - fast


def _mentions_group(path: str) -> bool:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib costs more than the reading
            return GROUP.encode() in file.read()
    except OSError:
        return False


def rules_in(module_name: str) -> list[Rule]:
    """The rules that a module defines itself."""
    module = importlib.import_module(module_name)
    return [value for value in vars(module).values() if isinstance(value, Rule) and value.module == module_name]


def shipped_modules() -> Iterator[str]:
    """The names of the modules that may hold a shipped rule."""
    import pkgutil  # only for making the index

    package = importlib.import_module("packager.rules")
    walked = pkgutil.walk_packages(package.__path__, "packager.rules.")
    return (module.name for module in walked if not module.ispkg and module.name != INDEX)


def index_text() -> str:
    """The text of the index, made from the rules' own modules."""
    rules = sorted((rule for name in shipped_modules() for rule in rules_in(name)), key=lambda rule: rule.id)
    return _HEAD + "".join(f"    {_row(rule)!r},\n" for rule in rules) + ")\n"


def _row(rule: Rule) -> tuple[object, ...]:
    names = (rule.id, rule.module, rule.on, int(rule.severity), rule.profiles)
    return (
        *names,
        rule.arm_ttk,
        rule.fixable,
        rule.summary,
        rule.aliases,
        *(() if rule.mentions is None and not rule.early else (rule.mentions,)),
        *((True,) if rule.early else ()),
    )


def main() -> None:
    """Write the index anew."""
    path = Path(importlib.import_module("packager.rules").__path__[0]) / "index.py"
    path.write_text(index_text(), encoding="utf-8")
    sys.stderr.write(f"{path}\n")


if __name__ == "__main__":
    main()
