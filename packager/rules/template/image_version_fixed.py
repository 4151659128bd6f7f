"""A virtual machine image has a fixed version: arm-ttk has a test of that name, and it is empty.

The test of arm-ttk 0.27 holds no code, so that every template passes. This rule exists so that its name can be
selected, ignored and found; it never reports anything. Nothing needs to be done.
"""

from collections.abc import Iterator

from packager.checks.armttk.run import ArmTtkRun
from packager.checks.rule import Hit, arm_ttk_rule


@arm_ttk_rule("VM-Images-Should-Use-Latest-Version", on="template", mentions=())
def predict(_: ArmTtkRun) -> Iterator[Hit]:
    """Nothing, as arm-ttk."""
    return iter(())
