"""The parameters, variables, functions and types that a template declares, each judged once, be it used or not."""

from collections.abc import Iterator, Mapping
from typing import Any

from packager.arm.expansion import NESTED, OUTPUT_TYPE, PARAMETER_VALUE, UNDECLARED, UNKNOWN_TYPE, Trouble
from packager.arm.parameters import KINDS_OF_TYPES, problems
from packager.arm.run import Run
from packager.arm.template import key_of, member
from packager.arm.world import TemplateWorld
from packager.expressions.errors import ExpressionError
from packager.expressions.limits import measure
from packager.expressions.values import Unknown
from packager.source.document import Document
from packager.source.nearest import did_you_mean, suggester
from packager.source.span import Path
from packager.source.spot import Spot

_TYPES = ("string", "securestring", "int", "bool", "object", "secureObject", "array")


class Declared:
    """One template of a run; `nested` is one whose values come from a deployment resource."""

    def __init__(self, run: Run, document: Document, world: TemplateWorld, *, nested: bool) -> None:
        self._run = run
        self._document = document
        self._world = world
        self._nested = nested

    def check_parameters(self) -> None:
        """Every parameter against its declaration, and what is given without being declared."""
        world, run = self._world, self._run
        for name, declaration in world.names("parameters").values():
            if isinstance(declaration, dict):
                self._check_parameter(name, declaration, (*world.section_path("parameters"), name))
        run.missing.update(dict.fromkeys(world.missing))
        declared = world.names("parameters")
        hint = suggester([name for name, _ in declared.values()])
        for name in world.given:
            if name not in declared:
                code, place = UNDECLARED if self._nested else PARAMETER_VALUE, world.section_path("parameters")
                message = f"a value is given for '{name}', which is no parameter{hint(name)}"
                self._add(code, message, place if self._nested else (*place, name))

    def _check_parameter(self, name: str, declaration: dict[str, Any], path: Path) -> None:
        """The value against its declaration; of one that is still open, the default, which must fit as well."""
        world, key = self._world, key_of(declaration, "defaultValue")
        try:
            value = world.parameter(name)
            measure(value)
            by_default = name.lower() not in world.given
            if type(value) is Unknown and declaration.get(key) is not None:
                value, by_default = world.default(name), True
        except ExpressionError as error:
            self._report(error, path, f"the default value of the parameter '{name}' is not valid: ")
            return
        for message in problems(value, declaration, world.definitions(), f"the parameter '{name}'"):
            code = NESTED if self._nested and not by_default else PARAMETER_VALUE
            self._add(code, message, (*path, key) if by_default and key in declaration else path)

    def check_variables(self) -> None:
        """Azure evaluates every variable, used or not."""
        for name, value in self._world.names("variables").values():
            path = (*self._world.section_path("variables"), name)
            looped = name.lower() == "copy" and isinstance(value, list)
            for one in [member(loop, "name") for loop in value if isinstance(loop, dict)] if looped else [name]:
                try:
                    self._world.variable(str(one))
                except ExpressionError as error:
                    self._report(error, path, f"the variable '{one}' is not valid: ")

    def check_functions(self) -> None:
        """Every user-defined function, used or not, for arguments that are not known."""
        for name, path, function in self._world.functions():
            try:
                value, output = self._world.trial(name), member(function, "output")
                for message in problems(value, output, self._world.definitions(), f"the output of '{name}'"):
                    self._add(OUTPUT_TYPE, message, (*path, key_of(function, "output")))
            except ExpressionError as error:
                self._report(error, path, f"the function '{name}' is not valid: ")

    def check_types(self) -> None:
        """Types that do not exist, of parameters and outputs; what has no resources is hardly a template."""
        if member(self._world.sections, "resources") is None:
            return
        for section in ("parameters", "outputs"):
            for name, declaration in self._world.names(section).values():
                path = (*self._world.section_path(section), name)
                for message, place in _wrong_types(name, section[:-1], declaration):
                    self._add(UNKNOWN_TYPE, message, (*path, *place))

    def _report(self, error: ExpressionError, path: Path, prefix: str) -> None:
        self._run.report(error, self._document, path, prefix)

    def _add(self, code: str, message: str, path: Path) -> None:
        self._run.add(Trouble(code, message, Spot(self._document, path)))


def _wrong_types(name: str, what: str, declaration: Any) -> Iterator[tuple[str, Path]]:
    if not isinstance(declaration, Mapping) or isinstance(member(declaration, "$ref"), str):
        return
    key = key_of(declaration, "type")
    type_ = declaration.get(key)
    if type_ is None:
        yield f"the {what} '{name}' declares no type", ()
    elif not isinstance(type_, str) or type_.lower() not in KINDS_OF_TYPES:
        suggestion = did_you_mean(type_, _TYPES) if isinstance(type_, str) else ""
        known = "" if suggestion else f"; there are {', '.join(_TYPES)}"
        yield f"the {what} '{name}' is of the type '{str(type_)[:40]}', which does not exist{suggestion}{known}", (key,)
