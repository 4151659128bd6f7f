"""An authorization in the technical configuration is not one that Partner Center takes.

An authorization is a principal of the publisher's tenant (the object id of a user, a group or an enterprise
application, not of an app registration) and a role: `Owner`, `Contributor` or the id of a built-in role. At most 100 in
each cloud.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.offer.limits import AUTHORIZATIONS, ROLES, is_guid
from packager.offer.store import CloudAccess
from packager.source.nearest import did_you_mean


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks at tenants, principals and roles."""
    kinds = {plan.id: plan.kind for plan in page.offer.plans}
    for plan in page.listing.plans:
        technical = plan.selling.technical
        if technical is None:
            continue
        if kinds.get(plan.plan) == "solution-template":
            message = "a solution template has no technical configuration but its package; take this out"
            yield Hit(page.spot(*technical.at), message, "template")
        for access in technical.access:
            yield from _access(page, access)


def _access(page: StorePage, access: CloudAccess) -> Iterator[Hit]:
    if not is_guid(access.tenant):
        yield Hit(page.spot(*access.at, "tenant"), f"'{access.tenant[:80]}' is no tenant id: write a GUID", "tenant")
    count = len(access.authorizations)
    if count > AUTHORIZATIONS:
        message = f"there are {count} authorizations; Partner Center takes {AUTHORIZATIONS} in a cloud"
        yield Hit(page.spot(*access.at, "authorizations", AUTHORIZATIONS), message, "count")
    seen: set[tuple[str, str]] = set()
    for one in access.authorizations:
        if not is_guid(one.principal):
            message = f"'{one.principal[:80]}' is no object id: write the GUID of the principal"
            yield Hit(page.spot(*one.at, "principal"), message, "principal")
        if one.role.lower() not in ROLES and not is_guid(one.role):
            message = f"'{one.role[:80]}' is no role: write Owner, Contributor or the id of a built-in role"
            yield Hit(page.spot(*one.at, "role"), message + did_you_mean(one.role.lower(), ROLES), "role")
        pair = (one.principal.lower(), ROLES.get(one.role.lower(), one.role.lower()))
        if pair in seen:
            yield Hit(page.spot(*one.at), "this authorization is there twice", "twice")
        seen.add(pair)
