"""A deployment that tracks usage (`pid-<GUID>`) is not what Azure counts by.

Azure tells whose offer a deployment comes from by an empty nested deployment whose name is `pid-` and a GUID. Partner
Center adds its own to what is uploaded; whoever adds one by hand has to get it right. The sub-id tells the case:

- `[placeholder]`: the name still holds `GUID`, `XXXXXXXX` or zeros instead of an id (an error: what was to be filled in
  before packaging was not);
- `[name]`: what follows `pid-` is no GUID;
- `[linked]`: it stands in a linked template, where Azure does not look;
- `[not-empty]`: its template deploys something, or its mode is not `Incremental`.

Register the id in Partner Center and write it out, or leave the deployment out.
"""

import re
from collections.abc import Iterator

from packager.arm.expansion import ExpandedResource
from packager.arm.template import DEPLOYMENT_TYPE, Template
from packager.checks.deployed import deployed, inside, once, place
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.lazy import lazy_pattern

_SUFFIX = "-partnercenter"
_NAME = lazy_pattern(r"pid-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_UNFILLED = lazy_pattern(r"pid-(?:[x0-]+|.*(?:guid|your|replace|todo|enter|xxxx|__|\$\{|<).*)", re.IGNORECASE)


@rule(on="template", severity=Severity.WARNING)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """Look at every deployment whose name is known and begins with `pid-`."""
    found = deployed(template, package, DEPLOYMENT_TYPE)
    named = (one for one in found if isinstance(one.name, str) and one.name.lower().startswith("pid-"))
    yield from once(hit for one in named for hit in _judged(one, one.name))


def _judged(one: ExpandedResource, name: str) -> Iterator[Hit]:
    id_ = name.lower().removesuffix(_SUFFIX)
    if _UNFILLED.fullmatch(id_):
        message = f"the tracking id '{name}' was never filled in; write the GUID that Partner Center gave you"
        yield Hit(place(one, "name"), message, "placeholder", severity=Severity.ERROR)
    elif not _NAME.fullmatch(id_):
        yield Hit(place(one, "name"), f"'{name}' is no tracking id; one is 'pid-' and a GUID", "name")
    if one.linked:
        message = "the tracking deployment stands in a linked template; Azure looks in the main template only"
        yield Hit(place(one), message, "linked")
    mode, template = inside(one.properties, "mode"), inside(one.properties, "template")
    if inside(template, "resources") or (isinstance(mode, str) and mode.lower() != "incremental"):
        message = "a tracking deployment is empty and of mode 'Incremental'; move its resources elsewhere"
        yield Hit(place(one, "properties"), message, "not-empty")
