"""A nested deployment of outer scope holds a secret in plain text.

The expressions in the template of such a deployment are evaluated before it is sent, so that the values of secure
parameters, and the answers of `list...` functions, are kept in the deployment's history for every reader of the
resource group. Certification refuses both. Secrets are followed through variables, user-defined functions, and through
templates of inner scope that the deployment stands in.

Set `"expressionEvaluationOptions": {"scope": "inner"}`, declare a parameter of type `securestring` in the nested
template, and pass the secret as its value. A template file of its own does as well.

arm-ttk searches the text of the nested template and judges only the first mention of each parameter and the first
`list...` function. It does not see a function that is the whole expression (`[listKeys(...)]`), nor what comes through
variables. A template without `resources` ends in its own exception.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from packager.arm.template import Template
from packager.checks.armttk.jsontext import WHOLE, JsonText, first_in, piped
from packager.checks.armttk.powershell import equal, get, truthy
from packager.checks.armttk.run import ArmTtkRun, TemplateInput, written_path
from packager.checks.armttk.search import Found
from packager.checks.armttk.secrets import SecureParameters
from packager.checks.finding import Basis, Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.span import Path, Span
from packager.source.spot import Spot

if TYPE_CHECKING:
    from packager.arm.secrecy import Exposure

PARAMETER = "the secure parameter '{}' ends in a nested deployment of outer scope in plain text; use inner scope"
LIST = "the answer of {}() ends in a nested deployment of outer scope in plain text; use inner scope"


_TYPE = "Microsoft.Resources/deployments"


class _Nested(NamedTuple):
    """The template of a deployment of outer scope: the part `within` of a text, whose paths start at `base`."""

    text: JsonText
    within: Span
    base: Path

    def path(self, position: int) -> Path:
        """The path in the document of what stands at a position."""
        return (*self.base, *self.text.path(position))


@arm_ttk_rule(
    "Secure-Params-In-Nested-Deployments",
    on="template",
    needs=("object",),
    severity=Severity.WARNING,
    false_alarm="what it finds is no expression, or tells no more of the secret than whether it is empty",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """The first mention of each secure parameter, and the first call of a list function, in each nested template."""
    template = run.template
    if template.resources_are_null:
        message = "the template has no 'resources', and arm-ttk's test fails for that; add an empty list"
        spot = template.spot(template.section_path("resources"))
        yield Hit(spot, message, sub="resources", basis=Basis.ARM_TTK, explanation="without resources nothing is shown")
    found = list(_nested_deployments(template))
    secure = SecureParameters(template)
    if found:
        yield from secure.bad_names()
    for nested in _texts(template, found, secure):
        for name, start in secure.shown(nested.text, nested.within):
            yield Hit(Spot(template.document, nested.path(start)), PARAMETER.format(name), sub="parameter")
        call = first_in(nested.text.list_calls, nested.within)
        if call is not None and nested.text.in_expression(call.start):
            function = nested.text.value[call.start + 1 : call.end - 1].strip()
            yield Hit(Spot(template.document, nested.path(call.end - 1)), LIST.format(function), sub="list")


def _nested_deployments(template: TemplateInput) -> Iterator[tuple[Found, Any]]:
    """The deployments of outer scope, each with its template."""
    for found in template.resource_search.by_value_equal("type", _TYPE):
        properties = get(found.holder, "properties")
        scope = get(get(properties, "expressionEvaluationOptions"), "scope")
        value = get(properties, "template")
        if value and not (truthy(scope) and not equal(scope, "outer")):
            yield found, value


def _texts(
    template: TemplateInput, deployments: list[tuple[Found, Any]], secure: SecureParameters
) -> Iterator[_Nested]:
    """The texts of nested templates, but of those that can show nothing."""
    whole: JsonText | None = None
    passed = 0
    for found, value in deployments:
        if whole is None and (found.node.number < passed or not _may_show(found.holder, secure)):
            # Nor can what is in it.
            passed = max(passed, found.node.last.number + 1)
            continue
        # One text for all: deployments in deployments would be written again and again.
        whole = whole or piped(get(template.value, "resources"), WHOLE)
        within = whole.extents.get(id(value)) if isinstance(value, dict | list) else None
        if within is not None:
            yield _Nested(whole, within, (*template.base, *template.section_path("resources")))
        else:
            text, base = piped(value), written_path(found.holder, ("properties", "template"))
            yield _Nested(text, text.whole, (*found.node.true_path, *base))


def _may_show(resource: dict[str, Any], secure: SecureParameters) -> bool:
    """Whether the text of a resource has what is looked for in it at all; Python writes it far faster."""
    text = json.dumps(resource, ensure_ascii=False).lower()
    return "list" in text or secure.may_be_in(text)


@predict.truth
def check(template: Template, package: Package) -> Iterator[Hit]:
    """What flows into nested templates of outer scope, as written and as evaluated."""
    from packager.checks.exposure import also_exposed  # profile arm-ttk does without it

    yield from also_exposed(_written(template), template, package, "outer", _message)


def _message(found: "Exposure") -> str:
    return (PARAMETER if found.secret.kind == "parameter" else LIST).format(found.secret.name)


def _written(template: Template) -> Iterator[Hit]:
    """Every expression of this template that stands in one of outer scope, through variables too."""
    nested = {one.path for one in template.scope() if one is not template}
    for site in template.sites.all if nested else ():
        if any(site.path[: length + 1] in nested for length in range(len(template.path), len(site.path))):
            for secret in template.shown.secrets(site.text):
                message = (PARAMETER if secret.kind == "parameter" else LIST).format(secret.name)
                yield Hit(site.spot(), message, sub=secret.kind)
