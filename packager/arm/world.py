"""What the expressions of one template can ask for: its parameters, variables and functions, each evaluated once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from packager.arm.parameters import kinds_of, resolve
from packager.arm.template import is_secure, key_of, member
from packager.expressions.copying import property_copies
from packager.expressions.errors import (
    ARGUMENT_COUNT,
    ARGUMENT_TYPE,
    CIRCULAR,
    NOT_ALLOWED_HERE,
    UNDEFINED_PARAMETER,
    UNDEFINED_USER_FUNCTION,
    UNDEFINED_VARIABLE,
    ExpressionError,
)
from packager.expressions.kinds import OBJECT, names_of
from packager.expressions.nodes import Call, SecretCall, StringLiteral
from packager.expressions.residual import property_of, residual
from packager.expressions.scope import Budget, Facts, Scope, World
from packager.expressions.structure import bind_value, evaluate_value
from packager.expressions.values import KINDS, Unknown, Value
from packager.source.nearest import did_you_mean
from packager.source.span import Path

_MISSING = object()
# What a default value of a parameter, a variable or a user-defined function must not ask for.
RUNTIME = frozenset({"reference", "references"})
DEFAULT_ONLY = frozenset({"newguid", "utcnow"})


# What answers a function of the run time, by its name in lower case and its arguments.
Resolver = Callable[[str, Sequence[Value]], Value | None]


class TemplateWorld(World):
    """`given` has the values of parameters by name in lower case, `sections` the parts of the template by name.

    `base` is the path of the template in its document, `modern` that it has language version 2.0. With `open_secrets`
    secure parameters that are given no value stay unknown, whatever their default is. `place` is what is
    evaluated now, where that forbids something; `link` the address that deployment() gives for the template;
    `resolver` answers reference() and list functions.
    """

    def __init__(
        self,
        facts: Facts,
        budget: Budget | None = None,
        sections: Mapping[str, Any] | None = None,
        given: Mapping[str, Value] | None = None,
        *,
        modern: bool = True,
        strict: bool = True,
        base: Path = (),
        link: str | None = None,
        open_secrets: bool = False,
    ) -> None:
        super().__init__(facts, budget, strict=strict)
        self.sections: Mapping[str, Any] = sections if sections is not None else {}
        self.given: Mapping[str, Value] = given if given is not None else {}
        self.modern = modern
        self.base = base
        self.link = link
        self.open_secrets = open_secrets
        self.missing: dict[str, Unknown] = {}
        self.place = ""
        self.resolver: Resolver | None = None
        self._found: dict[tuple[str, str], Value | ExpressionError] = {}
        self._open: list[tuple[str, str]] = []
        self._names: dict[str, dict[str, tuple[str, Any]]] = {}

    def names(self, section: str) -> dict[str, tuple[str, Any]]:
        """The members of a section by their names in lower case, as (name as written, value)."""
        known = self._names.get(section)
        if known is None:
            found = member(self.sections, section)
            items = found.items() if isinstance(found, dict) else ()
            known = self._names[section] = {key.lower(): (key, value) for key, value in items}
        return known

    def parameter(self, name: str) -> Value:
        """The value given, else the default, else null where that is allowed, else an unknown of the declared type."""
        lowered = name.lower()
        given = self.given.get(lowered, _MISSING)
        if given is not _MISSING and (given is not None or lowered not in self.names("parameters")):
            return self._declared_kind(given, lowered) if type(given) is Unknown else given
        return self._once("parameters", lowered, lambda: self._parameter(name))

    def _parameter(self, name: str) -> Value:
        declared = self.names("parameters").get(name.lower())
        if declared is None:
            known = {*self.given, *(written for written, _ in self.names("parameters").values())}
            raise ExpressionError(
                UNDEFINED_PARAMETER, f"there is no parameter '{name[:80]}'{did_you_mean(name, known)}"
            )
        written, declaration = declared
        if not isinstance(declaration, dict):
            return self._missing(written, declaration)
        if self.open_secrets and is_secure(resolve(declaration, self.definitions())):
            return self._unknown(written, declaration)
        key = key_of(declaration, "defaultValue")
        if declaration.get(key) is not None:
            return self._evaluated(declaration[key], (*self.section_path("parameters"), written, key))
        if member(declaration, "nullable") is True:
            return None
        return self._missing(written, declaration)

    def _declared_kind(self, given: Unknown, name: str) -> Unknown:
        """An unknown value as what the parameter is declared; where it cannot be that, as it is."""
        _, declaration = self.names("parameters").get(name, (name, None))
        kinds = given.kinds & kinds_of(declaration, self.definitions())
        return given._replace(kinds=kinds) if kinds else given

    def leave_open(self, name: str) -> None:
        """Let a parameter have a value of its type that is not known yet, whatever its default is."""
        declared = self.names("parameters").get(name.lower())
        if declared is not None:
            self.given = {**self.given, name.lower(): self._unknown(*declared)}

    def default(self, name: str) -> Value:
        """The default value of a parameter, be it used or not; null when there is none."""
        written, declaration = self.names("parameters")[name.lower()]
        key = key_of(declaration, "defaultValue")
        path = (*self.section_path("parameters"), written, key)
        return self._once("parameters", name.lower(), lambda: self._evaluated(declaration.get(key), path))

    def _evaluated(self, value: Any, path: Path) -> Value:
        return evaluate_value(value, Scope(self), path, copies=False)

    def section_path(self, name: str) -> Path:
        """The path of a section in the document."""
        return (*self.base, key_of(self.sections, name))

    def definitions(self) -> Mapping[str, Any]:
        """The named types of the template."""
        found = member(self.sections, "definitions")
        return found if isinstance(found, dict) else {}

    def _missing(self, name: str, declaration: Any) -> Unknown:
        unknown = self.missing[name] = self._unknown(name, declaration)
        return unknown

    def _unknown(self, name: str, declaration: Any) -> Unknown:
        """What stands for a parameter whose value is not known."""
        resolved = resolve(declaration, self.definitions())
        return unknown_parameter(name, kinds_of(resolved, {}), secret=is_secure(resolved))

    def variable(self, name: str) -> Value:
        """The value of a variable, or what its copy loop makes."""
        if self._open and any(section == "parameters" for section, _ in self._open):
            hint = "a default value can use other parameters and functions"
            raise ExpressionError(NOT_ALLOWED_HERE, "the default of a parameter cannot use variables()", None, hint)
        return self._once("variables", name.lower(), lambda: self._variable(name))

    def _variable(self, name: str) -> Value:
        known = self.names("variables")
        found = known.get(name.lower())
        if found is not None and not (name.lower() == "copy" and isinstance(found[1], list)):
            return evaluate_value(found[1], Scope(self), (*self.section_path("variables"), found[0]))
        loops = known.get("copy", ("copy", None))
        if isinstance(loops[1], list):
            for made, code in property_copies(loops[1], (*self.section_path("variables"), loops[0]), bind_value):
                if made.lower() == name.lower():
                    return code(Scope(self))
        candidates = [written for written, _ in known.values()]
        message = f"there is no variable '{name[:80]}'{did_you_mean(name, candidates)}"
        raise ExpressionError(UNDEFINED_VARIABLE, message)

    def _once(self, section: str, name: str, evaluate: Callable[[], Value]) -> Value:
        """The value or error of a name, computed at its first use. Raises ExpressionError when it needs itself."""
        key = (section, name)
        found = self._found.get(key, _MISSING)
        if found is _MISSING:
            if key in self._open:
                raise self._circle(key)
            self._open.append(key)
            try:
                found = evaluate()
            except ExpressionError as error:
                # One without a path is about the name itself, and gets the place of each use.
                if error.path is None:
                    raise
                found = error
            finally:
                self._open.pop()
            self._found[key] = found
        if isinstance(found, ExpressionError):
            raise found
        return found

    def _circle(self, key: tuple[str, str]) -> ExpressionError:
        chain = [name for _, name in self._open[self._open.index(key) :]] + [key[1]]
        shown = " -> ".join(chain[:8]) + (" -> ..." if len(chain) > 8 else "")
        return ExpressionError(CIRCULAR, f"a value needs itself: {shown}")

    def user_function(self, name: str, arguments: Sequence[Value]) -> Value:
        """The output of a function of the template for these arguments."""
        known = self._user_functions()
        found = known.get(name.lower())
        if found is None:
            message = (
                f"there is no function '{name[:80]}'{did_you_mean(name, [written for written, _, _ in known.values()])}"
            )
            raise ExpressionError(UNDEFINED_USER_FUNCTION, message)
        written, path, function = found
        key = ("functions", name.lower())
        if key in self._open:
            raise self._circle(key)
        inner = FunctionWorld(self, written, _arguments(written, function, arguments, self.definitions()))
        output = member(function, "output")
        if not isinstance(output, dict):
            raise ExpressionError(UNDEFINED_USER_FUNCTION, f"the function '{written}' has no output").within(path)
        value_key = key_of(output, "value")
        self._open.append(key)
        try:
            place = (*path, key_of(function, "output"), value_key)
            return evaluate_value(output.get(value_key), Scope(inner), place, copies=False)
        finally:
            self._open.pop()

    def functions(self) -> Iterable[tuple[str, Path, Mapping[str, Any]]]:
        """Name with namespace, path and declaration of each function."""
        return self._user_functions().values()

    def trial(self, name: str) -> Value:
        """The output of a function for arguments that are not known."""
        _, _, function = self._user_functions()[name.lower()]
        listed = member(function, "parameters")
        declared = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        kinds = [(str(member(one, "name")), kinds_of(one, self.definitions())) for one in declared]
        return self.user_function(name, [unknown_parameter(name_, kind, secret=False) for name_, kind in kinds])

    def _user_functions(self) -> dict[str, tuple[str, Path, Mapping[str, Any]]]:
        known = self._found.get(("functions", ""))
        if not isinstance(known, dict):
            known = {
                name.lower(): (name, (*self.base, *path), function)
                for name, path, function in _user_functions(self.sections)
            }
            self._found["functions", ""] = known
        return known

    def runtime(self, name: str, arguments: Sequence[Value]) -> Value | None:
        """What the resources of the template say."""
        return None if self.resolver is None else self.resolver(name, arguments)

    def deployment(self) -> Mapping[str, Value]:
        """The template that is deployed, as far as it is fixed, and where it comes from."""
        whole = residual("deployment", [], OBJECT)
        properties = property_of(whole, "properties")
        template = {key: value for key, value in self.sections.items() if key.lower() in _FIXED}
        known: dict[str, Value] = {"template": property_of(properties, "template")._replace(members=template)}
        if self.link is not None:
            known["templateLink"] = property_of(properties, "templateLink")._replace(members={"uri": self.link})
        return {"properties": properties._replace(members=known)}

    def twin(self, given: Mapping[str, Value], link: str) -> "TemplateWorld":
        """The same template with other values, from another address, and nothing evaluated yet."""
        return TemplateWorld(
            self.facts,
            self.budget,
            self.sections,
            given,
            modern=self.modern,
            strict=False,
            base=self.base,
            link=link,
        )

    def refuse(self, name: str) -> None:
        """Runtime functions and random values have their places; `place` says where the expression stands."""
        section = self._open[-1][0] if self._open else self.place
        if name in DEFAULT_ONLY:
            if self.strict and section != "parameters":
                hint = "give a parameter that default value, and use the parameter here"
                raise ExpressionError(
                    NOT_ALLOWED_HERE, f"{name}() belongs into the default value of a parameter", None, hint
                )
        elif name == "externalinputs":
            if self.strict and section in _NO_RUNTIME:
                hint = "give a parameter that value, and use the parameter here"
                raise ExpressionError(NOT_ALLOWED_HERE, "externalInputs() belongs into a parameter file", None, hint)
        elif (name in RUNTIME or name.startswith("list")) and section in _NO_RUNTIME:
            hint = "it is answered during the deployment; use it in properties of resources or in outputs"
            raise ExpressionError(NOT_ALLOWED_HERE, f"{name}() cannot be used in {_NO_RUNTIME[section]}", None, hint)


def unknown_parameter(name: str, kinds: int, *, secret: bool) -> Unknown:
    """What stands for a parameter whose value is not known; of a secret one that can be told wherever it ends."""
    call = (SecretCall if secret else Call)(None, "parameters", (StringLiteral(name, 0, 0),), 0, 0)
    return Unknown(call, kinds, len(name) + 14)


_FIXED = frozenset({"$schema", "contentversion", "metadata"})
_NO_RUNTIME = {
    "parameters": "the default value of a parameter",
    "variables": "a variable",
    "functions": "a user-defined function",
    "name": "what a resource is called, where it goes, and whether",
    "dependsOn": "dependsOn",
    "count": "the count of a copy loop",
}


def is_modern(template: Mapping[str, Any]) -> bool:
    """Whether a template has language version 2.0 or newer."""
    version = str(member(template, "languageVersion") or "1.0").partition("-")[0]
    return version.split(".")[0].isdigit() and int(version.split(".")[0]) >= 2


class FunctionWorld(World):
    """What the body of a user-defined function sees: its own parameters, and with language version 2.0 more."""

    def __init__(self, outer: TemplateWorld, name: str, arguments: Mapping[str, Value]) -> None:
        super().__init__(outer.facts, outer.budget)
        self._outer = outer
        self._name = name
        self._arguments = arguments

    def parameter(self, name: str) -> Value:
        """An argument."""
        if name.lower() not in self._arguments:
            suggestion = did_you_mean(name, self._arguments)
            message = f"the function '{self._name}' has no parameter '{name[:80]}'{suggestion}"
            raise ExpressionError(UNDEFINED_PARAMETER, message)
        return self._arguments[name.lower()]

    def variable(self, name: str) -> Value:
        """A variable of the template."""
        if not self._outer.modern:
            message = "a user-defined function cannot use variables()"
            hint = "pass the value as an argument, or set languageVersion to 2.0"
            raise ExpressionError(NOT_ALLOWED_HERE, message, None, hint)
        return self._outer.variable(name)

    def user_function(self, name: str, arguments: Sequence[Value]) -> Value:
        """Another function of the template."""
        if not self._outer.modern:
            hint = "set languageVersion to 2.0"
            message = "a user-defined function cannot call another one"
            raise ExpressionError(NOT_ALLOWED_HERE, message, None, hint)
        return self._outer.user_function(name, arguments)

    def refuse(self, name: str) -> None:
        """As the template has it."""
        self._outer.refuse(name)


def _arguments(
    name: str, function: Mapping[str, Any], values: Sequence[Value], definitions: Mapping[str, Any]
) -> dict[str, Value]:
    """Values by parameter, checked against the declared types."""
    listed = member(function, "parameters")
    declared = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    if len(declared) != len(values):
        count = f"{len(declared)} argument{'' if len(declared) == 1 else 's'}"
        raise ExpressionError(ARGUMENT_COUNT, f"{name} takes {count}, not {len(values)}")
    for parameter, value in zip(declared, values, strict=True):
        wanted = kinds_of(parameter, definitions)
        have = value.kinds if type(value) is Unknown else KINDS[type(value)]
        if not have & wanted and not (value is None and member(parameter, "nullable") is True):
            shown = member(parameter, "name")
            raise ExpressionError(ARGUMENT_TYPE, f"{name} takes {names_of(wanted)} as '{shown}', not {names_of(have)}")
    return {str(member(one, "name")).lower(): value for one, value in zip(declared, values, strict=True)}


def _user_functions(sections: Mapping[str, Any]) -> Iterable[tuple[str, Path, Mapping[str, Any]]]:
    """Name with namespace, path and declaration of each function in the section."""
    spaces = member(sections, "functions")
    for index, space in enumerate(spaces if isinstance(spaces, list) else ()):
        members = member(space, "members") if isinstance(space, dict) else None
        for name, function in members.items() if isinstance(members, dict) else ():
            if isinstance(function, dict):
                path = (key_of(sections, "functions"), index, key_of(space, "members"), name)
                yield f"{member(space, 'namespace')}.{name}", path, function
