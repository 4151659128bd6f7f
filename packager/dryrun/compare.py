"""What a form puts out against what the template takes: names, values without a default, types and constraints."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from packager.arm.parameters import problems
from packager.arm.template import member
from packager.source.nearest import did_you_mean
from packager.ui.values import Value

Code = Literal["unknown", "case", "missing", "value"]


class Disagreement(NamedTuple):
    """Something that the form and the template see differently, by the name of the parameter.

    `unknown`: no such parameter. `case`: one whose name differs by case, which Azure takes and tools may not.
    `missing`: a parameter without default that gets no value. `value`: a value that breaks its declaration.
    """

    code: Code
    parameter: str
    message: str

    @property
    def is_refused(self) -> bool:
        """Whether Azure would refuse the deployment for it."""
        return self.code != "case"


def compare(
    outputs: Mapping[str, Value], template: Mapping[str, Any], undecided: Collection[str] = ()
) -> list[Disagreement]:
    """Every disagreement; outputs that are `undecided` count as given, with a value that fits."""
    declared = parameters_of(template)
    found = [*_given(outputs, declared, template, undecided), *_missing({*outputs, *undecided}, declared)]
    return sorted(found, key=lambda one: one.parameter.lower())


def parameters_of(template: Mapping[str, Any]) -> Mapping[str, Any]:
    """The declarations of a template's parameters."""
    declared = member(template, "parameters")
    return declared if isinstance(declared, dict) else {}


def _given(
    outputs: Mapping[str, Value], declared: Mapping[str, Any], template: Mapping[str, Any], undecided: Collection[str]
) -> Iterator[Disagreement]:
    names = {name.lower(): name for name in declared}
    definitions = member(template, "definitions")
    for name, value in outputs.items():
        written = names.get(name.lower())
        if written is None:
            hint = did_you_mean(name, declared)
            yield Disagreement("unknown", name, f"the template has no parameter '{name}'{hint}")
            continue
        if written != name:
            yield Disagreement("case", name, f"the template writes it '{written}'")
        if name not in undecided:
            schema = declared[written]
            what = f"the value of '{name}'"
            for message in problems(value, schema, definitions if isinstance(definitions, dict) else {}, what):
                yield Disagreement("value", name, message)


def _missing(given: Collection[str], declared: Mapping[str, Any]) -> Iterator[Disagreement]:
    names = {name.lower() for name in given}
    for name, schema in declared.items():
        if name.lower() in names or not isinstance(schema, dict):
            continue
        if not any(key.lower() == "defaultvalue" for key in schema) and member(schema, "nullable") is not True:
            message = f"the parameter '{name}' has no default, and the form gives it no value"
            yield Disagreement("missing", name, message)
