"""What expanding a template shows: done once for each template file, shared by the rules that look at it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from packager.arm.template import Template
from packager.checks.package import Package
from packager.checks.rule import Hit
from packager.expressions.errors import NOT_AT_THIS_SCOPE

if TYPE_CHECKING:
    from packager.arm.expansion import Expansion


def troubles(template: Template, package: Package, *codes: str) -> Iterator[Hit]:
    """What Azure would refuse in this template file, of the kinds that `codes` name.

    Templates nested in it belong to it; a linked file is a template by itself, whose parameters are all open.
    """
    if template.parent is not None:
        return
    if template is not package.main and package.main is not None:
        # Where a linked template goes is for the one that links it to say.
        codes = tuple(code for code in codes if code != NOT_AT_THIS_SCOPE)
    for trouble in expansion(template, package).troubles:
        if trouble.code in codes and trouble.spot.document is template.document:
            message = f"{trouble.message}; {trouble.hint}" if trouble.hint else trouble.message
            yield Hit(trouble.spot, message)


def expansion(template: Template, package: Package) -> "Expansion":
    """The expansion of a template file, without knowing where it will be deployed, or any secret."""
    found = package.expansions.get(template)
    if found is None:
        # Evaluating expressions is loaded only where a rule asks for it.
        from packager.arm.expand import expand

        opened = _open(template, package)
        found = expand(template.document, {}, None, package.bundle.lookup, open_parameters=opened, open_secrets=True)
        package.expansions[template] = found
    return found


def _open(template: Template, package: Package) -> frozenset[str]:
    """The parameters whose defaults do not count: those that the form, or the template that links this one, sets."""
    if template is not package.main and package.main is not None:
        return frozenset(template.parameters)
    return frozenset(package.form.outputs) if package.form is not None else frozenset()
