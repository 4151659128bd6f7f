"""Whether the values of certain properties are literals: arm-ttk's algorithm, and what is true.

arm-ttk judges the text of each value, and follows a reference to a variable only for the last value that it came to.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from packager.arm.template import Template, key_of, member
from packager.checks.armttk.patterns import VARIABLE, PatternInputError, calls, find_expression, pattern_texts
from packager.checks.armttk.powershell import get, has, spelling
from packager.checks.armttk.run import ArmTtkRun, TemplateInput
from packager.checks.rule import Hit
from packager.source.lazy import lazy_pattern
from packager.source.span import Path
from packager.source.spot import Spot

_BRACKETS = lazy_pattern(r"\[[^\]]+\]")
LITERAL = "'{}' is a literal; make it an expression such as [parameters('{}')]"
VARIABLE_LITERAL = "'{}' comes from variable '{}', which holds a literal; use a parameter"


class _Looked(NamedTuple):
    """A value that arm-ttk looked at, trimmed, and its path in the document."""

    text: str
    path: Path


def predicted_literals(run: ArmTtkRun, *names: str) -> Iterator[Hit]:
    """The verdict on the properties of these names, each by itself."""
    template = run.template
    for name in names:
        last: _Looked | None = None
        if has(template.value, "resources"):
            if template.resources_are_null:
                yield _null(template, "resources")
            for last in _in_resources(template, name):
                yield from _literal(template, name, last)
        if has(template.value, "variables"):
            if get(template.value, "variables") is None:
                yield _null(template, "variables")
            for last in _in_variables(template, name):
                yield from _literal(template, name, last)
            if last is not None:
                yield from _literal_variable(template, name, last)


def _null(template: TemplateInput, section: str) -> Hit:
    message = f"'{section}' holds null, and arm-ttk's test fails for that; write an empty list or object"
    explanation = "without values nothing is a literal"
    return Hit(template.spot(template.section_path(section)), message, sub="null", explanation=explanation)


def _in_resources(template: TemplateInput, name: str) -> Iterator[_Looked]:
    for found in template.resource_search.by_any_value(name):
        if isinstance(found.value, str):
            yield _Looked(found.value.strip(), found.true_path)
            continue
        # A value handed to a nested deployment.
        value = get(found.value, "value")
        if isinstance(value, str):
            tail = (spelling(found.value, "value"),) if isinstance(found.value, dict) else ()
            yield _Looked(value.strip(), (*found.true_path, *tail))


def _in_variables(template: TemplateInput, name: str) -> Iterator[_Looked]:
    for found in template.variable_search.by_any_value(name):
        if isinstance(found.value, str):
            yield _Looked(found.value.strip(), found.true_path)


def _literal(template: TemplateInput, name: str, looked: _Looked) -> Iterator[Hit]:
    if not _BRACKETS.search(looked.text):
        yield Hit(Spot(template.document, looked.path), LITERAL.format(name, name))


def _literal_variable(template: TemplateInput, name: str, last: _Looked) -> Iterator[Hit]:
    variables = " ".join(match.group(1) for match in VARIABLE.finditer(last.text))
    outermost = (call.name.lower() for call in calls(last.text, r"\w+"))
    if not variables or "variables" not in outermost:
        return
    if not _has_expression(get(get(template.value, "variables"), variables)):
        yield Hit(Spot(template.document, last.path), VARIABLE_LITERAL.format(name, variables))


def _has_expression(value: Any) -> bool:
    try:
        texts = list(pattern_texts(value))
    except PatternInputError:
        return False
    return any(find_expression(text) is not None for text in texts)


def true_literals(template: Template, *names: str) -> Iterator[Hit]:
    """Values in resources, and in variables, that are the same at every deployment because the template says them."""
    for name in names:
        for node, key in template.tree.properties(name):
            section = str(node.path[0] if node.path else key).lower()
            value, path = node.value[key], (*node.path, key)
            if section == "resources" and isinstance(value, dict):
                value, path = member(value, "value"), (*path, key_of(value, "value"))
            if isinstance(value, str) and section in {"resources", "variables"}:
                yield from (Hit(template.spot(path), message) for message in _true_literal(template, name, value))


def _true_literal(template: Template, name: str, value: str) -> Iterator[str]:
    from packager.arm.follow import parsed  # profile arm-ttk does without it
    from packager.expressions.nodes import calls as node_calls  # as above
    from packager.expressions.nodes import literal_argument  # as above

    if template.flow.sources(value).is_constant:
        node = parsed(value)
        references = node_calls(node, "variables") if node is not None else ()
        variable = next((literal_argument(one, 0) for one in references), None)
        yield VARIABLE_LITERAL.format(name, variable) if variable else LITERAL.format(name, name)
