"""A secret is written into the form.

Everybody can read a form, also without an account, and every customer gets the same secret.

Ask for it with a PasswordBox, or let the template make it.
"""

from collections.abc import Iterator
from typing import Any

from packager.arm.template import member
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition
from packager.ui.flow import read
from packager.ui.nodes import Literal
from packager.ui.parser import has_brackets

SECURE = frozenset({"securestring", "secureobject"})


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Outputs of secure parameters that are written out."""
    main = package.main_beside(form.document)
    for output, value in form.outputs.items() if main is not None else ():
        declaration = member(main.parameters, output) if main is not None else None
        kind = member(declaration, "type") if isinstance(declaration, dict) else None
        if isinstance(kind, str) and kind.lower() in SECURE and _is_written(value):
            spot = form.spot(("parameters", "outputs", output))
            yield Hit(spot, f"the value of secure parameter '{output}' is written out, for everybody to read")


def _is_written(value: Any) -> bool:
    if isinstance(value, str) and has_brackets(value):
        tree = read(value)
        return isinstance(tree, Literal) and bool(tree.value)
    return bool(value) and not isinstance(value, (dict, list))
