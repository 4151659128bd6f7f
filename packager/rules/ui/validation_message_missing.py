"""A validation of the form says nothing when it fails.

The customer then sees a red field and no reason; certification wants a `message` in every entry of `validations`.

Add a `message` that says what is expected.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule
from packager.ui.definition import UiDefinition


@rule(on="form", severity=Severity.ERROR, profiles=EVERY_PROFILE, arm_ttk="Validations-Must-Have-Message")
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Look at the entries of every `validations` list."""
    for node, key in form.tree.properties("validations"):
        entries = node.value[key]
        for number, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict) and "message" not in {name.lower() for name in entry}:
                yield Hit(form.spot((*node.path, key, number)), "the validation has no 'message'; say what is expected")
