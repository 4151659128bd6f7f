"""A parameter file has no `contentVersion`, or one that is no version.

Azure refuses a parameter file in the full form without a content version, and certification refuses it beforehand. The
short form, an object of names and values alone, needs none.

Write `"contentVersion": "1.0.0.0"`. Other texts than four numbers with dots are only warned about.

arm-ttk's reader makes a date of a text such as `2020-01-01T00:00:00Z`, which is then "no string".
"""

from collections.abc import Iterator

from packager.checks.armttk.powershell import get, spelling, text_of, truthy
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Severity
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.edits import given
from packager.source.lazy import lazy_pattern

_VERSION = lazy_pattern(r"\d+(?:\.\d+){3}\n?")


@arm_ttk_rule("DeploymentParameters-Should-Have-ContentVersion", on="parameters", needs=("parameters",), fixable=True)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Missing, no string, or not four numbers; without a schema a missing one is the short form."""
    file = run.parameters
    version = get(file.value, "contentVersion")
    spot = file.spot(file.path_of("contentVersion"))
    edits = given(file.value, (), "contentVersion", "1.0.0.0", after=spelling(file.value, "$schema"))
    if not truthy(version):
        if truthy(get(file.value, "$schema")):
            message = 'the parameter file has no \'contentVersion\'; add "contentVersion": "1.0.0.0"'
            yield Hit(spot, message, sub="missing", edits=edits)
    elif not isinstance(version, str):
        yield Hit(
            spot, f"'contentVersion' is no text but {text_of(version)}; write \"1.0.0.0\"", sub="type", edits=edits
        )
    elif not _VERSION.fullmatch(version):
        message = f"'contentVersion' is '{version}', not four numbers with dots such as 1.0.0.0"
        yield Hit(spot, message, sub="form", severity=Severity.WARNING)
