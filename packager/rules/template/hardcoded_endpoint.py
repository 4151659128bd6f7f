"""A template names an endpoint of the public cloud instead of asking the cloud for it.

Offers are deployed in other clouds, too, where the endpoints of storage, key vaults, databases and of Azure itself
have other names. `environment()` knows those of the cloud that the deployment runs in.

Write `environment().suffixes.storage`, `environment().resourceManager` and so on, or take the address from the
resource: `reference(...).primaryEndpoints.blob`.

arm-ttk searches the raw text of everything but the template's parameters: it also reports comments, metadata,
descriptions, tags, property names, the parameters of nested templates and `http://schema.management.azure.com`. It does
not know the endpoints of the other clouds.
"""

from collections.abc import Iterator
from functools import lru_cache

from packager.arm.template import Template
from packager.checks.armttk.caseless import lowered
from packager.checks.armttk.patterns import places
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.edits import Edit, SetValue
from packager.source.span import Span
from packager.source.spot import Spot
from packager.source.tree import ObjectNode

HOSTS = (
    "management.core.windows.net",
    "gallery.azure.com",
    "management.azure.com",
    "database.windows.net",
    "core.windows.net",
    "login.microsoftonline.com",
    "graph.windows.net",
    "vault.azure.net",
    "datalake.azure.net",
    "azuredatalakestore.net",
    "azuredatalakeanalytics.net",
    "api.loganalytics.io",
    "api.loganalytics.iov1",
    "asazure.windows.net",
    "region.asazure.windows.net",
    "batch.core.windows.net",
)
_EXEMPT_BEFORE = ("https://schema.", "https://devopsgallerystorage.blob.")
# Texts for people, which no deployment calls.
_PROSE = frozenset({"$schema", "metadata", "comments", "description", "tags"})
_REPLACEMENTS = {
    "core.windows.net": "environment().suffixes.storage",
    "database.windows.net": "environment().suffixes.sqlServerHostname",
    "vault.azure.net": "environment().suffixes.keyvaultDns",
    "azuredatalakestore.net": "environment().suffixes.azureDatalakeStoreFileSystem",
    "azuredatalakeanalytics.net": "environment().suffixes.azureDatalakeAnalyticsCatalogAndJob",
    "management.azure.com": "environment().resourceManager",
    "management.core.windows.net": "environment().authentication.audiences[0]",
    "login.microsoftonline.com": "environment().authentication.loginEndpoint",
    "graph.windows.net": "environment().graph",
    "gallery.azure.com": "environment().gallery",
    "batch.core.windows.net": "environment().batch",
}


@arm_ttk_rule(
    "DeploymentTemplate-Must-Not-Contain-Hardcoded-Uri",
    on="template",
    optional=("text",),
    fixable=True,
    false_alarm="nothing calls the address here: it stands in a comment, a text for people, a schema, a name or the "
    "default of a parameter; write it without the host name",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Every host of the list in the text, outside the template's own parameters."""
    text = run.target.text if run.target is not None else None
    if text is None:
        return
    hosts = list(_hosts(text.lowered, run.settings.texts("DisallowedHosts", HOSTS)))
    parameters = text.locator.locate("parameters") if hosts else None
    for found in hosts:
        if parameters is None or not parameters.start <= found.start <= parameters.end:
            yield Hit(text.spot(found.start, found.end), _message([text.value[found.start : found.end]]))


@predict.truth
def check(template: Template, package: Package) -> Iterator[Hit]:
    """The texts that a deployment uses: no names of properties, and no texts for people."""
    listed = _present(template.document.text, package.settings.texts("DisallowedHosts", HOSTS))
    for node, steps, text in template.tree.texts(_is_prose) if listed else ():
        hosts = list(dict.fromkeys(text[found.start : found.end].lower() for found in _hosts(lowered(text), listed)))
        if hosts:
            spot = template.spot(node.path + steps)
            yield Hit(spot, _message(hosts), edits=_asking(spot, text))


def _asking(spot: Spot, text: str) -> tuple[Edit, ...]:
    from packager.arm.endpoints import asking_environment  # its patterns take time that only a finding is worth

    asking = asking_environment(text)
    return (SetValue(spot.path, asking),) if asking != text else ()


def _is_prose(node: ObjectNode, key: str) -> bool:
    name = key.lower()
    at_top = node.parent is None or str(node.steps[-1]).lower() == "template"
    return name in _PROSE or (name == "parameters" and at_top)


def _hosts(text: str, listed: tuple[str, ...]) -> Iterator[Span]:
    """Every host of the list in a text in lower case; of several at one place the first of the list."""
    found: list[tuple[int, int, int]] = []
    for tail, hosts in _by_tail(listed).items():
        for place in places(text, tail):
            end = place + len(tail)
            found += [(end - len(host), order, end) for order, host in hosts if text.endswith(host, 0, end)]
    passed = 0
    for start, _, end in sorted(found):
        if start >= passed:
            passed = end
            if not text.endswith(_EXEMPT_BEFORE, 0, start):
                yield Span(start, end)


@lru_cache(maxsize=4)
def _by_tail(listed: tuple[str, ...]) -> dict[str, list[tuple[int, str]]]:
    """The hosts with their order, in lower case, by what follows their last dot: there are few such ends."""
    tails: dict[str, list[tuple[int, str]]] = {}
    for order, host in enumerate(map(str.lower, listed)):
        tails.setdefault(host[max(host.rfind("."), 0) :], []).append((order, host))
    return tails


@lru_cache(maxsize=4)
def _present(text: str, listed: tuple[str, ...]) -> tuple[str, ...]:
    """The hosts that the text of a document has at all, unless escapes may hide them."""
    lower = lowered(text)
    return listed if "\\u" in lower else tuple(host for host in listed if host.lower() in lower)


def _message(hosts: list[str]) -> str:
    wanted = list(dict.fromkeys(_REPLACEMENTS[host.lower()] for host in hosts if host.lower() in _REPLACEMENTS))
    use = f"use {' and '.join(wanted)}" if wanted else "take it from the resource or from environment()"
    return f"{' and '.join(repr(host) for host in hosts)} is an endpoint of the public cloud alone; {use}"
