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
from packager.checks.armttk.locate import locate
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
_REACH = max(map(len, _EXEMPT_BEFORE))
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
    parameters = locate(text.value, "parameters")
    for found in _hosts(text.value, run.settings.texts("DisallowedHosts", HOSTS)):
        if parameters is None or not parameters.start <= found.start <= parameters.end:
            yield Hit(text.spot(found.start, found.end), _message([text.value[found.start : found.end]]))


@predict.truth
def check(template: Template, package: Package) -> Iterator[Hit]:
    """The texts that a deployment uses: no names of properties, and no texts for people."""
    listed = _present(template.document.text, package.settings.texts("DisallowedHosts", HOSTS))
    for node, steps, text in template.tree.texts(_is_prose) if listed else ():
        hosts = list(dict.fromkeys(text[found.start : found.end].lower() for found in _hosts(text, listed)))
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
    """Every host of the list in the text, ignoring case; of several at one place the first of the list."""
    lowered = folded(text)
    places = [(start, order) for order, host in enumerate(listed) for start in _places(lowered, host.lower())]
    end = 0
    for start, order in sorted(places):
        if start < end:
            continue
        end = start + len(listed[order])
        if not lowered[max(start - _REACH, 0) : start].endswith(_EXEMPT_BEFORE):
            yield Span(start, end)


@lru_cache(maxsize=4)
def _present(text: str, listed: tuple[str, ...]) -> tuple[str, ...]:
    """The hosts that the text of a document has at all, unless escapes may hide them."""
    lowered = folded(text)
    return listed if "\\u" in lowered else tuple(host for host in listed if host.lower() in lowered)


def _places(text: str, wanted: str) -> Iterator[int]:
    start = text.find(wanted) if wanted else -1
    while start >= 0:
        yield start
        start = text.find(wanted, start + len(wanted))


def folded(text: str) -> str:
    """The text in lower case, character by character, so that places stay what they are."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(one if len(one.lower()) > 1 else one.lower() for one in text)
    return lowered


def _message(hosts: list[str]) -> str:
    wanted = list(dict.fromkeys(_REPLACEMENTS[host.lower()] for host in hosts if host.lower() in _REPLACEMENTS))
    use = f"use {' and '.join(wanted)}" if wanted else "take it from the resource or from environment()"
    return f"{' and '.join(repr(host) for host in hosts)} is an endpoint of the public cloud alone; {use}"
