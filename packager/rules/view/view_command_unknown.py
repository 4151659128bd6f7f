"""A command of a view calls an action that no custom provider of the package has.

The command stands in the portal and fails when somebody clicks it.

Declare the action in `mainTemplate.json`, in a `Microsoft.CustomProviders/resourceProviders` resource called `public`,
under `properties.actions`; or correct the `path`. An action on a custom resource is called `<resourceType>/<action>`.
"""

from collections.abc import Iterator

from packager.checks.custom import provided
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.document import Document
from packager.source.nearest import suggester
from packager.source.spot import Spot
from packager.ui.views import parts


@rule(on="view", severity=Severity.ERROR)
def check(document: Document, package: Package) -> Iterator[Hit]:
    """Compare the fixed paths of commands with the names of actions, ignoring case."""
    commands = [part for part in parts(document.value) if part.name == "command"]
    known = provided(package) if commands else None
    if known is None or known.open:
        return
    names, suggestion = {name.lower() for name in known.actions}, suggester(known.actions)
    for part in commands:
        path = part.value.get("path")
        if isinstance(path, str) and not path.startswith("[") and path.strip("/").lower() not in names:
            message = f"no custom provider of the package has the action '{path}'{suggestion(path)}"
            yield Hit(Spot(document, (*part.path, "path")), message)
