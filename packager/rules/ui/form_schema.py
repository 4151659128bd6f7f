"""The form's `$schema` or `version` is missing or wrong.

The portal reads the form by the rules of its schema; certification wants exactly this address, case included, and a
`version` that agrees with it.

Write `"$schema": "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#"` and
`"version": "0.1.2-preview"`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule
from packager.ui.definition import UiDefinition

VERSION = "0.1.2-preview"
SCHEMA = f"https://schema.management.azure.com/schemas/{VERSION}/CreateUIDefinition.MultiVm.json#"


@rule(on="form", severity=Severity.ERROR, profiles=EVERY_PROFILE, arm_ttk="CreateUIDefinition-Should-Have-Schema")
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Report the schema and the version each once."""
    schema, version = form.value.get("$schema"), form.value.get("version")
    if schema != SCHEMA:
        state = "is not the one that certification wants" if schema else "is missing"
        yield Hit(form.spot(("$schema",)), f"'$schema' {state}; write '{SCHEMA}'", sub="schema")
    if not isinstance(version, str) or version.lower() != VERSION:
        state = f"is not '{VERSION}', the version of the schema" if version else f"is missing; write '{VERSION}'"
        yield Hit(form.spot(("version",)), f"'version' {state}", sub="version")
