"""A secret ends where more people can read it than should.

Secure parameters, the answers of `list...()` functions and secrets of key vaults are kept out of the history of
deployments and out of what the portal shows, as long as they stay where Azure expects secrets. Names and tags of
resources, and everything else beside `properties`, can be read by everyone who can list the resources. A parameter of
type `string` or `object` of a nested deployment is kept in its history in plain text. A few properties show what they
hold and have another one for secrets: `secureValue` beside `value` of an environment variable, `protectedParameters`
beside `parameters`; what stands in the `arguments` or in the text of a deployment script is shown, too.

The template is evaluated with every secure parameter open, and what is left of them is looked for in the result. So
they are followed through variables, user-defined functions, loops, nested templates and templates in linked files.
What only tells of a secret whether it is empty, or decides between two values, does not show it.

Declare the parameter of the nested template as `securestring` or `secureObject`, use the protected twin, or build the
name from something else.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from packager.arm.follow import parsed
from packager.arm.template import Template, member
from packager.checks.exposure import exposed
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.expressions.nodes import is_call
from packager.source.span import Path
from packager.source.spot import Spot

if TYPE_CHECKING:
    from packager.arm.flow import Secret
    from packager.arm.secrecy import Exposure

_SHOWN = 3
PLACES = {
    "name": "the name of the resource; build that from something else",
    "tag": "the tag '{}'; remove it",
    "member": "'{}' of the resource; use something else here",
    "parameter": "the parameter '{}' of a nested deployment; declare it there with a secure type",
    "property": "'{0}'; put it into '{1}', which is kept secret",
}


@rule(on="template", severity=Severity.WARNING)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Secrets in names, tags and other open places of what would be deployed."""
    places: dict[tuple[str, Path], list[Exposure]] = {}
    for found in exposed(template, package, *PLACES):
        if found.kind == "parameter" and _is_passed_on(found.spot):
            continue  # parameter-type-mismatch tells that
        places.setdefault((found.kind, found.spot.path), []).append(found)
    for (kind, _), here in places.items():
        place = PLACES[kind].format(here[0].what, here[0].twin)
        yield Hit(here[0].spot, f"{_named([one.secret for one in here])} can be read in {place}", sub=kind)


def _is_passed_on(spot: Spot) -> bool:
    """Whether a parameter goes as it is to a template in the same file."""
    node, properties = parsed(str(spot.value())), spot.document.at(spot.path[:-3])
    inside = isinstance(properties, dict) and isinstance(member(properties, "template"), dict)
    return inside and node is not None and is_call(node, "parameters")


def _named(secrets: "list[Secret]") -> str:
    """The first secrets by their names, and how many there are besides."""
    shown = [
        f"the secret '{one.name}'" if one.kind == "parameter" else f"the answer of {one.name}()" for one in secrets
    ]
    more = len(shown) - _SHOWN
    return " and ".join(shown[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
