"""The form puts out the place of the artifacts.

The marketplace fills these two parameters itself, with the storage of the offer and a token for it.

Leave the output out.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition

FILLED = frozenset({"_artifactslocation", "_artifactslocationsastoken"})


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """The names of the two parameters among the outputs."""
    for output in form.outputs:
        if output.lower() in FILLED:
            spot = form.spot(("parameters", "outputs", output), key=True)
            yield Hit(spot, f"the marketplace fills '{output}'; leave the output out")
