"""The listing lacks something that the store requires.

Without a name, summary, short description, description, category, privacy policy, support and engineering contact,
large logo and a screenshot the offer cannot be submitted; nor without a name, summary and description of each plan.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage

REQUIRED = {
    "name": "a name",
    "summary": "a summary for search results",
    "shortDescription": "a short description",
    "description": "a description",
    "categories": "a category",
    "privacyPolicy": "the address of a privacy policy",
    "support": "a support contact",
    "engineering": "an engineering contact",
    "screenshots": "a screenshot (PNG, 1280x720)",
}


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks for what is required; a text of blanks is none."""
    written = page.listing.document.value
    for key, what in REQUIRED.items():
        if _is_empty(page.listing.description if key == "description" else written.get(key)):
            yield Hit(page.spot(key), f"the listing needs {what}: add '{key}'")
    if not page.listing.logos.get("large"):
        yield Hit(page.spot("logos"), "the listing needs a large logo (PNG, 216x216 to 350x350): add it to 'logos'")
    if page.listing.support is not None and not page.listing.support.url:
        yield Hit(page.spot("support"), "the support contact needs the address of a support page: add 'url'")
    listed = {plan.plan: plan for plan in page.listing.plans}
    for plan in page.offer.plans:
        found = listed.get(plan.id)
        if found is None:
            yield Hit(page.spot("plans"), f"the plan '{plan.id}' has no texts: add 'plans: {{{plan.id}: ...}}'", "plan")
            continue
        for key, text in {"name": found.name, "summary": found.summary, "description": found.description}.items():
            if _is_empty(text):
                yield Hit(page.spot(*found.at, key), f"the plan '{plan.id}' needs a {key}: add '{key}'", "plan")


def _is_empty(value: object) -> bool:
    return not value or (isinstance(value, str) and not value.strip())
