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
    text = run.text
    for name, _ in run.template.section("parameters"):
        if name.startswith("__"):
            continue
        spot = run.template.spot((*run.template.section_path("parameters"), name), key=True)
        try:
            found = text.references_to_parameter(name)
        except BadPatternError:
            message = f"the name of parameter '{name}' is no valid pattern, and arm-ttk's test fails for that"
            yield Hit(spot, message, sub="name", basis=Basis.ARM_TTK, explanation="Azure takes the name as it is")
            continue
        if not found:
            yield Hit(spot, f"parameter '{name}' is never used; remove it or refer to it")
        for span in found:
            if not _is_in_expression(text.value, span.start):
                message = f"parameter '{name}' is mentioned outside an expression"
                yield Hit(spot, message, sub="in-text")


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
