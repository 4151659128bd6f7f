"""A policy or a customer action in the technical configuration is not one that Partner Center takes.

A plan has at most five policies, their names at most 50 characters; parameters are a JSON text. Actions have the form
`Microsoft.Compute/virtualMachines/start/action`, or end in `*`.
"""

import json
from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.checks.store import StorePage
from packager.offer.limits import POLICIES, POLICY_NAME
from packager.offer.store import Policy, Technical
from packager.source.lazy import lazy_pattern

ACTION = lazy_pattern(r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)+(?:/(?:[A-Za-z0-9_.\-]+|\*))+|\*(?:/[A-Za-z]+)?")


@rule(on="listing", severity=Severity.ERROR)
def check(page: StorePage, _: Package) -> Iterator[Hit]:
    """Looks at policies and actions."""
    for plan in page.listing.plans:
        technical = plan.selling.technical
        if technical is not None:
            yield from _actions(page, technical)
            policies = technical.policies or ()
            if len(policies) > POLICIES:
                message = f"there are {len(policies)} policies; Partner Center takes {POLICIES}"
                yield Hit(page.spot(*policies[POLICIES].at), message, "count")
            for policy in policies:
                yield from _policy(page, policy)


def _actions(page: StorePage, technical: Technical) -> Iterator[Hit]:
    actions = {"customerActions": technical.customer_actions, "dataActions": technical.data_actions}
    for key, values in actions.items():
        for index, action in enumerate(values or ()):
            if ACTION.fullmatch(action) is None:
                message = f"'{action[:80]}' is no action; write it as Microsoft.Compute/virtualMachines/start/action"
                yield Hit(page.spot(*technical.at, key, index), message, "action")


def _policy(page: StorePage, policy: Policy) -> Iterator[Hit]:
    if not 1 <= len(policy.name) <= POLICY_NAME:
        message = f"the policy's name has {len(policy.name)} characters; Partner Center takes 1 to {POLICY_NAME}"
        yield Hit(page.spot(*policy.at, "name"), message, "name")
    if policy.parameters is not None:
        try:
            json.loads(policy.parameters)
        except (ValueError, RecursionError):
            yield Hit(page.spot(*policy.at, "parameters"), "the policy's parameters are no JSON text", "parameters")
