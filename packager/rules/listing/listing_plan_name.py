"""Two plans of an offer have the same name.

Customers choose a plan by its name, so names are unique in an offer.

Rename one of them; its id stays as it is.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Compares the names of the plans, however they are capitalised."""
    seen: dict[str, str] = {}
    for plan in page.listing.plans:
        if not plan.name:
            continue
        name = plan.name.strip().casefold()
        if name in seen:
            yield Hit(
                page.spot(*plan.at, "name"), f"the plan '{seen[name]}' is called '{plan.name}', too; names are unique"
            )
        seen.setdefault(name, plan.plan)
