"""A resource id might mean several resources: arm-ttk has a test of that name and does not run it.

The test of arm-ttk 0.27 leaves at once, so that every template passes. This rule exists so that its name can be
selected, ignored and found; it never reports anything. Nothing needs to be done.
"""

from collections.abc import Iterator

from packager.checks.armttk.run import ArmTtkRun
from packager.checks.rule import Hit, arm_ttk_rule


@arm_ttk_rule("Resources-Should-Not-Be-Ambiguous", on="template", needs=("object",), mentions=())
def predict(_: ArmTtkRun) -> Iterator[Hit]:
    """Nothing, as arm-ttk."""
    return iter(())
