"""Tags are asked for a type of resource that the template does not deploy.

The customer fills in tags that nothing gets.

Name in `resources` the types of the template, in full: `Microsoft.Storage/storageAccounts`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.ui.definition import UiDefinition
from packager.ui.settings import elements_of


@rule(on="form", severity=Severity.WARNING)
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """Types of the element, looked for in the main template and whatever is nested in it."""
    main = package.main_beside(form.document)
    elements = list(elements_of(form, "Microsoft.Common.TagsByResource"))
    if main is None or not elements:
        return
    # A linked template may deploy any type.
    if package.file_references or "templatelink" in main.document.text.lower():
        return
    written = main.document.text.lower()
    for element in elements:
        types = element.value.get("resources")
        for number, name in enumerate(types if isinstance(types, list) else ()):
            if isinstance(name, str) and "/" in name and name.lower() not in written and not _is_child(name, written):
                spot = form.spot((*element.path, "resources", number))
                yield Hit(spot, f"element '{element.name}' tags '{name}', which the template does not deploy")


def _is_child(name: str, written: str) -> bool:
    """A type whose last part stands alone, as that of a resource inside another one does."""
    parent, _, child = name.lower().rpartition("/")
    return parent.count("/") > 0 and parent in written and f'"{child}"' in written
