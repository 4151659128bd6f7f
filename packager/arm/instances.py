"""From declarations to instances: loops are run, conditions decided, names, types and ids computed."""

from collections.abc import Iterator

from packager.arm.declared import Declaration
from packager.arm.expansion import SEGMENTS
from packager.arm.identity import name_parts, resource_id
from packager.expressions.copying import checked_count
from packager.expressions.errors import ARGUMENT_TYPE, ARGUMENT_VALUE, LIMIT, TOO_DEEP, ExpressionError
from packager.expressions.kinds import BOOLEAN, INTEGER, names_of
from packager.expressions.nodes import Call, StringLiteral
from packager.expressions.residual import residual, unknown_text
from packager.expressions.scope import Facts, Scope
from packager.expressions.structure import Report, as_written
from packager.expressions.values import KINDS, Unknown, Value

DEPLOYMENT = "microsoft.resources/deployments"


class Instance:
    """One resource of a template: of a declaration, or of one turn of its loop.

    `condition` is True, False or an Unknown; `uses` collects the names that its expressions refer to with reference()
    and the like, which are edges to other resources.
    """

    __slots__ = (
        "api_version",
        "condition",
        "declaration",
        "existing",
        "extends",
        "id",
        "index",
        "loop",
        "name",
        "parent",
        "scope",
        "type",
        "uses",
    )

    def __init__(
        self,
        declaration: Declaration,
        scope: Scope,
        parent: "Instance | None",
        index: int | None,
        loop: str | None,
        condition: Value,
    ) -> None:
        self.declaration = declaration
        self.scope = scope
        self.parent = parent
        self.index = index
        self.loop = loop
        self.condition = condition
        self.type: Value = ""
        self.name: Value = ""
        self.api_version: Value = ""
        self.extends: Value = None
        self.id: Value = ""
        self.existing = False
        self.uses: dict[str, None] = {}

    @property
    def is_deployment(self) -> bool:
        """Whether it deploys a template of its own."""
        return isinstance(self.type, str) and self.type.lower() == DEPLOYMENT

    @property
    def symbol(self) -> str | None:
        """The symbolic name, with the index in a loop."""
        symbol = self.declaration.symbol
        return symbol if symbol is None or self.index is None else f"{symbol}[{self.index}]"


def instances(
    declaration: Declaration, scope: Scope, target: Facts, report: Report, parent: Instance | None = None
) -> Iterator[Instance]:
    """The instances of a declaration, each followed by those of its children.

    A part of its identity that fails is reported and unknown. Raises ExpressionError for what makes no resource.

    A condition says nothing about the children: each has its own (Azure documentation, conditional deployment).
    """
    # A loop of a child is refused, and counts as one resource.
    once = [(None, None, scope, _condition(declaration, scope, report))] if parent is not None else ()
    turns = _turns(declaration, scope, report) if parent is None else once
    for index, loop, inner, condition in turns:
        made = Instance(declaration, inner, parent, index, loop, condition)
        made.existing = declaration.raw("existing") is True
        _identify(made, target, report)
        yield made
        for child in declaration.children:
            yield from instances(child, inner, target, report, made)


Turn = tuple[int | None, str | None, Scope, Value]


def _turns(declaration: Declaration, scope: Scope, report: Report) -> Iterator[Turn]:
    """Index, name of the loop, scope and condition of each instance."""
    loop = declaration.raw("copy")
    if not isinstance(loop, dict):
        yield None, None, scope, _condition(declaration, scope, report)
        return
    members = {key.lower(): item for key, item in declaration.evaluate("copy", scope).items()}
    name = members.get("name")
    if type(name) is Unknown:
        name = unknown_text(name)
    if not isinstance(name, str):
        raise ExpressionError(ARGUMENT_TYPE, "a copy loop has a name").within(declaration.path_of("copy"))
    count = members.get("count")
    if type(count) is Unknown and count.kinds & INTEGER:
        yield _unknown_turn(declaration, scope, name, count, report)
        return
    times = checked_count(count, declaration.path_of("copy"))
    _check_batch(declaration, members.get("batchsize"), times)
    for index in range(times):
        scope.world.budget.spend(1_000)
        inner = Scope(scope.world, {**scope.copies, "": index, name.lower(): index}, scope.lambdas)
        yield index, name, inner, _condition(declaration, inner, report)


def _unknown_turn(declaration: Declaration, scope: Scope, name: str, count: Unknown, report: Report) -> Turn:
    """A loop of unknown length is one resource with an unknown index, deployed when the count is more than 0."""
    index = Unknown(Call(None, "copyIndex", (StringLiteral(name, 0, 0),), 0, 0), INTEGER, len(name) + 12)
    inner = Scope(scope.world, {**scope.copies, "": index, name.lower(): index}, scope.lambdas)
    own = _condition(declaration, inner, report)
    some = residual("greater", [count, 0], BOOLEAN)
    condition = own if own is False else some if own is True else residual("and", [some, own], BOOLEAN)
    return None, name, inner, condition


def _check_batch(declaration: Declaration, size: Value, times: int) -> None:
    if type(size) is int and times and not 0 < size <= times:
        message = f"the batchSize of a copy loop is 1 to its count {times}, not {size}"
        raise ExpressionError(ARGUMENT_VALUE, message).within(declaration.path_of("copy"))


def _condition(declaration: Declaration, scope: Scope, report: Report) -> Value:
    if "condition" not in declaration.members:
        return True
    value = _part(declaration, "condition", scope, report)
    kinds = value.kinds if type(value) is Unknown else KINDS[type(value)]
    if not kinds & BOOLEAN:
        message = f"a condition is bool, not {names_of(kinds)}"
        raise ExpressionError(ARGUMENT_TYPE, message).within(declaration.path_of("condition"))
    return value


def _identify(made: Instance, target: Facts, report: Report) -> None:
    """Full type and name, api-version, what is extended, and the id."""
    declaration, scope, parent = made.declaration, made.scope, made.parent
    type_, name = (_part(declaration, what, scope, report) for what in ("type", "name"))
    if name is None and made.condition is False:
        # Published templates name what they do not deploy null().
        name = residual("null", [])
    full = isinstance(type_, str) and "." in type_.partition("/")[0] and "/" in type_
    if parent is not None and not full:
        type_ = joined(parent.type, type_)
        name = joined(parent.name, name)
    made.type, made.name = _text(type_, "type", declaration), _text(name, "name", declaration)
    made.api_version = _part(declaration, "apiversion", scope, report)
    if isinstance(declaration.raw("location"), str):
        _part(declaration, "location", scope, report)  # what must not be in it is refused here
    made.extends = declaration.evaluate("scope", scope)
    if parent is not None and made.extends is None:
        made.extends = parent.extends
    made.id = _id(made, target)


def _part(declaration: Declaration, name: str, scope: Scope, report: Report) -> Value:
    """A member that identifies a resource; one that fails is reported and unknown."""
    try:
        return declaration.evaluate(name, scope)
    except ExpressionError as error:
        written = declaration.raw(name)
        if error.code in (LIMIT, TOO_DEEP) or not isinstance(written, str):
            raise
        report(error, declaration.path_of(name))
        return as_written(written)


def joined(one: Value, other: Value) -> Value:
    """Two parts of a name or type with a slash between them."""
    if isinstance(one, str) and isinstance(other, str):
        return f"{one}/{other}"
    return residual("format", ["{0}/{1}", one, other])


def _text(value: Value, what: str, declaration: Declaration) -> Value:
    """The part of an identity, which must be a text; a resource of an extension may have no name."""
    if value is None and what == "name" and {"import", "extension"} & declaration.members.keys():
        return declaration.symbol or ""
    if type(value) is not str and type(value) is not Unknown:
        message = f"the {what} of a resource is a text, not {names_of(KINDS[type(value)])}"
        raise ExpressionError(ARGUMENT_TYPE, message).within(declaration.path_of(what))
    return value


def _id(made: Instance, target: Facts) -> Value:
    if not isinstance(made.type, str):
        return residual("resourceId", [made.type, made.name])
    if {"import", "extension"} & made.declaration.members.keys():
        return made.name
    count = made.type.count("/")
    names = name_parts(made.name, count)
    if len(names) != count:
        message = f"the type '{made.type}' needs a name of {count} part{'' if count == 1 else 's'}, not '{made.name}'"
        error = ExpressionError(SEGMENTS, message, None, "a name has one part fewer than its type")
        raise error.within(made.declaration.path_of("name"))
    return resource_id(target, made.type, names, made.extends)
