"""A nested template of outer scope declares what nothing can reach.

Outer scope is the default: expressions in such a template are evaluated by the template around it, and see the
parameters, variables and functions of that one. What the nested template declares itself is never read. Where both
declare the same name, the value of the outer one is taken without a word. Values in `properties.parameters` of the
deployment have no effect either.

Set `expressionEvaluationOptions.scope` to `inner` and pass what is needed as parameters, or remove the declarations.
"""

from collections.abc import Iterator

from packager.arm.template import Template, key_of, member
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule

_HINT = "set the scope of the deployment to inner, or remove it"


@rule(on="template", severity=Severity.WARNING)
def check(template: Template, _: Package) -> Iterator[Hit]:
    """Sections of every template of outer scope that is evaluated in this one."""
    for nested in template.scope():
        if nested is not template:
            yield from _declared(nested, template)


def _declared(nested: Template, around: Template) -> Iterator[Hit]:
    for section in ("parameters", "variables"):
        names, outer = nested.section(section), around.section(section)
        for name in names:
            is_hidden = key_of(outer, name) in outer
            what = f"{section[:-1]} '{name}' of a nested template of outer scope"
            told = f"the {what} is never read: the outer one of that name is; {_HINT}"
            message = told if is_hidden else f"the {what} can never be read; {_HINT}"
            yield Hit(
                nested.spot((*nested.section_path(section), name), key=True), message, "hidden" if is_hidden else None
            )
    if member(nested.value, "functions"):
        spot = nested.spot(nested.section_path("functions"), key=True)
        yield Hit(spot, f"the functions of a nested template of outer scope can never be called; {_HINT}")
