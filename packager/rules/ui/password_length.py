"""A password box accepts short passwords.

Certification wants a pattern that asks for twelve characters at least; a machine that is open to the internet with a
short password is guessed within days.

Add `constraints` with a `regex` that bounds the length, such as `^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9]).{12,72}$`.

arm-ttk reads patterns with .NET instead of JavaScript, looks only at `regex` and not at `validations`, adds up every
number after a brace, and takes a pattern between two classes, `[a-z]...[0-9]`, for an expression.
"""

from collections.abc import Iterator

from packager.checks.armttk.dotnet import regex_problem
from packager.checks.armttk.powershell import get, spelling, text_of, truthy
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.lazy import lazy_pattern
from packager.source.spot import Spot
from packager.ui.definition import UiDefinition

PASSWORD_BOX = "Microsoft.Common.PasswordBox"  # noqa: S105
MINIMUM = 12
_LENGTH = lazy_pattern(r"\{(\d+)")


@arm_ttk_rule(
    "PasswordBoxes-Must-Have-Min-Length",
    on="form",
    needs=("form",),
    false_alarm="the portal's JavaScript takes the pattern, or another rule of the password box bounds the length",
    mentions=("passwordbox",),
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Constraints; a pattern in them, if any, that .NET takes and that has a length; a short one is only warned of."""
    least = run.settings.number("PasswordMinLength", MINIMUM)
    for found in run.form.search.by_value_equal("type", PASSWORD_BOX):
        name = text_of(get(found.holder, "name"))
        constraints = get(found.holder, "constraints")
        pattern = text_of(get(constraints, "regex"))
        if not truthy(constraints):
            yield Hit(run.form.spot(found.node.true_path), _missing(name), sub="constraints")
        elif truthy(get(constraints, "regex")) and not _looks_like_expression(pattern):
            path = (*found.node.true_path, spelling(found.holder, "constraints"))
            if isinstance(constraints, dict):
                path = (*path, spelling(constraints, "regex"))
            yield from _judged(name, pattern, run.form.spot(path), least)


def _looks_like_expression(pattern: str) -> bool:
    trimmed = pattern.strip()
    return trimmed[:1] == "[" and trimmed[-1:] == "]"


def _judged(name: str, pattern: str, spot: Spot, least: int) -> Iterator[Hit]:
    problem = regex_problem(pattern)
    if problem:
        yield Hit(spot, _invalid(name, ".NET", problem), sub="invalid")
    elif not _LENGTH.search(pattern):
        yield Hit(spot, _unbounded(name), sub="length")
    elif _lengths(pattern) < least:
        yield Hit(spot, _short(name, least), sub="short", severity=Severity.WARNING)


def _lengths(pattern: str) -> int:
    """The numbers after braces added up, one too large for 32 bits as nothing."""
    numbers = [int(digits) for digits in _LENGTH.findall(pattern) if len(digits) <= 10]
    return sum(number for number in numbers if number < 2**31)


@predict.truth
def check(form: UiDefinition, package: Package) -> Iterator[Hit]:
    """The same for all patterns together, read as JavaScript; what an expression decides is left alone."""
    from packager.ui.constraints import has_computed_rule, patterns_of  # profile arm-ttk does without it
    from packager.ui.patterns import pattern_problem  # as above

    least = int(package.test_parameters.get("passwordminlength", MINIMUM))
    for node in () if form.is_form_view else form.typed(PASSWORD_BOX):
        name = str(node.value.get("name", ""))
        constraints = node.value.get("constraints")
        if not constraints or not isinstance(constraints, dict):
            yield Hit(form.spot(node.path), _missing(name), sub="constraints")
            continue
        patterns = list(patterns_of(constraints, (*node.path, "constraints")))
        invalid = [(at, problem) for at, pattern in patterns if (problem := pattern_problem(pattern))]
        for at, problem in invalid:
            yield Hit(form.spot(at), _invalid(name, "JavaScript", problem), sub="invalid")
        if not patterns or invalid or has_computed_rule(constraints):
            continue
        longest = max(_lengths(pattern) for _, pattern in patterns)
        spot = form.spot(patterns[0][0])
        if not any(_LENGTH.search(pattern) for _, pattern in patterns):
            yield Hit(spot, _unbounded(name), sub="length")
        elif longest < least:
            yield Hit(spot, _short(name, least), sub="short", severity=Severity.WARNING)


def _missing(name: str) -> str:
    return f"password box '{name}' has no constraints; add a 'regex' that asks for {MINIMUM} characters at least"


def _invalid(name: str, language: str, problem: str) -> str:
    return f"{language} does not take the pattern of password box '{name}': {problem}"


def _unbounded(name: str) -> str:
    return f"the pattern of password box '{name}' asks for no length; end it with .{{12,}} or the like"


def _short(name: str, least: int) -> str:
    return f"the pattern of password box '{name}' asks for fewer than {least} characters"
