"""An output refers to an element that the form does not have.

The portal refuses to deploy a form whose outputs name an element that cannot be found.

Correct the name. It is compared exactly, case included, and an element in a section is reached through the section:
`[steps('network').addresses.range]`.

arm-ttk looks at references that begin an expression, at the first element after the step and one level into an
object; it takes `steps('basics')`, which the portal knows, for a missing step.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from packager.checks.armttk.outputs import output_path, outputs_of
from packager.checks.armttk.powershell import get, members, text_of
from packager.checks.armttk.run import ArmTtkRun
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.lazy import lazy_pattern
from packager.source.span import Path, Span
from packager.source.spot import within
from packager.ui.definition import UiDefinition

REFERENCE = lazy_pattern(
    r"\[\s*(?:basics\(\s*'(?P<control>[^']+)'|steps\(\s*'(?P<step>[^']+)'\s*\)(?:\.(?P<element>\w+))?)", re.IGNORECASE
)


@arm_ttk_rule(
    "Controls-In-Outputs-Must-Exist",
    on="form",
    needs=("form",),
    false_alarm="the portal finds the element; with basics('name') instead of steps('basics').name arm-ttk does, too",
)
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """References at the start of an expression, in texts and in the direct members of objects."""
    names = _Names.of(get(run.form.value, "parameters"))
    for path, text in _texts(run):
        for found in REFERENCE.finditer(text):
            missing = names.missing(found["control"], found["step"], found["element"])
            if missing is not None:
                sub, message = missing
                yield Hit(within(run.form.document, path, Span(*found.span())), message, sub=sub)


def _texts(run: ArmTtkRun) -> Iterator[tuple[Path, str]]:
    for name, value in outputs_of(run.form):
        path = output_path(run.form, name)
        if isinstance(value, str):
            yield path, value
        for member, inner in members(value):
            if isinstance(inner, str):
                yield (*path, member), inner


class _Names(NamedTuple):
    """The names that arm-ttk finds, in lower case: in Basics, and directly in each step."""

    basics: frozenset[str]
    steps: dict[str, set[str]]

    @classmethod
    def of(cls, parameters: Any) -> "_Names":
        steps: dict[str, set[str]] = {}
        for step in _listed(get(parameters, "steps")):
            steps.setdefault(_name(step), set()).update(map(_name, _listed(get(step, "elements"))))
        return cls(frozenset(map(_name, _listed(get(parameters, "basics")))), steps)

    def missing(self, control: str | None, step: str | None, element: str | None) -> tuple[str, str] | None:
        """What is missing of a reference, "element" or "step", with a message."""
        if control is not None:
            found = control.lower() in self.basics
            return None if found else ("element", f"Basics has no element '{control}'")
        inside = self.steps.get((step or "").lower())
        if inside is None:
            return "step", f"the form has no step '{step}'"
        if element is not None and element.lower() not in inside:
            return "element", f"step '{step}' has no element '{element}'"
        return None


def _listed(values: Any) -> list[Any]:
    return values if isinstance(values, list) else [values]


def _name(value: Any) -> str:
    return text_of(get(value, "name")).lower()


@predict.truth
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Every reference in the outputs, followed through steps and sections."""
    from packager.ui.flow import MOST_HINTS, missing_text  # profile arm-ttk does without it

    missing = (use for use in form.flow.uses if use.output is not None and use.target.missing is not None)
    for count, use in enumerate(missing):
        spot = within(form.document, use.path, use.reference.span)
        message = missing_text(form, use, with_hint=count < MOST_HINTS)
        yield Hit(spot, message, sub="step" if use.target.missing == "step" else "element")
