"""With the default answers of the form, the main template refuses an output.

The form is run as it opens and its outputs are held against the template's parameters: allowed values, lengths, bounds,
and types that only a run shows. A customer who keeps a default gets a deployment that fails. What depends on answers of
the customer or of Azure is left alone; `packager simulate --template` tries other answers.

Bring the element and the parameter in line.
"""

from collections.abc import Iterator

from packager.arm.template import Template, member
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition
from packager.ui.flow import read
from packager.ui.kinds import KINDS_OF_PARAMETERS, kinds_of, value_kind
from packager.ui.references import reference_of, resolve

_CHOOSING = frozenset({"microsoft.common.dropdown", "microsoft.common.optionsgroup"})


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Values that break the declaration of their parameter; what the text of the form shows is said by other rules."""
    main = package.main
    if form is not package.form or main is None or package.dry_run is None:
        return
    for one in package.dry_run.disagreements:
        if one.code == "value" and not _is_known(form, one.parameter, main):
            yield Hit(form.spot(("parameters", "outputs", one.parameter)), f"with the default answers, {one.message}")


def _is_known(form: UiDefinition, name: str, main: Template) -> bool:
    """Whether the kinds of the output, or the choices that it stands for, are wrong already as they are written."""
    written = form.outputs.get(name)
    declaration = member(main.parameters, name)
    kind = member(declaration, "type") if isinstance(declaration, dict) else None
    wanted = KINDS_OF_PARAMETERS.get(kind.lower()) if isinstance(kind, str) else None
    node = read(written) if isinstance(written, str) else None
    if node is None:
        return value_kind(written) != wanted
    reference = reference_of(node)
    element = resolve(form, reference).element if reference is not None else None
    is_choice = element is not None and element.type.lower() in _CHOOSING
    return is_choice or any(found != wanted for found in kinds_of(form, node))
