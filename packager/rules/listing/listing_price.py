"""The price or the markets of a plan are not as the store takes them.

Prices are in USD, nothing or more, and converted for other markets, of which there are 141, each by its code of two
capital letters. Only managed applications have a price: a solution template is free, customers pay for what it deploys.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.offer.limits import MARKETS
from packager.offer.model import PlanListing
from packager.source.lazy import lazy_pattern

MARKET = lazy_pattern(r"[A-Z]{2}")


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks at prices and markets."""
    kinds = {plan.id: plan.kind for plan in page.offer.plans}
    for plan in page.listing.plans:
        price = plan.selling.price
        if price is not None and not 0 <= price.amount < 1_000_000_000:
            yield Hit(page.spot(*price.at, "amount"), f"the price {price.amount} is no amount of money", "amount")
        if price is not None and price.amount > 0 and kinds.get(plan.plan) == "solution-template":
            yield Hit(page.spot(*price.at), "a solution template has no price; take it out", "template")
        yield from _markets(page, plan)


def _markets(page: StorePage, plan: PlanListing) -> Iterator[Hit]:
    markets = plan.selling.markets
    if markets is None:
        return
    if not 1 <= len(markets) <= MARKETS:
        message = f"the plan is sold in {len(markets)} markets; the store takes 1 to {MARKETS}"
        yield Hit(page.spot(*plan.at, "markets"), message, "count")
    for index, market in enumerate(markets):
        if MARKET.fullmatch(market) is None:
            message = f"'{market[:20]}' is no market: write a code of two capital letters, such as US"
            yield Hit(page.spot(*plan.at, "markets", index), message, "market")
        elif market in markets[:index]:
            yield Hit(page.spot(*plan.at, "markets", index), f"the market '{market}' is there twice", "market")
