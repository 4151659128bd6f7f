"""A parameter file gives the template values that it does not take.

Azure refuses a deployment with this file: the main template has no such parameter, or the value has another type, is
none of the `allowedValues`, or breaks a bound.

Correct the name or the value, or declare the parameter. Files that belong to another template do not count when they
share no parameter with the main template.
"""

from collections.abc import Iterator
from typing import Any

from packager.arm.parameters import problems
from packager.arm.template import Template, key_of, member
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.document import Document
from packager.source.lazy import lazy_pattern
from packager.source.nearest import did_you_mean
from packager.source.spot import Spot

# Filled in by the scripts that deploy the file: those of the quickstart templates, of Maven, of pipelines.
PLACEHOLDER = lazy_pattern(r"GEN-[A-Z]|\$\{|\$\(|#\{|__\w+__$|<")


@rule(on="parameters", severity=Severity.WARNING)
def check(document: Document, package: Package) -> Iterator[Hit]:
    """Every entry against the declaration of its name."""
    main = package.main
    section = key_of(document.value, "parameters")
    entries = document.value.get(section)
    if main is None or not isinstance(entries, dict):
        return
    declared = {name.lower(): declaration for name, declaration in main.parameters.items()}
    if not any(name.lower() in declared for name in entries):
        return
    for name, entry in entries.items():
        if name.lower() not in declared:
            message = f"the main template has no parameter '{name}'{did_you_mean(name, main.parameters)}"
            yield Hit(Spot(document, (section, name), key=True), message, sub="undeclared")
        elif isinstance(entry, dict) and member(entry, "value") is not None:
            yield from _value(document, section, name, entry, declared[name.lower()], main)


def _value(
    document: Document, section: str, name: str, entry: dict[str, Any], declaration: Any, main: Template
) -> Iterator[Hit]:
    key = key_of(entry, "value")
    if isinstance(entry[key], str) and PLACEHOLDER.match(entry[key]):
        return
    for message in problems(entry[key], declaration, main.section("definitions"), f"the value of '{name}'"):
        yield Hit(Spot(document, (section, name, key)), message)
