"""The resources of one template by everything that can name them: symbol, loop, id, name, type with name."""

from collections.abc import Iterable

from packager.arm.declared import Declaration
from packager.arm.identity import below
from packager.arm.instances import Instance
from packager.arm.template import member
from packager.expressions.nodes import Call, StringLiteral, is_call
from packager.expressions.printing import print_node
from packager.expressions.residual import unknown_text
from packager.expressions.values import Unknown, Value

_NONE: tuple[Instance, ...] = ()


class Registry:
    """Names are compared without regard to case."""

    __slots__ = ("_by_id", "_by_name", "_by_symbol", "_declared", "_vague")

    def __init__(
        self, instances: Iterable[Instance], *, symbolic: bool, declarations: Iterable[Declaration] = ()
    ) -> None:
        # A loop that runs zero times can be named all the same.
        self._declared = {name.lower() for one in declarations for name in _names(one)}
        self._vague: set[str] = set()
        self._by_symbol: dict[str, list[Instance]] = {}
        self._by_id: dict[str, list[Instance]] = {}
        self._by_name: dict[str, list[Instance]] = {}
        for one in instances:
            self._add(one, symbolic=symbolic)

    def _add(self, one: Instance, *, symbolic: bool) -> None:
        if symbolic and one.declaration.symbol is not None:
            names = {one.declaration.symbol.lower(), (one.symbol or "").lower()}
            for name in names:
                self._by_symbol.setdefault(name, []).append(one)
        if one.existing:
            return
        if (key := _key(one.id)) is not None:
            self._by_id.setdefault(key, []).append(one)
        if not isinstance(one.type, str) or not isinstance(one.name, str):
            self._vague.add(one.type.lower() if isinstance(one.type, str) else "")
        if isinstance(one.name, str) and isinstance(one.type, str):
            names = {one.name.lower(), below(one.type, one.name.split("/")).removeprefix("/providers/").lower()}
            if one.parent is not None:
                # Among the children of a resource the name that is written there will do.
                names.add(one.name.rpartition("/")[2].lower())
            for name in names:
                self._by_name.setdefault(name, []).append(one)
        if one.loop is not None:
            self._by_name.setdefault(one.loop.lower(), []).append(one)

    def named(self, reference: str) -> tuple[Instance, ...]:
        """All that a symbolic name, a name, a loop or a partial id stands for; nothing for a full id."""
        lowered = reference.lower()
        found = self._by_symbol.get(lowered) or self._by_name.get(lowered) or self._by_name.get(lowered.strip("/"))
        return tuple(found) if found else _NONE

    def find(self, reference: str) -> tuple[Instance, ...]:
        """All that a full id or any other name stands for."""
        lowered = reference.lower()
        if found := self._by_id.get(lowered) or self._by_id.get(lowered.rstrip("/")):
            return tuple(found)
        if reference.startswith("/"):
            return _NONE
        return self.named(reference)

    def find_unknown(self, entry: Unknown) -> tuple[tuple[Instance, ...], str | None]:
        """What an id stands for whose scope is not known, and what it is called when that is surely nothing.

        The same expression gives the same id; a resourceId() of literals names a resource of this deployment.
        """
        found = self._by_id.get(_key(entry) or "")
        if found:
            return tuple(found), None
        parts = _own_id(entry)
        if parts is None:
            return _NONE, None
        type_, *names = parts
        called = below(type_, names).removeprefix("/providers/")
        named = self.named(called)
        surely = not named and not {"", type_.lower()} & self._vague
        return named, called if surely else None

    def knows(self, reference: str) -> bool:
        """Whether a symbol or loop of that name is declared, be there instances or not."""
        return reference.partition("[")[0].lower() in self._declared

    def twins(self) -> Iterable[list[Instance]]:
        """Instances that share an id."""
        return (found for found in self._by_id.values() if len(found) > 1)


def _names(declaration: Declaration) -> Iterable[str]:
    if declaration.symbol is not None:
        yield declaration.symbol
    loop = declaration.raw("copy")
    name = member(loop, "name") if isinstance(loop, dict) else None
    if isinstance(name, str):
        yield name


def _key(id_: Value) -> str | None:
    """By what an id is compared; two random ones only look alike."""
    if type(id_) is not Unknown:
        return str(id_).lower()
    text = unknown_text(id_)
    return None if "newGuid" in text else text.lower()


def _own_id(entry: Unknown) -> list[str] | None:
    """Type and names in a call of resourceId() that has nothing but literals, and no other group in front of them."""
    node = entry.node
    if not is_call(node, "resourceId") or not isinstance(node, Call):
        return None
    arguments = list(node.arguments)
    for own in (["subscription().subscriptionId", "resourceGroup().name"], ["resourceGroup().name"]):
        if [print_node(one) for one in arguments[: len(own)]] == own:
            arguments = arguments[len(own) :]
    texts = [one.value for one in arguments if isinstance(one, StringLiteral)]
    whole = texts and len(texts) == len(arguments) and "/" in texts[0]
    return [texts[0].rstrip("/"), *texts[1:]] if whole else None
