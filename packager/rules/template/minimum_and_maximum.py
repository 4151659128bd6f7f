"""A parameter's `minValue` or `maxValue` is no integer, or stands alone.

Azure refuses bounds that are no integers, and certification refuses them beforehand. It also wants both bounds or
neither, although Azure takes one alone.

Write both bounds as whole numbers, without quotes: `"minValue": 1, "maxValue": 2147483647`.

arm-ttk knows integers of 64 bits only; `1.0` is none for it. A parameter that is `null` ends in an exception of
arm-ttk.
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.armttk.powershell import get, has, spelling
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Basis
from packager.checks.rule import Hit, arm_ttk_rule

_ALONE = "Azure takes one bound alone; add the other one, which may be as far away as you like"


@arm_ttk_rule("Min-And-Max-Value-Are-Numbers", on="template", needs=("object",))
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """The upper bound of every parameter first; one finding a parameter."""
    path = run.template.section_path("parameters")
    for name, declaration in run.template.section("parameters"):
        bounds = [key for key in ("maxValue", "minValue") if has(declaration, key)]
        wrong = next((key for key in bounds if _is_no_integer(get(declaration, key))), None)
        spot = run.template.spot((*path, name), key=True) if declaration is None or bounds else None
        if spot is None:
            continue
        if declaration is None:
            yield Hit(spot, f"parameter '{name}' is null; declare its type", sub="null")
        elif wrong is not None:
            at = run.template.spot((*path, name, spelling(declaration, wrong)))
            yield Hit(
                at, f"'{wrong}' of parameter '{name}' is no integer; write a whole number without quotes", sub="type"
            )
        elif len(bounds) == 1:
            other = "minValue" if bounds == ["maxValue"] else "maxValue"
            message = f"parameter '{name}' has only one bound; add '{other}'"
            yield Hit(spot, message, sub="pair", basis=Basis.ARM_TTK, explanation=_ALONE)


def _is_no_integer(value: Any) -> bool:
    return not (type(value) is int and -(2**63) <= value < 2**63)
