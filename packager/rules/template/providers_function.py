"""The api-version of a resource comes from `providers()`.

What `providers('Microsoft.Network', 'virtualNetworks').apiVersions[0]` stands for changes whenever Azure publishes a
new version, so that a template which was tested deploys something else later. The function is deprecated as well.

Write the version that you tested as a literal: `"apiVersion": "2023-04-01"`.

arm-ttk looks for `providers(`, anything, and `).apiVersions` in the raw text; the two may belong to different
expressions, or stand in a comment.
"""

from collections.abc import Iterator

from packager.arm.template import Template
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.expressions.nodes import Index, Node, Property, StringLiteral, is_call
from packager.source.lazy import lazy_pattern

_OPENING = "providers("
_CLOSING = lazy_pattern(r"\)\.apiversions")
_MESSAGE = "providers() gives another api-version whenever Azure publishes one; write the tested version as a literal"


@arm_ttk_rule(
    "providers_apiVersions-Is-Not-Permitted",
    on="template",
    needs=("text",),
    severity=Severity.WARNING,
    false_alarm="no expression reads the versions of providers() here; write the text in other words",
    mentions=("apiversions",),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Every `).apiVersions` with a `providers(` before it, however far away."""
    text = run.text.lowered
    first = text.find(_OPENING)
    for found in _CLOSING.finditer(text, first + len(_OPENING)) if first >= 0 else ():
        yield Hit(run.text.spot(text.rindex(_OPENING, 0, found.start()), found.end()), _MESSAGE)


@predict.truth
def check(template: Template, _: Package) -> Iterator[Hit]:
    """The member `apiVersions` of a call of providers(), in either way of writing it."""
    for site in template.sites.all:
        for node in site.nodes():
            if _is_versions(node):
                yield Hit(site.spot(node.span), _MESSAGE)


def _is_versions(node: Node) -> bool:
    match node:
        case Property(target=target, name=name):
            return name.lower() == "apiversions" and is_call(target, "providers")
        case Index(target=target, index=StringLiteral(value=name)):
            return name.lower() == "apiversions" and is_call(target, "providers")
    return False
