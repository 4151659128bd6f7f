"""A template names a host of the public cloud that does not exist on the platform.

An Azure Stack Hub answers at addresses of its own, such as `<account>.blob.<region>.<domain>`. A template that writes
`core.windows.net`, `vault.azure.net`, `azmk8s.io` or `cloudapp.azure.com` leads out of the stamp, or nowhere.

Write what the message names: `environment()` knows the suffixes of the cloud that the deployment runs in, and
`reference()` the address of a resource. The default of a parameter counts, too; where `hardcoded-endpoint` reports the
place already, this rule does not.
"""

import itertools
from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import PLATFORMS, Hit, rule
from packager.source.lazy import lazy_pattern
from packager.source.span import Path
from packager.source.tree import ObjectNode

# Texts for people, which no deployment uses.
_PROSE = frozenset({"$schema", "metadata", "comments", "description", "tags", "contentversion"})
_SCHEMA = lazy_pattern(r"https?://schema\.management\.azure\.com")
# Hosts that certification looks for itself, outside of parameters.
_REPORTED = ("core.windows.net", "vault.azure.net", "management.azure.com", "login.microsoftonline.com")


@rule(on="template", severity=Severity.ERROR, profiles=PLATFORMS)
def check(template: Template, package: Package) -> Iterator[Hit]:
    """The texts of a template, without those for people."""
    platform = package.platform
    written = template.document.text.lower()
    if template.parent is not None or platform is None:
        return
    if "\\u" not in written and not any(host in written for host in platform.hosts):
        return
    for node, steps, text in template.tree.texts(_is_prose):
        path, lowered = node.path + steps, _SCHEMA.sub("", text.lower())
        for host, instead in platform.hosts.items():
            reported = host in _REPORTED and not _is_parameter(path)
            if host in lowered and not reported and _names(lowered, host):
                yield Hit(template.spot(path), f"'{host}' is not there on {platform.title}; use {instead}")


def _names(text: str, host: str) -> bool:
    """Whether a text holds a host as such, and not as the middle of another name."""
    parts = text.split(host)
    return any(
        not before[-1:].isalnum() and before[-1:] != "-" and not after[:1].isalnum() and after[:1] != "-"
        for before, after in itertools.pairwise(parts)
    )


def _is_prose(_: ObjectNode, key: str) -> bool:
    return key.lower() in _PROSE


def _is_parameter(path: Path) -> bool:
    """Whether a place is in a parameter's declaration, of the template or of one nested in it."""
    return any(
        str(step).lower() == "parameters" and (index == 0 or str(path[index - 1]).lower() == "template")
        for index, step in enumerate(path)
    )
