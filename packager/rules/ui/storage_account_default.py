"""The default of a storage account cannot be used.

A type that the element itself does not allow is never proposed, and a name must have 3 to 24 lower-case letters and
digits. Names are unique in all of Azure: one that is written out is taken after the first customer.

Bring the type in line, and let an expression make the name, such as `[concat('data', take(replace(guid(), '-', ''),
12))]`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.lazy import lazy_pattern
from packager.ui.definition import Element, UiDefinition
from packager.ui.parser import has_brackets
from packager.ui.settings import elements_of, value_at

SELECTOR, COMBO = "Microsoft.Storage.StorageAccountSelector", "Microsoft.Storage.MultiStorageAccountCombo"
NAME = lazy_pattern(r"[a-z0-9]{3,24}")
# Behind a prefix comes a number.
PREFIX = lazy_pattern(r"[a-z0-9]{1,23}")


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Types and names that are written out."""
    for element in elements_of(form, SELECTOR, COMBO):
        yield from _type(form, element)
        name = "name" if element.type == SELECTOR else "prefix"
        written = value_at(element.value, "defaultValue", name)
        if not isinstance(written, str) or not written or has_brackets(written):
            continue
        spot = form.spot((*element.path, "defaultValue", name))
        if not (NAME if name == "name" else PREFIX).fullmatch(written):
            message = f"'{written[:40]}' is no {name} of a storage account; it has lower-case letters and digits only"
            yield Hit(spot, f"element '{element.name}': {message}", sub="name")
        else:
            message = f"the {name} '{written}' is the same for every customer, and names are unique in all of Azure"
            yield Hit(spot, f"element '{element.name}': {message}", sub="constant", severity=Severity.WARNING)


def _type(form: UiDefinition, element: Element) -> Iterator[Hit]:
    default = value_at(element.value, "defaultValue", "type")
    allowed = value_at(element.value, "constraints", "allowedTypes")
    excluded = value_at(element.value, "constraints", "excludedTypes")
    is_allowed = not isinstance(allowed, list) or not allowed or default in allowed
    is_excluded = isinstance(excluded, list) and default in excluded
    if isinstance(default, str) and (is_excluded or not is_allowed):
        spot = form.spot((*element.path, "defaultValue", "type"))
        yield Hit(spot, f"element '{element.name}' begins with type '{default}', which it does not allow", sub="type")
