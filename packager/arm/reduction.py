"""What the text of an expression can be before anything is deployed: constant pieces around what is unknown.

It answers one question, which file of the package an address leads to, and so knows only the functions that addresses
are made with; the value of an expression is another matter. A choice (`if`, allowed values) gives several answers.
"""

import itertools
import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from packager.arm.template import key_of, member
from packager.expressions.errors import ExpressionError
from packager.expressions.nodes import (
    Call,
    Index,
    IntegerLiteral,
    Node,
    Property,
    StringLiteral,
    is_call,
    literal_argument,
)
from packager.expressions.parser import is_expression, parse, unescape

MOST_ANSWERS = 64
LONGEST_TEXT = 1_024
MOST_PARTS = 32
DEEPEST = 60  # calls, and variables that lead to variables; what is deeper is unknown
MOST_STEPS = 500_000  # for one package; a large one takes some ten thousand


@dataclass(frozen=True, slots=True)
class Base:
    """The address that files of the package are found at, followed by one of `folders` ("" is the package's root)."""

    folders: tuple[str, ...]


Part = str | Base | None  # None stands for a piece that only Azure can know
Answer = tuple[Part, ...]
Answers = tuple[Answer, ...]
UNKNOWN: Answers = ((None,),)
Raw = list[Any]


@dataclass(slots=True)
class Budget:
    """Steps that are left: lists of expressions that lead to lists of expressions grow without bounds."""

    steps: int = MOST_STEPS

    def spend(self, steps: int = 1) -> bool:
        """Whether there are that many more."""
        self.steps -= steps
        return self.steps >= 0


@dataclass(slots=True)
class Scope:
    """Where an expression stands: a template in the folder `folder` of the package, with what its deployment hands it.

    `given` has parameters by name in lower case, and what their texts can be.
    """

    folder: str
    parameters: dict[str, Any]
    variables: dict[str, Any]
    budget: Budget
    given: dict[str, Answers] = field(default_factory=dict)
    known: dict[str, Answers] = field(default_factory=dict)


def answers_of(value: Any, scope: Scope, depth: int = 0) -> Answers:
    """What a JSON value can be as text."""
    if isinstance(value, str):
        if not value or not is_expression(value):
            return ((unescape(value) if value else "",),)
        node = parsed(value)
        return UNKNOWN if node is None else reduced(node, scope, depth)
    if isinstance(value, int) and not isinstance(value, bool):
        return ((str(value),),)
    return UNKNOWN


def parsed(text: str) -> Node | None:
    """The tree of an expression; None when it cannot be read, which is for another rule to say."""
    try:
        return parse(text)
    except ExpressionError:
        return None


def reduced(node: Node, scope: Scope, depth: int = 0) -> Answers:
    """What an expression can be as text."""
    if depth > DEEPEST or not scope.budget.spend():
        return UNKNOWN
    match node:
        case StringLiteral():
            return ((node.value,),)
        case IntegerLiteral():
            return ((str(node.value),),)
        case Call() if node.namespace is None and (function := _FUNCTIONS.get(node.name.lower())):
            return function(node, scope, depth + 1)
        case Property() if _is_own_address(node):
            return ((Base((scope.folder,)),),)
        case Property() | Index():
            return _union(answers_of(raw, scope, depth + 1) for raw in _raw(node, scope, depth + 1))
    return UNKNOWN


def _is_own_address(node: Node) -> bool:
    """`deployment().properties.templateLink.uri`."""
    for name in ("uri", "templatelink", "properties"):
        if not isinstance(node, Property) or node.name.lower() != name:
            return False
        node = node.target
    return is_call(node, "deployment")


def _parameter(node: Call, scope: Scope, depth: int) -> Answers:
    name = (literal_argument(node, 0) or "").lower()
    given = scope.given.get(name)
    if given is not None and given != UNKNOWN:
        return given
    plain = name.replace("_", "")
    if plain.endswith("sastoken"):
        return (("",),)
    if plain == "artifactslocation":
        return ((Base(("",)),),)
    if given is not None:
        return UNKNOWN
    key = f"parameters {name}"
    if key not in scope.known:
        scope.known[key] = UNKNOWN
        scope.known[key] = _union(answers_of(raw, scope, depth) for raw in _raw(node, scope, depth))
        declared = member(scope.parameters, name)
        if isinstance(declared, dict) and not member(declared, "allowedValues"):
            scope.known[key] = _union((scope.known[key], UNKNOWN))
    return scope.known[key]


def _variable(node: Call, scope: Scope, depth: int) -> Answers:
    key = f"variables {(literal_argument(node, 0) or '').lower()}"
    if key not in scope.known:
        scope.known[key] = UNKNOWN
        scope.known[key] = _union(answers_of(raw, scope, depth) for raw in _raw(node, scope, depth))
    return scope.known[key]


def _concat(node: Call, scope: Scope, depth: int) -> Answers:
    return _joined([reduced(argument, scope, depth) for argument in node.arguments], scope)


def _format(node: Call, scope: Scope, depth: int) -> Answers:
    """Plain places only (`{0}`): what addresses are made with has neither escaped braces nor formats of numbers."""
    pattern = literal_argument(node, 0)
    if pattern is None or "{{" in pattern or "}}" in pattern:
        return UNKNOWN
    first, *others = pattern.split("{")
    pieces: list[Answers] = [((first,),)]
    for piece in others:
        place, closed, rest = piece.partition("}")
        if not closed or not place.isdecimal() or int(place[:4]) + 1 >= len(node.arguments):
            return UNKNOWN
        pieces += [reduced(node.arguments[int(place[:4]) + 1], scope, depth), ((rest,),)]
    return _joined(pieces, scope)


def _uri(node: Call, scope: Scope, depth: int) -> Answers:
    """What follows the last slash of the base is dropped; all bases that lie in the package count as one."""
    if len(node.arguments) != 2:
        return UNKNOWN
    bases = [answer for answer in reduced(node.arguments[0], scope, depth) if is_in_package(answer)]
    if not bases:
        return UNKNOWN
    every = (folder for answer in bases for folder in _folders(answer))
    folders = tuple(dict.fromkeys(itertools.islice(every, MOST_ANSWERS)))
    base: Answers = ((Base(folders),),) if folders else UNKNOWN
    return _joined([base, reduced(node.arguments[1], scope, depth)], scope)


def _folders(answer: Answer) -> Iterator[str]:
    """The folders of an address in the package; none where a part of it is unknown."""
    base, *rest = answer
    text = "".join(part for part in rest if isinstance(part, str))
    if isinstance(base, Base) and len(text) == sum(len(part) if isinstance(part, str) else -1 for part in rest):
        below = text.rpartition("/")[0].strip("/")
        yield from (posixpath.join(folder, below).rstrip("/") for folder in base.folders)


def _choice(node: Call, scope: Scope, depth: int) -> Answers:
    return _union(reduced(argument, scope, depth) for argument in node.arguments[1:3])


def _first(node: Call, scope: Scope, depth: int) -> Answers:
    return reduced(node.arguments[0], scope, depth) if node.arguments else UNKNOWN


def _lower(node: Call, scope: Scope, depth: int) -> Answers:
    answers = _first(node, scope, depth)
    return tuple(tuple(part.lower() if isinstance(part, str) else part for part in answer) for answer in answers)


def _substring(node: Call, scope: Scope, depth: int) -> Answers:
    """The front of an address is the address of its folder: `substring(x, 0, lastIndexOf(x, '/'))`."""
    answers = _first(node, scope, depth)
    return answers if all(len(answer) == 1 and is_in_package(answer) for answer in answers) else UNKNOWN


def _replace(node: Call, scope: Scope, depth: int) -> Answers:
    """Of an address only its last step is replaced: `replace(templateLink.uri, 'mainTemplate.json', 'x.json')`."""
    if len(node.arguments) != 3 or _substring(node, scope, depth) == UNKNOWN:
        return UNKNOWN
    return _joined([_first(node, scope, depth), reduced(node.arguments[2], scope, depth)], scope)


_FUNCTIONS: dict[str, Callable[[Call, Scope, int], Answers]] = {
    "concat": _concat,
    "format": _format,
    "if": _choice,
    "parameters": _parameter,
    "replace": _replace,
    "string": _first,
    "substring": _substring,
    "tolower": _lower,
    "trim": _first,
    "uri": _uri,
    "variables": _variable,
}


def is_in_package(answer: Answer) -> bool:
    """Whether a text starts with the address of the package's files."""
    return bool(answer) and isinstance(answer[0], Base)


def _joined(pieces: list[Answers], scope: Scope) -> Answers:
    joined: Answers = ((),)
    for answers in pieces:
        if not scope.budget.spend(len(joined) * len(answers)):
            return UNKNOWN
        pairs = itertools.islice(itertools.product(joined, answers), MOST_ANSWERS + 1)
        joined = tuple(dict.fromkeys(_tidy((*before, *after)) for before, after in pairs))
        if len(joined) > MOST_ANSWERS:
            return UNKNOWN
    return joined


def _tidy(parts: Answer) -> Answer:
    """Texts beside each other as one, unknown pieces too; as good as unknown when it is very long."""
    tidy: list[Part] = []
    for part in parts:
        last = tidy[-1] if tidy else ""
        if isinstance(part, str) and isinstance(last, str) and tidy:
            tidy[-1] = last + part
        elif part != "" and not (part is None and tidy and last is None):
            tidy.append(part)
    longest = max((len(part) for part in tidy if isinstance(part, str)), default=0)
    return tuple(tidy) if longest <= LONGEST_TEXT and len(tidy) <= MOST_PARTS else (None,)


def _union(every: Iterable[Answers]) -> Answers:
    found = tuple(dict.fromkeys(itertools.islice(itertools.chain.from_iterable(every), MOST_ANSWERS + 1)))
    return found if 0 < len(found) <= MOST_ANSWERS else UNKNOWN


def _raw(node: Node, scope: Scope, depth: int) -> Raw:
    """The JSON values that an access to variables or parameters can give; empty when that is unknown."""
    if depth > DEEPEST or not scope.budget.spend():
        return []
    if is_call(node, "variables"):
        return _declared(scope.variables, literal_argument(node, 0))
    if is_call(node, "parameters"):
        return _values(_declared(scope.parameters, literal_argument(node, 0)))
    if isinstance(node, (Property, Index)):
        targets = _containers(_raw(node.target, scope, depth + 1), scope, depth + 1)
        found = (value for target in targets for value in _inside(target, node, scope, depth + 1))
        return list(itertools.islice(found, MOST_ANSWERS + 1))
    return []


def _declared(section: dict[str, Any], name: str | None) -> Raw:
    return [member(section, name)] if name is not None and key_of(section, name) in section else []


def _values(declared: Raw) -> Raw:
    """What a parameter can be without being given: its default, and every value that it allows."""
    if not declared or not isinstance(declared[0], dict):
        return []
    allowed = member(declared[0], "allowedValues")
    default = declared[0][key] if (key := key_of(declared[0], "defaultValue")) in declared[0] else None
    return list(allowed) if isinstance(allowed, list) and allowed else [] if default is None else [default]


def _containers(values: Raw, scope: Scope, depth: int) -> Raw:
    """Objects and lists among values, those included that an expression leads to."""
    found: Raw = []
    for value in values:
        if isinstance(value, str) and value and is_expression(value) and (node := parsed(value)) is not None:
            found += [inner for inner in _raw(node, scope, depth + 1) if isinstance(inner, (dict, list))]
        elif isinstance(value, (dict, list)):
            found.append(value)
    return found


def _inside(target: Any, node: Property | Index, scope: Scope, depth: int) -> Raw:
    """The member or element that is meant; all of them where that is unknown."""
    if isinstance(node, Property):
        return _declared(target, node.name) if isinstance(target, dict) else []
    if isinstance(target, list):
        index = node.index
        if isinstance(index, IntegerLiteral):
            return target[index.value : index.value + 1] if index.value >= 0 else []
        return target
    names = [answer[0] for answer in reduced(node.index, scope, depth) if len(answer) == 1]
    if names and all(isinstance(name, str) for name in names):
        return [value for name in names if isinstance(name, str) for value in _declared(target, name)]
    return list(target.values())
