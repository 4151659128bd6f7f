"""A text box takes anything, or says nothing when it refuses.

What the customer types goes into names and commands of the deployment, which then fails far from its cause;
certification wants a pattern with a length, and a message for when it does not match.

Give the text box `constraints` with `regex` and `validationMessage`, or with `validations`, and bound the length:
`"regex": "^[a-z0-9]{3,24}$"`.

arm-ttk reads patterns with .NET instead of JavaScript, looks only at the first of several, takes an expression for a
pattern, and wants a pattern even where an `isValid` says it all.
"""

from collections.abc import Iterator
from typing import Any

from packager.checks.armttk.dotnet import regex_problem
from packager.checks.armttk.powershell import get, spelling, text_of, truthy
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.lazy import lazy_pattern
from packager.source.span import Path
from packager.ui.definition import UiDefinition

TEXT_BOX = "Microsoft.Common.TextBox"
LENGTH = lazy_pattern(r"\{\d+(?:,\d*)?\}")


@arm_ttk_rule(
    "Textboxes-Are-Well-Formed",
    on="form",
    needs=("form",),
    false_alarm="the portal's JavaScript takes the pattern, or another rule of the text box judges its value",
    mentions=("textbox",),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Constraints, a pattern in them that .NET takes, a message; a pattern without a length is only warned of."""
    for found in run.form.search.by_value_equal("type", TEXT_BOX):
        name = text_of(get(found.holder, "name"))
        constraints = get(found.holder, "constraints")
        if not truthy(constraints):
            yield Hit(run.form.spot(found.node.true_path), _missing(name), sub="constraints")
            continue
        path: Path = (*found.node.true_path, spelling(found.holder, "constraints"))
        pattern, at = _first_pattern(constraints, path)
        has_message = truthy(get(constraints, "validations")) or truthy(get(constraints, "validationMessage"))
        if truthy(pattern) and not has_message:
            yield Hit(run.form.spot(path, key=True), _silent(name), sub="message")
        if not truthy(pattern):
            yield Hit(run.form.spot(path, key=True), _without_pattern(name), sub="regex")
        elif problem := regex_problem(text_of(pattern)):
            yield Hit(run.form.spot(at), _invalid(name, ".NET", problem), sub="invalid")
        elif not LENGTH.search(text_of(pattern)):
            yield Hit(run.form.spot(at), _unbounded(name), sub="length", severity=Severity.WARNING)


def _first_pattern(constraints: Any, path: Path) -> tuple[Any, Path]:
    """The pattern that arm-ttk looks at, with its place: of `validations`, when there are any, else `regex`."""
    validations = get(constraints, "validations")
    if not truthy(validations):
        return get(constraints, "regex"), _below(constraints, path, "regex")
    path = _below(constraints, path, "validations")
    for number, entry in enumerate(validations if isinstance(validations, list) else [validations]):
        pattern = get(entry, "regex")
        if truthy(pattern):
            return pattern, _below(entry, (*path, number) if isinstance(validations, list) else path, "regex")
    return None, path


def _below(value: Any, path: Path, name: str) -> Path:
    return (*path, spelling(value, name)) if isinstance(value, dict) else path


@predict.truth
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """The same for every pattern, read as JavaScript; expressions are left alone and an `isValid` is as good."""
    from packager.ui.constraints import has_computed_rule, patterns_of  # profile arm-ttk does without it
    from packager.ui.patterns import pattern_problem  # as above

    for node in () if form.is_form_view else form.typed(TEXT_BOX):
        name = str(node.value.get("name", ""))
        constraints = node.value.get("constraints")
        if not constraints or not isinstance(constraints, dict):
            yield Hit(form.spot(node.path), _missing(name), sub="constraints")
            continue
        path = (*node.path, "constraints")
        if constraints.get("regex") and not constraints.get("validations") and not constraints.get("validationMessage"):
            yield Hit(form.spot(path, key=True), _silent(name), sub="message")
        patterns = list(patterns_of(constraints, path))
        computed = has_computed_rule(constraints)
        if not patterns and not computed:
            yield Hit(form.spot(path, key=True), _without_pattern(name), sub="regex")
        invalid = [(at, problem) for at, pattern in patterns if (problem := pattern_problem(pattern))]
        for at, problem in invalid:
            yield Hit(form.spot(at), _invalid(name, "JavaScript", problem), sub="invalid")
        if patterns and not invalid and not computed and not any(LENGTH.search(pattern) for _, pattern in patterns):
            yield Hit(form.spot(patterns[0][0]), _unbounded(name), sub="length", severity=Severity.INFO)


def _missing(name: str) -> str:
    return f"text box '{name}' has no constraints; add a 'regex' with a length and a 'validationMessage'"


def _silent(name: str) -> str:
    return f"text box '{name}' has a 'regex' and no 'validationMessage'; say what is expected"


def _without_pattern(name: str) -> str:
    return f"the constraints of text box '{name}' have no pattern; add a 'regex' with a length, such as ^[a-z]{{3,24}}$"


def _invalid(name: str, language: str, problem: str) -> str:
    return f"{language} does not take the pattern of text box '{name}': {problem}"


def _unbounded(name: str) -> str:
    return f"the pattern of text box '{name}' bounds no length; add one, such as {{1,64}}"
