"""Which type of resource arm-ttk takes a call of reference() or of a list function for."""

from packager.checks.armttk.patterns import VARIABLE, calls
from packager.checks.armttk.powershell import WildcardError, text_of
from packager.checks.armttk.recent import type_chain
from packager.checks.armttk.run import TemplateInput
from packager.checks.armttk.search import Found
from packager.source.lazy import lazy_pattern

_SEPARATORS = lazy_pattern(r"[(),]")
_QUOTES = lazy_pattern(r"^\s*'|'\s*$")
_WILDCARDS = lazy_pattern(r"[*?`\[]")


class FailedError(ValueError):
    """Why arm-ttk ends with an exception at a call."""


class TypesOfNames:
    """Types by a variable reference in the name of an object under resources; the first one counts."""

    def __init__(self, template: TemplateInput) -> None:
        self.template = template
        self.by_reference: dict[str, Found] | None = None

    def of(self, reference: str) -> str:
        """The types of the object and of those around it; "" where no name holds the reference."""
        if _WILDCARDS.search(reference):
            return self._of_pattern(reference)
        if self.by_reference is None:
            self.by_reference = {}
            for found in self.template.search.by_key("name"):
                self._add(found, self.by_reference)
        named = self.by_reference.get(reference.lower())
        return "/".join(type_chain(named)) if named else ""

    def _add(self, found: Found, by_reference: dict[str, Found]) -> None:
        references = [one.group().lower() for one in VARIABLE.finditer(text_of(found.value))]
        if references and "resources" in found.path.lower():
            for one in references:
                by_reference.setdefault(one, found)

    def _of_pattern(self, reference: str) -> str:
        # arm-ttk takes the reference as a wildcard pattern.
        try:
            named = self.template.search.by_value_like("name", f"*{reference}*")
            found = next((one for one in named if "resources" in one.path.lower()), None)
        except WildcardError as error:
            raise FailedError("a bracket in the name of a variable") from error
        return "/".join(type_chain(found)) if found else ""


def type_in(text: str, types: TypesOfNames) -> str:
    """The type that arm-ttk takes a call for; "" when it finds none."""
    ids = list(calls(text, "resourceId"))
    if len(ids) > 1:
        raise FailedError("more than one call of resourceId()")
    if ids:
        parts = (_QUOTES.sub("", part) for part in _SEPARATORS.split(ids[0].arguments))
        return "/".join(part for part in parts if "/" in part)
    variable = VARIABLE.search(text)
    return types.of(variable.group()) if variable else ""
