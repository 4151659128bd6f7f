"""The form's `$schema` or `version` is missing or wrong.

The portal reads the form by the rules of its schema; certification wants exactly this address, case included, and a
`version` that agrees with it.

Write `"$schema": "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#"` and
`"version": "0.1.2-preview"`.
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.armttk.powershell import get, spelling, truthy, unequal
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.edits import given

VERSION = "0.1.2-preview"
SCHEMA = f"https://schema.management.azure.com/schemas/{VERSION}/CreateUIDefinition.MultiVm.json#"


@arm_ttk_rule("CreateUIDefinition-Should-Have-Schema", on="form", needs=("form",), fixable=True)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """The schema and the version, each reported once."""
    form = run.form
    schema, version = get(form.value, "$schema"), get(form.value, "version")
    if not _is_schema(schema):
        state = "is not the one that certification wants" if truthy(schema) else "is missing"
        spot = form.spot((spelling(form.value, "$schema"),))
        edits = given(form.value, (), "$schema", SCHEMA)
        yield Hit(spot, f"'$schema' {state}; write '{SCHEMA}'", sub="schema", edits=edits)
    if not truthy(version) or unequal(version, VERSION):
        state = f"is not '{VERSION}', the version of the schema" if version else f"is missing; write '{VERSION}'"
        spot = form.spot((spelling(form.value, "version"),))
        edits = given(form.value, (), "version", VERSION, after=spelling(form.value, "handler"))
        yield Hit(spot, f"'version' {state}", sub="version", edits=edits)


def _is_schema(value: Any) -> bool:
    """Whether it is the wanted address; a list of nothing else passes, too."""
    return value == SCHEMA or (isinstance(value, list) and bool(value) and all(one == SCHEMA for one in value))
