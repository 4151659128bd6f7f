"""What expanding a template shows: done once for each template file, shared by the rules that look at it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from packager.arm.template import Template
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit
from packager.expressions.errors import NOT_AT_THIS_SCOPE
from packager.source.span import Path

if TYPE_CHECKING:
    from packager.arm.expansion import Expansion, Trouble


def troubles(template: Template, package: Package, *codes: str) -> Iterator[Hit]:
    """What Azure would refuse in this template file, of the kinds that `codes` name, each once.

    Templates nested in it belong to it. A linked file is a template by itself, whose parameters are all open, and one
    that the main template hands values to. What the default answers of the form lead to comes last.
    """
    if template.parent is not None:
        return
    seen: set[tuple[Path, str]] = set()
    for one in seen_from(template, package):
        found = expansion(one, package)
        for trouble in (*found.troubles, *found.doubts):
            # Where a linked template goes is for the one that links it to say.
            elsewhere = trouble.code == NOT_AT_THIS_SCOPE and one is not (package.main or one)
            key = (trouble.spot.path, trouble.message)
            if trouble.code in codes and trouble.spot.document is template.document and not elsewhere | (key in seen):
                seen.add(key)
                severity = Severity.WARNING if trouble in found.doubts else None
                yield Hit(trouble.spot, _said(trouble), severity=severity)
    known = {path for path, _ in seen}
    for trouble in package.dry_run.troubles if package.dry_run is not None else ():
        if trouble.code in codes and trouble.spot.document is template.document and trouble.spot.path not in known:
            yield Hit(trouble.spot, f"with the default answers of the form, {_said(trouble)}")


def _said(trouble: "Trouble") -> str:
    return f"{trouble.message}; {trouble.hint}" if trouble.hint else trouble.message


def seen_from(template: Template, package: Package) -> tuple[Template, ...]:
    """The template, and the main one when that may link it."""
    main = package.main
    return (template,) if main is None or main is template else (template, main)


def expansion(template: Template, package: Package) -> "Expansion":
    """The expansion of a template file, without knowing where it will be deployed, or any secret."""
    found = package.expansions.get(template)
    if found is None:
        # Evaluating expressions is loaded only where a rule asks for it.
        from packager.arm.expand import expand

        opened, facts, lookup = _open(template, package), package.facts, package.bundle.lookup
        found = expand(template.document, {}, facts, lookup, open_parameters=opened, open_secrets=True)
        package.expansions[template] = found
    return found


def _open(template: Template, package: Package) -> frozenset[str]:
    """The parameters whose defaults do not count: those that the form, or the template that links this one, sets."""
    if template is not package.main and package.main is not None:
        return frozenset(template.parameters)
    outputs = {name.lower() for name in package.form.outputs} if package.form is not None else set()
    return frozenset(name for name in template.parameters if name.lower() in outputs)
