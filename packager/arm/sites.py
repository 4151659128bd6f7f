"""The expressions of a template: where each one stands, its tree, and the calls in it by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from packager.expressions.errors import ExpressionError
from packager.expressions.nodes import Call, Node, StringLiteral, walk
from packager.expressions.parser import is_expression, parse
from packager.source.document import Document
from packager.source.lazy import lazy_pattern
from packager.source.span import Path, Span
from packager.source.spot import Spot
from packager.source.tree import Tree

_REFERENCE = lazy_pattern(r"(parameters|variables)\s*\(\s*'([^']+)'")


@dataclass(frozen=True)
class Site:
    """An expression in a document: `path` is that of the string from the document's root, `text` its value.

    `is_key` is for one that is the name of a member, `in_function` for one in a user-defined function.
    """

    document: Document
    path: Path
    text: str
    in_function: bool = False
    is_key: bool = False

    @cached_property
    def parsed(self) -> Node | ExpressionError:
        """The tree, or why there is none."""
        try:
            return parse(self.text)
        except ExpressionError as error:
            return error

    @property
    def tree(self) -> Node | None:
        """The tree; None where the expression cannot be read."""
        return None if isinstance(self.parsed, ExpressionError) else self.parsed

    def nodes(self) -> Iterator[Node]:
        """Every node of the tree, outer ones first; none where it cannot be read."""
        return walk(self.tree) if self.tree is not None else iter(())

    def spot(self, span: Span | None = None) -> Spot:
        """The place of the whole string, or of a part of it where the text is written without escapes."""
        if span is None:
            return Spot(self.document, self.path, self.is_key)
        extent = self.document.span(self.path, key=self.is_key)
        written = self.document.text[extent.start + 1 : extent.end - 1]
        if written != self.text:
            return Spot(self.document, self.path, self.is_key)
        start = extent.start + 1
        return Spot(self.document, self.path, self.is_key, Span(start + span.start, start + span.end))


class CallSite(NamedTuple):
    """A call in an expression."""

    site: Site
    call: Call

    def spot(self) -> Spot:
        """The place of the call."""
        return self.site.spot(self.call.span)

    def text_argument(self, position: int = 0) -> str | None:
        """The argument at `position` when it is a literal text."""
        arguments = self.call.arguments
        argument = arguments[position] if position < len(arguments) else None
        return argument.value if isinstance(argument, StringLiteral) else None


class Sites:
    """All expressions of one template (those of inner-scope templates in it are not its own)."""

    def __init__(self, document: Document, base: Path, tree: Tree) -> None:
        self.all: tuple[Site, ...] = tuple(_sites(document, base, tree))
        self._references: dict[str, dict[str, list[CallSite]]] = {}
        self._dynamic: dict[str, frozenset[str]] = {}

    @cached_property
    def calls(self) -> dict[str, list[CallSite]]:
        """Every call of a function without a namespace, by its name in lower case."""
        found: dict[str, list[CallSite]] = {}
        for site in self.all:
            for node in site.nodes():
                if isinstance(node, Call) and node.namespace is None:
                    found.setdefault(node.name.lower(), []).append(CallSite(site, node))
        return found

    def references(self, function: str) -> dict[str, list[CallSite]]:
        """Calls such as `parameters('x')` by the name in lower case, those in user functions left out."""
        if function not in self._references:
            found = self._references[function] = {}
            for one in self.calls.get(function, ()):
                name = one.text_argument()
                if name is not None and not one.site.in_function:
                    found.setdefault(name.lower(), []).append(one)
        return self._references[function]

    def is_read(self, function: str, name: str) -> bool:
        """Whether an expression reads that parameter or variable, under its name or one that may turn out to be it."""
        lowered = name.lower()
        if lowered in self.references(function) or (function, lowered) in self._unparsed:
            return True
        return any(lowered.startswith(prefix) for prefix in self._prefixes(function))

    @cached_property
    def _unparsed(self) -> frozenset[tuple[str, str]]:
        """What expressions that cannot be read seem to refer to: their own problem is enough to report."""
        texts = (site.text.lower() for site in self.all if site.tree is None)
        return frozenset((found.group(1), found.group(2)) for text in texts for found in _REFERENCE.finditer(text))

    def _prefixes(self, function: str) -> frozenset[str]:
        """The literal beginnings of names that are put together."""
        if function not in self._dynamic:
            prefixes = (_literal_prefix(one).lower() for one in self.dynamic_references(function))
            self._dynamic[function] = frozenset(prefixes)
        return self._dynamic[function]

    def dynamic_references(self, function: str) -> list[CallSite]:
        """Calls such as `parameters(concat('x', ...))`, whose name is only known when they are evaluated."""
        found = self.calls.get(function, ())
        return [one for one in found if one.text_argument() is None and not one.site.in_function]


def _literal_prefix(one: CallSite) -> str:
    argument = one.call.arguments[0] if one.call.arguments else None
    if isinstance(argument, Call) and argument.name.lower() == "concat" and argument.arguments:
        argument = argument.arguments[0]
    return argument.value if isinstance(argument, StringLiteral) else ""


def _sites(document: Document, base: Path, tree: Tree) -> Iterator[Site]:
    for node, steps, text in tree.brackets:
        if is_expression(text):
            path = node.path + steps
            yield Site(document, base + path, text, in_function=path[:1] == ("functions",))
    # Names of members are evaluated as well: those of tags and of user-assigned identities, say.
    for places in (places for name, places in tree.named.items() if name[:1] == "[" and is_expression(name)):
        for node, key in places:
            path = (*node.path, key)
            yield Site(document, base + path, key, in_function=path[:1] == ("functions",), is_key=True)
