"""A parameter is declared and never used.

Certification asks for templates without dead parameters: whoever installs the offer is asked for a value that changes
nothing. A declared parameter that no expression reads is usually a typing error in a reference.

Remove the parameter, or refer to it: `[parameters('name')]`.

arm-ttk searches the raw text. It takes a mention outside an expression for an error, and does not see names that an
expression puts together, such as `[parameters(concat('disk', copyIndex()))]`.
"""

from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.armttk.patterns import BadPatternError, inside_expression
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.armttk.text import SourceText
from packager.checks.finding import Basis, Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.edits import RemoveMember


@arm_ttk_rule(
    "Parameters-Must-Be-Referenced",
    on="template",
    needs=("object", "text"),
    severity=Severity.WARNING,
    fixable=True,
    false_alarm="an expression reads it under a name that is put together or in a place that arm-ttk does not see",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """No reference in the raw text, or one that stands outside an expression."""
    section = run.template.section_path("parameters")
    for name, _ in run.template.section("parameters"):
        if not name.startswith("__"):
            for sub, message in _problems(run.text, name):
                basis, why = (Basis.ARM_TTK, "Azure takes the name as it is") if sub == "name" else (None, None)
                spot = run.template.spot((*section, name), key=True)
                yield Hit(spot, message, sub=sub, basis=basis, explanation=why)


def _problems(text: SourceText, name: str) -> Iterator[tuple[str | None, str]]:
    try:
        found = text.references_to_parameter(name)
    except BadPatternError:
        yield "name", f"the name of parameter '{name}' is no valid pattern, and arm-ttk's test fails for that"
        return
    if not found:
        yield None, f"parameter '{name}' is never used; remove it or refer to it"
    for span in found:
        if not _is_in_expression(text.value, span.start):
            yield "in-text", f"parameter '{name}' is mentioned outside an expression"


def _is_in_expression(text: str, start: int) -> bool:
    if inside_expression(text, start):
        return True
    # Here `@` ends the search as well: it starts a directive of a Logic App.
    quote = max(text.rfind('"', 0, start), 0)
    nearest = max(text.rfind("[", quote, start), quote)
    return text.find("@", nearest, start) >= 0


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """No expression reads the parameter, not even under a name that is put together."""
    for name in template.parameters:
        if not name.startswith("__") and not template.sites.is_read("parameters", name):
            spot = template.spot((*template.section_path("parameters"), name), key=True)
            message = f"parameter '{name}' is never used; remove it or refer to it"
            yield Hit(spot, message, edits=(RemoveMember(spot.path),))
