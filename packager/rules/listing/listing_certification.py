"""A certification for Azure Government is not one that the store takes.

A plan has at most 100 of them, their names at most 255 and their https addresses at most 1,000 characters.

They are shown in Azure Government, so the plan is to be sold there: `clouds: [public, government]`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.offer.limits import CERTIFICATION_LINK, CERTIFICATION_NAME, CERTIFICATIONS, https_problem
from packager.offer.store import Certification


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks at the certifications of every plan."""
    for plan in page.listing.plans:
        found = plan.selling.certifications
        if found and "government" not in (plan.selling.clouds or ()):
            message = "certifications are for Azure Government: add 'clouds: [public, government]'"
            yield Hit(page.spot(*plan.at, "certifications"), message, "cloud")
        if len(found) > CERTIFICATIONS:
            message = f"there are {len(found)} certifications; the store takes {CERTIFICATIONS}"
            yield Hit(page.spot(*found[CERTIFICATIONS].at), message, "count")
        for one in found:
            yield from _certification(page, one)


def _certification(page: StorePage, one: Certification) -> Iterator[Hit]:
    if not 1 <= len(one.name) <= CERTIFICATION_NAME:
        message = f"the name has {len(one.name)} characters; the store takes 1 to {CERTIFICATION_NAME}"
        yield Hit(page.spot(*one.at, "name"), message, "name")
    problem = https_problem(one.link)
    if problem is None and len(one.link) > CERTIFICATION_LINK:
        problem = f"has {len(one.link)} characters; the store takes {CERTIFICATION_LINK}"
    if problem is not None:
        yield Hit(page.spot(*one.at, "link"), f"the address of the certification {problem}", "link")
