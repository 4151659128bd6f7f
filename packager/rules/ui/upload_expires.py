"""The template gets an address of an uploaded file that soon leads nowhere.

With `"uploadMode": "url"` the file goes to temporary storage, and the address holds for a day.

Copy the file during the deployment, and keep the address in no resource. A text is better uploaded with
`"uploadMode": "file"`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition
from packager.ui.settings import elements_of, value_at


@rule(on="form", severity=Severity.INFO)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Every upload that puts out an address."""
    for element in elements_of(form, "Microsoft.Common.FileUpload"):
        if value_at(element.value, "options", "uploadMode") == "url":
            spot = form.spot((*element.path, "options", "uploadMode"))
            yield Hit(spot, f"the address that element '{element.name}' puts out expires; copy the file when deploying")
