"""An output of the form and the parameter of the template differ in case.

Azure compares the names of parameters without regard to case; tools and readers do not.

Write the output as the template does.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Every output whose parameter is spelled in another way."""
    main = package.main_beside(form.document)
    names = {name.lower(): name for name in main.parameters} if main is not None else {}
    for output in form.outputs:
        written = names.get(output.lower(), output)
        if written != output:
            spot = form.spot(("parameters", "outputs", output), key=True)
            yield Hit(spot, f"output '{output}' is called '{written}' in the template")
