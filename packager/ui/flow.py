"""What a form hands to the template: outputs as expressions, and the elements that each takes its value from."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from packager.expressions.errors import ExpressionError
from packager.source.nearest import did_you_mean
from packager.source.span import Path
from packager.ui.definition import Element, UiDefinition
from packager.ui.nodes import Call, Node, walk
from packager.ui.parser import has_brackets, parse
from packager.ui.references import Reference, Target, carried, references, resolve

OUTPUTS: Path = ("parameters", "outputs")
# Looking for the nearest of many names takes milliseconds; who has more unknown ones has not mistyped them.
MOST_HINTS = 50


class Use(NamedTuple):
    """A reference that stands in the text at `path`, and where it leads.

    `output` names the output that it stands in; None elsewhere in the form. `is_carried` tells that the value can come
    out of the output, `is_whole` that it is the output.
    """

    path: Path
    reference: Reference
    target: Target
    output: str | None = None
    is_carried: bool = False
    is_whole: bool = False


@dataclass(eq=False)
class Flow:
    """Every reference of a form, found once."""

    form: UiDefinition

    @cached_property
    def trees(self) -> tuple[tuple[Path, str, Node], ...]:
        """Every expression that can be read: its path, its text, its tree."""
        found = ((path, text, read(text)) for path, text in texts(self.form.value))
        return tuple((path, text, tree) for path, text, tree in found if tree is not None)

    @cached_property
    def calls(self) -> tuple[tuple[Path, Call], ...]:
        """Every call in every expression that can be read, with the path of the text."""
        known: dict[str, tuple[Call, ...]] = {}
        for _, text, tree in self.trees:
            if text not in known:
                known[text] = tuple(node for node in walk(tree) if isinstance(node, Call))
        return tuple((path, call) for path, text, _ in self.trees for call in known[text])

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """The references in the form's expressions, in document order; what cannot be read has none."""
        return tuple(self._uses())

    def _uses(self) -> Iterator[Use]:
        for path, _, node in self.trees:
            output = str(path[2]) if path[:2] == OUTPUTS and len(path) > 2 else None
            out = set() if output is None else set(carried(node))
            for reference in references(node):
                target = resolve(self.form, reference)
                is_whole = reference.span == node.span and len(path) == 3
                yield Use(path, reference, target, output, reference in out, is_whole and output is not None)

    @cached_property
    def by_element(self) -> dict[Path, list[Use]]:
        """The uses of each element, by its path."""
        found: dict[Path, list[Use]] = {}
        for use in self.uses:
            if use.target.element is not None:
                found.setdefault(use.target.element.path, []).append(use)
        return found

    @cached_property
    def whole_steps(self) -> frozenset[str | None]:
        """The steps that something refers to as a whole, and so to every element in them."""
        whole = (use for use in self.uses if use.target.element is None and use.target.missing is None)
        return frozenset(use.reference.step for use in whole)

    def outputs_of(self, element: Element) -> dict[str, Use]:
        """The outputs that the value of an element, or a member of it, can come out of; one use of each."""
        found: dict[str, Use] = {}
        for use in self.by_element.get(element.path, ()):
            if use.output is not None and use.is_carried:
                found.setdefault(use.output, use)
        return found

    def is_used(self, element: Element) -> bool:
        """Whether anything in the form refers to the element, itself aside."""
        size = len(element.path)
        if element.step is not None and element.step in self.whole_steps:
            return True
        return any(use.path[:size] != element.path for use in self.by_element.get(element.path, ()))

    @cached_property
    def region_outputs(self) -> tuple[str, ...]:
        """The outputs that are the region chosen in Basics."""
        return tuple(
            name for name, value in self.form.outputs.items() if isinstance(value, str) and _is_region(read(value))
        )


def missing_text(form: UiDefinition, use: Use, *, with_hint: bool = True) -> str:
    """What a reference misses; with where the name is instead, or the nearest name that exists."""
    target, step = use.target, use.reference.step
    elsewhere = _elsewhere(form, use)
    if elsewhere:
        return f"'{target.name}' {elsewhere}"
    hint = did_you_mean(target.name, target.known) if with_hint else ""
    if target.missing == "step":
        return f"the form has no step '{target.name}'{hint}"
    place = "the section" if target.missing == "member" else "Basics" if step in (None, "basics") else f"step '{step}'"
    return f"{place} has no element '{target.name}'{hint}"


def is_misspelt(use: Use) -> bool:
    """Whether the name that a reference misses exists in another case."""
    return use.target.name.lower() in map(str.lower, use.target.known)


def _elsewhere(form: UiDefinition, use: Use) -> str:
    """Where an element of that name is, when it is in Basics instead of the step, or the reverse."""
    name, step = use.target.name, use.reference.step
    if use.target.missing == "step" and (None, (), name) in form.named:
        return f"is an element of Basics and no step; write basics('{name}')"
    if use.target.missing != "element" or is_misspelt(use):
        return ""
    if step not in (None, "basics"):
        return (
            f"is in Basics and not in step '{step}'; write basics('{name}')" if (None, (), name) in form.named else ""
        )
    found = next((one for one in form.steps if (one, (), name) in form.named), None)
    return f"is in step '{found}' and not in Basics; write steps('{found}').{name}" if found is not None else ""


def is_elsewhere(form: UiDefinition, use: Use) -> bool:
    """Whether the reference looks in Basics for what is in a step, or the reverse."""
    return bool(_elsewhere(form, use))


def _is_region(node: Node | None) -> bool:
    return isinstance(node, Call) and node.name.lower() == "location"


def read(text: str) -> Node | None:
    """The tree of an expression; None for a text that is none, or that cannot be read."""
    if not has_brackets(text):
        return None
    try:
        return parse(text)
    except ExpressionError:
        return None


def texts(value: Any) -> Iterator[tuple[Path, str]]:
    """Every text in a value with its path, in document order."""
    todo: list[tuple[Path, Any]] = [((), value)]
    while todo:
        path, current = todo.pop()
        if isinstance(current, str):
            yield path, current
        elif isinstance(current, dict):
            todo += [((*path, key), item) for key, item in reversed(current.items())]
        elif isinstance(current, list):
            todo += [((*path, number), current[number]) for number in range(len(current) - 1, -1, -1)]
