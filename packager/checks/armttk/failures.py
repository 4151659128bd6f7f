"""What makes arm-ttk's own code fail, and its test with it, whatever the template says."""

from collections.abc import Iterator

from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Basis
from packager.checks.rule import Hit
from packager.source.spot import Spot

SUB = "failure"


def failure(spot: Spot, message: str, explanation: str) -> Hit:
    """A failure of arm-ttk's code; it is nobody's mistake, but the submission stops at it all the same."""
    return Hit(spot, message, SUB, Basis.ARM_TTK, explanation=explanation)


def without_resources(run: ArmTtkRun) -> Iterator[Hit]:
    """The failure of tests that hand resources to the object search, where there are none or one of them is null."""
    template = run.template
    if template.resources_are_null:
        message = "the template has no 'resources', or a null among them, and arm-ttk's test fails for that alone"
        spot = template.spot(template.section_path("resources"))
        yield failure(spot, message, 'write "resources": [] where there are none, and remove the null')
