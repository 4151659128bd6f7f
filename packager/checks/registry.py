"""Finds the rules: those shipped, and those that other distributions offer under the entry point `packager.rules`."""

import importlib
import pkgutil
from functools import lru_cache

from packager.checks.rule import Rule


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by id."""
    found = [rule for name in _module_names() for rule in _rules_in(name)]
    return tuple(sorted(found, key=lambda rule: rule.id))


def _module_names() -> list[str]:
    package = importlib.import_module("packager.rules")
    walked = pkgutil.walk_packages(package.__path__, "packager.rules.")
    shipped = [module.name for module in walked if not module.ispkg]
    return shipped + _foreign_names()


def _foreign_names() -> list[str]:
    from importlib.metadata import entry_points  # 15 ms of imports that only this look-up needs

    return [point.value for point in entry_points(group="packager.rules")]


def _rules_in(module_name: str) -> list[Rule]:
    module = importlib.import_module(module_name)
    return [value for value in vars(module).values() if isinstance(value, Rule) and value.module == module_name]
