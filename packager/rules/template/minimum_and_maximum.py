"""A parameter's `minValue` or `maxValue` is no integer, or stands alone.

Azure refuses bounds that are no integers; arm-ttk also wants both or neither.

Write both bounds as whole numbers, without quotes.
"""

from collections.abc import Iterator

from packager.arm.template import Template, key_of
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule

BOUNDS = ("maxValue", "minValue")


@rule(on="template", severity=Severity.ERROR, profiles=EVERY_PROFILE, arm_ttk="Min-And-Max-Value-Are-Numbers")
def check(template: Template, _: Package) -> Iterator[Hit]:
    """Look at both bounds of every parameter, the upper one first."""
    for name, declaration in template.parameters.items():
        if not isinstance(declaration, dict):
            continue
        bounds = {
            key: declaration[key_of(declaration, key)] for key in BOUNDS if key_of(declaration, key) in declaration
        }
        wrong = next((key for key, value in bounds.items() if type(value) is not int), None)
        if wrong is not None:
            spot = template.spot(("parameters", name, key_of(declaration, wrong)))
            yield Hit(spot, f"'{wrong}' of parameter '{name}' is no integer", sub="type")
        elif len(bounds) == 1:
            (other,) = set(BOUNDS) - bounds.keys()
            message = f"parameter '{name}' has only one bound; add '{other}'"
            yield Hit(template.spot(("parameters", name), key=True), message, sub="pair")
