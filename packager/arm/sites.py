"""The expressions of a template: where each one stands, its tree, and the calls in it by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from packager.expressions.errors import ExpressionError
from packager.expressions.nodes import Call, Node, StringLiteral, walk
from packager.expressions.parser import is_expression, parse
from packager.source.document import Document
from packager.source.span import Path, Span
from packager.source.spot import Spot
from packager.source.tree import Tree


@dataclass(frozen=True)
class Site:
    """An expression in a document: `path` is that of the string from the document's root, `text` its value."""

    document: Document
    path: Path
    text: str
    in_function: bool = False

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
            return Spot(self.document, self.path)
        extent = self.document.span(self.path)
        written = self.document.text[extent.start + 1 : extent.end - 1]
        if written != self.text:
            return Spot(self.document, self.path)
        start = extent.start + 1
        return Spot(self.document, self.path, span=Span(start + span.start, start + span.end))


@dataclass(frozen=True, slots=True)
class CallSite:
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
        found: dict[str, list[CallSite]] = {}
        for one in self.calls.get(function, ()):
            name = one.text_argument()
            if name is not None and not one.site.in_function:
                found.setdefault(name.lower(), []).append(one)
        return found

    def dynamic_references(self, function: str) -> list[CallSite]:
        """Calls such as `parameters(concat('x', ...))`, whose name is only known when they are evaluated."""
        found = self.calls.get(function, ())
        return [one for one in found if one.text_argument() is None and not one.site.in_function]


def _sites(document: Document, base: Path, tree: Tree) -> Iterator[Site]:
    for node, steps, text in tree.brackets:
        if is_expression(text):
            path = node.path + steps
            yield Site(document, base + path, text, in_function=path[:1] == ("functions",))
