"""Just-in-time access is configured in the form and not put out, or the reverse.

The portal takes the policy from the output `jitAccessPolicy` alone.

Add `"jitAccessPolicy": "[steps('jit').policy]"` to the outputs, with the step and name of the JitConfigurator.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition
from packager.ui.settings import elements_of

OUTPUT = "jitAccessPolicy"


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """The element and the output, either without the other."""
    elements = list(elements_of(form, "Microsoft.Solutions.JitConfigurator"))
    outputs = [name for name in form.outputs if name.lower() == OUTPUT.lower()]
    for element in elements if not outputs else ():
        yield Hit(form.spot(element.path), f"the policy of element '{element.name}' is not put out as '{OUTPUT}'")
    for name in outputs if not elements else ():
        spot = form.spot(("parameters", "outputs", name), key=True)
        yield Hit(spot, f"output '{name}' has no element of type Microsoft.Solutions.JitConfigurator")
