"""An output of the form is of another type than the template's parameter.

Azure converts nothing between the two: a text for an `int`, or a number for a `string`, fails the deployment of every
customer.

Convert the value in the output, such as `[int(basics('count'))]`, or give the parameter the type of the value.

The type of an element is that of its output: a `TextBox` gives a text, a `Slider` a whole number, a `CheckBox` a
boolean, a `DropDown` what its values are. Where it cannot be told nothing is reported.
"""

from collections.abc import Iterator
from typing import Any

from packager.arm.template import member
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import RESERVED_OUTPUTS, UiDefinition
from packager.ui.elements.model import Kind
from packager.ui.flow import read
from packager.ui.kinds import KINDS_OF_PARAMETERS, kinds_of, value_kind


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Every output whose kind is known, each branch of an `if` or `coalesce` by itself."""
    main = package.main_beside(form.document)
    if main is None:
        return
    for name, value in form.outputs.items():
        declaration = member(main.parameters, name)
        written = member(declaration, "type") if isinstance(declaration, dict) else None
        wanted = KINDS_OF_PARAMETERS.get(written.lower()) if isinstance(written, str) else None
        if wanted is None or name.lower() in RESERVED_OUTPUTS:
            continue
        wrong = sorted({kind for kind in _kinds(form, value) if kind != wanted})
        if wrong:
            found = " or ".join(f"{'an' if kind[0] in 'aio' else 'a'} {kind}" for kind in wrong)
            message = (
                f"output '{name}' can be {found}, and parameter '{name}' of the main template is of type {written}"
            )
            yield Hit(form.spot(("parameters", "outputs", name)), message)


def _kinds(form: UiDefinition, value: Any) -> Iterator[Kind]:
    node = read(value) if isinstance(value, str) else None
    if node is not None:
        yield from kinds_of(form, node)
    elif not (isinstance(value, str) and value.strip()[:1] == "["):
        kind = value_kind(value)
        if kind is not None:
            yield kind
