"""The id of a resource is written out or put together, not made by resourceId().

Certification wants the ids that resources refer to to come from `resourceId()` and its relatives, from `reference()`,
from a parameter or a variable: an id that is put together by hand breaks with the next subscription, resource group
or cloud.

Write `[resourceId('Microsoft.Network/virtualNetworks/subnets', variables('vnetName'), 'default')]`.

arm-ttk takes every property for such an id whose name ends in `id`, but for a list of endings: `networkSecurityGroupId`
is left out, because it ends in `groupId`. It refuses `[resourceGroup().id]` and an id that begins with `concat()`, even
behind a variable, and fails at variables that it cannot resolve.
"""

import re
from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.armttk.expand import ExpansionError, expanded
from packager.checks.armttk.failures import failure, without_resources
from packager.checks.armttk.idnames import NAMES, is_exempt
from packager.checks.armttk.powershell import get, text_of, truthy
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.armttk.search import Found
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.armttk import Date
from packager.source.lazy import lazy_pattern

_DERIVED = lazy_pattern(
    r"\[\s*(?:extensionResourceId|resourceId|subscriptionResourceId|tenantResourceId|if|parameters|reference|variables"
    r"|subscription|guid)\s*\(",
    re.IGNORECASE,
)
_EXPRESSION = (
    "it is not the id of a resource, or it is derived from one; an expression that begins with resourceId(...) "
    "avoids the alarm"
)


@arm_ttk_rule(
    "IDs-Should-Be-Derived-From-ResourceIDs",
    on="template",
    needs=("object",),
    severity=Severity.WARNING,
    false_alarm="the value is not the id of a resource, or it is derived from one in a way that arm-ttk does not see",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Every property of a resource whose name ends in `id`."""
    if run.built_by_bicep:
        return
    yield from without_resources(run)
    for found in run.template.resource_search.by_key_where(_is_id):
        if not is_exempt(found):
            yield from _judged(run, found)


def _is_id(name: str) -> bool:
    return name.endswith("id")


def _judged(run: ArmTtkRun, found: Found) -> Iterator[Hit]:
    value, spot = found.value, run.template.spot_of(found)
    if isinstance(value, dict | list | Date):
        value = get(value, "value")
        if not truthy(value) or not isinstance(value, str):
            return
    if not truthy(value):
        yield Hit(spot, f"'{found.key}' is empty", "missing")
        return
    try:
        expression = expanded(text_of(value), run.template.value, exclude="parameters")
    except ExpansionError as error:
        message = f"arm-ttk cannot resolve '{found.key}' ({error}), and its test fails for that"
        yield failure(
            spot,
            message,
            "Azure evaluates the whole expression; arm-ttk takes only variables with a value",
        )
        return
    if isinstance(expression, str) and not _DERIVED.search(expression):
        explanation = _EXPRESSION if text_of(value).lstrip().startswith("[") else "it is not the id of a resource"
        yield Hit(
            spot,
            _message(found.key, text_of(value)),
            "literal",
            explanation=explanation,
        )


def _message(name: str, value: str) -> str:
    return f"'{name}' is '{value}', which is not derived from the id of a resource; use resourceId(...)"


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """Ids that are put together from `/subscriptions/...`, and known ids that come from nowhere."""
    from packager.arm.idproperties import is_elsewhere, is_reference  # profile arm-ttk does without it

    for name, places in template.tree.named.items():
        if not name.endswith("id") or name in NAMES:
            continue
        for node, key in places:
            value = node.value[key]
            if isinstance(value, str) and not is_elsewhere(node):
                sub = _problem(value, template, known=is_reference(node, name))
                if sub:
                    message = f"'{key}' is empty" if sub == "missing" else _message(key, value)
                    yield Hit(template.spot((*node.path, key)), message, sub)


def _problem(value: str, template: Template, *, known: bool) -> str | None:
    from packager.arm.follow import followed  # profile arm-ttk does without it
    from packager.arm.idproperties import is_derived, is_put_together  # as above

    if not value.strip():
        return "missing" if known else None
    if is_put_together(followed(value, template)):
        return "literal"
    return "literal" if known and not is_derived(template.flow.sources(value)) else None
