"""Secure parameters as arm-ttk's checks of secrets find them in text."""

from collections.abc import Iterator

from packager.checks.armttk.jsontext import JsonText
from packager.checks.armttk.patterns import BadPatternError, bare_parameter_pattern, is_plain_name
from packager.checks.armttk.powershell import Pattern, equal, get
from packager.checks.armttk.run import TemplateInput
from packager.checks.finding import Basis
from packager.checks.rule import Hit
from packager.source.span import Span


class SecureParameters:
    """The parameters of a template with type securestring or secureobject, to be looked for in many texts.

    Their names are patterns: most find just that name, white space apart, and are looked up; the others are tried.
    """

    def __init__(self, template: TemplateInput) -> None:
        self._template = template
        self._plain: dict[str, list[str]] = {}
        self._patterns: list[tuple[str, Pattern]] = []
        self._bad: list[str] = []
        for name, declaration in template.section("parameters"):
            kind = get(declaration, "type")
            if equal(kind, "securestring") or equal(kind, "secureobject"):
                self._add(name)

    def _add(self, name: str) -> None:
        if is_plain_name(name):
            self._plain.setdefault("".join(name.split()).lower(), []).append(name)
            return
        try:
            self._patterns.append((name, bare_parameter_pattern(name)))
        except BadPatternError:
            self._bad.append(name)

    def bad_names(self) -> Iterator[Hit]:
        """The exceptions that names such as `key(1` cause."""
        for name in self._bad:
            spot = self._template.spot((*self._template.section_path("parameters"), name), key=True)
            message = f"the name of parameter '{name}' is no valid pattern, and arm-ttk's test fails for that"
            yield Hit(spot, message, sub="name", basis=Basis.ARM_TTK, explanation="Azure takes the name as it is")

    def may_be_in(self, text: str) -> bool:
        """Whether a reference to one of them can be in a text, which is in lower case."""
        return bool(self._patterns) or any(f"'{name}'" in text for name in self._plain)

    def shown(self, text: JsonText, within: Span) -> Iterator[tuple[str, int]]:
        """Parameters whose first reference in that part stands in an expression, each with the place."""
        first = text.first_references(within)
        for name, start in self._found(text, first):
            if text.in_expression(start):
                yield name, start

    def _found(self, text: JsonText, first: dict[str, Span]) -> Iterator[tuple[str, int]]:
        for referred, place in first.items():
            yield from ((name, place.start) for name in self._plain.get(referred, ()))
        for name, pattern in self._patterns:
            starts = [one.start for one in first.values() if pattern.fullmatch(text.value, one.start, one.end)]
            if starts:
                yield name, min(starts)
