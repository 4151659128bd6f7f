"""Which files of a package its templates refer to: linked templates, scripts and what else is fetched by address."""

import itertools
import posixpath
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from packager.arm.filereference import FILE_PROPERTIES, FileReference
from packager.arm.reduction import (
    Answer,
    Answers,
    Base,
    Budget,
    Scope,
    answers_of,
    is_in_package,
    parsed,
    reduced,
)
from packager.arm.template import DEPLOYMENT_TYPE, Template, member
from packager.expressions.nodes import Call, Index, Node, Property, children
from packager.expressions.parser import is_expression
from packager.source.document import Document
from packager.source.span import Path
from packager.source.spot import Spot

MOST_VISITS = 4  # of one linked template, each time with more of what its callers hand it
MOST_PATTERNS = 100  # different names with unknown pieces; each is compared with every file of the package


def file_references(templates: Iterable[Template], main: Template | None) -> list[FileReference]:
    """Every reference in the templates of a package, each template read with what those that link it hand over."""
    return _Reader(templates, main).run()


class _Place(NamedTuple):
    """A value on the way, and what holds for it."""

    value: Any
    path: Path
    scope: Scope
    conditional: bool


class _Reader:
    """The templates by name, what each is handed, and what was found in each so far."""

    __slots__ = ("budget", "found", "given", "templates", "visits", "waiting")

    def __init__(self, templates: Iterable[Template], main: Template | None) -> None:
        self.templates = {template.document.name: template for template in templates}
        first = main.document.name if main is not None else None
        self.waiting = sorted(self.templates, key=lambda name: (name == first, -name.count("/"), name))
        self.given: dict[str, dict[str, Answers]] = {}
        self.visits = dict.fromkeys(self.templates, 0)
        self.found: dict[str, list[FileReference]] = {}
        self.budget = Budget()

    def run(self) -> list[FileReference]:
        """Callers come before what they link, as far as that is known; a template that is handed more is read again."""
        while self.waiting:
            name = self.waiting.pop()
            if self.visits[name] < MOST_VISITS:
                self.visits[name] += 1
                self.found[name] = list(self._read(self.templates[name]))
        found = [reference for name in self.templates for reference in self.found.get(name, ())]
        every = dict.fromkeys(reference.pattern for reference in found if not reference.is_exact)
        kept = set(itertools.islice(every, MOST_PATTERNS))
        return [reference for reference in found if reference.is_exact or reference.pattern in kept]

    def _read(self, template: Template) -> Iterator[FileReference]:
        document = template.document
        given = self.given.get(document.name, {})
        if not given and not template.may_name_files:
            return
        folder = posixpath.dirname(document.name)
        scope = Scope(folder, template.parameters, template.variables, self.budget, given)
        stack = [_Place(template.value, (), scope, False)]
        while stack:
            place = stack.pop()
            if isinstance(place.value, str):
                yield from _in_text(document, place)
            elif isinstance(place.value, (dict, list)):
                stack += reversed(list(self._below(document, place)))

    def _below(self, document: Document, place: _Place) -> Iterator[_Place]:
        value, scope, conditional = place.value, place.scope, place.conditional
        if isinstance(value, list):
            yield from (_Place(one, (*place.path, step), scope, conditional) for step, one in enumerate(value))
            return
        conditional = conditional or "condition" in value
        properties = member(value, "properties")
        kind = member(value, "type")
        if isinstance(kind, str) and kind.lower() == DEPLOYMENT_TYPE and isinstance(properties, dict):
            handed = _handed(properties, scope)
            self._link(document, properties, scope, handed)
            inner = _inner_scope(properties, scope, handed)
            for key, one in value.items():
                yield from _deployment(key, one, _Place(one, (*place.path, key), scope, conditional), inner)
            return
        yield from (_Place(one, (*place.path, key), scope, conditional) for key, one in value.items())

    def _link(self, document: Document, properties: dict[str, Any], scope: Scope, handed: dict[str, Answers]) -> None:
        """Let the template that a deployment links know what it is handed."""
        link = member(properties, "templateLink")
        if not isinstance(link, dict) or not handed:
            return
        for key in ("uri", "relativePath"):
            text = member(link, key)
            for reference in _in_text(document, _Place(text, (key,), scope, False)) if isinstance(text, str) else ():
                for name in reference.names() if reference.is_exact else ():
                    self._hand_over(name, handed)

    def _hand_over(self, name: str, handed: dict[str, Answers]) -> None:
        if name not in self.templates:
            return
        known = self.given.setdefault(name, {})
        before = dict(known)
        for parameter, answers in handed.items():
            known[parameter] = tuple(dict.fromkeys((*known.get(parameter, ()), *answers)))
        if known != before and self.visits[name]:
            self.waiting.append(name)


def _deployment(key: str, value: Any, place: _Place, inner: Scope | None) -> Iterator[_Place]:
    """The members of a deployment; its template is read in the scope that it is evaluated in."""
    if inner is None or key.lower() != "properties":
        yield place
        return
    for name, one in value.items():
        scope = inner if name.lower() == "template" else place.scope
        yield _Place(one, (*place.path, name), scope, place.conditional)


def _inner_scope(properties: dict[str, Any], scope: Scope, handed: dict[str, Answers]) -> Scope | None:
    """The scope of a nested template that is evaluated by itself; None for one evaluated where it stands."""
    template, options = member(properties, "template"), member(properties, "expressionEvaluationOptions")
    evaluated = member(options, "scope") if isinstance(options, dict) else None
    if not isinstance(template, dict) or not isinstance(evaluated, str) or evaluated.lower() != "inner":
        return None
    parameters, variables = member(template, "parameters"), member(template, "variables")
    return Scope(
        scope.folder,
        parameters if isinstance(parameters, dict) else {},
        variables if isinstance(variables, dict) else {},
        scope.budget,
        handed,
    )


def _handed(properties: dict[str, Any], scope: Scope) -> dict[str, Answers]:
    """What a deployment hands to its template: texts by the names of parameters in lower case."""
    parameters = member(properties, "parameters")
    found = {}
    for name, given in parameters.items() if isinstance(parameters, dict) else ():
        value = member(given, "value") if isinstance(given, dict) else None
        if isinstance(value, str):
            found[name.lower()] = answers_of(value, scope)
    return found


def _in_text(document: Document, place: _Place) -> Iterator[FileReference]:
    """The references in one text; a `relativePath` is one without any address."""
    key = next((step.lower() for step in reversed(place.path) if isinstance(step, str)), "")
    if key == "relativepath":
        folder = Base((place.scope.folder,))
        answers: Iterable[Answer] = ((folder, *answer) for answer in answers_of(place.value, place.scope))
    elif place.value and is_expression(place.value) and (node := parsed(place.value)) is not None:
        answers = _addresses(node, place.scope)
    else:
        return
    for answer in dict.fromkeys(answers):
        found = _file(answer)
        if found is not None and (
            key in FILE_PROPERTIES or len(found[1]) > 1 or "." in posixpath.basename(found[1][0])
        ):
            yield FileReference(Spot(document, place.path), key, *found, place.conditional)


def _addresses(node: Node, scope: Scope) -> Iterator[Answer]:
    """The addresses in the package that an expression, or else the parts of it, can be."""
    stack = [node]
    while stack:
        current = stack.pop()
        found: list[Answer] = []
        if isinstance(current, (Call, Property, Index)):
            found = [answer for answer in reduced(current, scope) if is_in_package(answer)]
        yield from found
        if not found:
            stack.extend(reversed(children(current)))


def _file(answer: Answer) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Folders and pieces of an address; None when it is that of a folder, or leads elsewhere after all."""
    base, *rest = answer
    assert isinstance(base, Base), "the caller picked what starts with the address of the package"
    pieces = [""]
    for part in rest:
        if isinstance(part, str):
            pieces[-1] += part
        else:
            pieces.append("")
    pieces[0] = pieces[0].lstrip("/")
    query = next((index for index, piece in enumerate(pieces) if "?" in piece), None)
    if query is not None:
        pieces[query:] = [pieces[query].partition("?")[0]]
    leads_out = pieces[0].lower().startswith(("http:", "https:"))
    return None if leads_out or pieces[-1].endswith("/") or pieces == [""] else (base.folders, tuple(pieces))
