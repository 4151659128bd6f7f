"""Names of resource types: which one a resource really has, whether Azure knows it, and what was probably meant."""

from packager.arm.expansion import ExpandedResource
from packager.data.api_versions import VersionTable, shipped
from packager.expressions.residual import unknown_text
from packager.expressions.values import Unknown
from packager.source.lazy import lazy_pattern
from packager.source.nearest import nearest

# What stands below it is defined by the package itself.
CUSTOM_PROVIDER = "microsoft.customproviders/resourceproviders"
_OLD_EXTENSION = "/providers/"
_NAMESPACE = lazy_pattern(r"/([A-Za-z]\w*(?:\.\w+)+)/")
_TYPE = lazy_pattern(r"[\w.-]+(?:/[\w.-]+)+")


def provided_type(one: ExpandedResource) -> str | None:
    """The full type of a resource that a provider of Azure makes; None where it is unknown or of another kind.

    An extension in the old form, `A.B/c/providers/locks`, has its namespace in its name: `c/Microsoft.Authorization/l`.
    """
    written = one.type
    if not isinstance(written, str) or one.api_version is None or written.lower().startswith(CUSTOM_PROVIDER + "/"):
        return None
    if not _TYPE.fullmatch(written):
        return None
    _, old, rest = written.rpartition(_OLD_EXTENSION)
    if not old or "." in rest.partition("/")[0]:
        return rest or None
    name = unknown_text(one.name) if type(one.name) is Unknown else str(one.name)
    namespaces = _NAMESPACE.findall(name)
    return f"{namespaces[-1]}/{rest}" if namespaces else None


def is_known(name: str, table: VersionTable) -> bool:
    """Whether the table of the user or the shipped one has the type."""
    return bool(table.of(name) or shipped().of(name))


def has_version(name: str, version: str, table: VersionTable) -> bool:
    """Whether a type has an api-version, as far as the tables know it or one of the types above it.

    Requests for a child that its provider does not list by itself go by the versions of its parent.
    """
    parts = name.split("/")
    above = ("/".join(parts[:count]) for count in range(len(parts), 1, -1))
    return any(version.lower() in found for one in above for found in (table.of(one), shipped().of(one)))


def nearest_type(name: str) -> str | None:
    """The known type with the most similar name: of the same namespace, else of one with a similar name."""
    namespace, _, rest = name.partition("/")
    table = shipped()
    known = list(table.types(namespace))
    if not known:
        other = nearest(namespace, table.namespaces())
        known = list(table.types(other)) if other is not None else []
    by_rest = {one.partition("/")[2]: one for one in known}
    found = nearest(rest, by_rest)
    return by_rest[found] if found is not None else None
