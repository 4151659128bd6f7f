"""A template has no `contentVersion`, or one that is no version.

Azure refuses a template without a `contentVersion`, a nested one too. The schema wants four numbers with dots between.

Add `"contentVersion": "1.0.0.0"`.

arm-ttk asks for it in parameter files only: see `parameter-file-version`.
"""

from collections.abc import Iterator

from packager.arm.template import Template, member
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.edits import given
from packager.source.lazy import lazy_pattern

FIRST = "1.0.0.0"
_VERSION = lazy_pattern(r"[0-9]+(?:\.[0-9]+){3}")


@rule(on="template", severity=Severity.ERROR, fixable=True)
def check(template: Template, _: Package) -> Iterator[Hit]:
    """The template and those of outer scope in it."""
    for part in template.scope():
        version = member(part.value, "contentVersion")
        if version is None or version == "":
            message = f'the template has no \'contentVersion\'; add "contentVersion": "{FIRST}"'
            edits = given(part.value, part.path, "contentVersion", FIRST, after="$schema")
            yield Hit(part.spot(), message, sub="missing", edits=edits)
        elif not isinstance(version, str) or not _VERSION.fullmatch(version):
            spot = part.spot(part.section_path("contentVersion"))
            message = f"'contentVersion' must be a text of four numbers with dots such as {FIRST}"
            yield Hit(spot, message, sub="form", severity=Severity.WARNING)
