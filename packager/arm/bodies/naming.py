"""The last part of the name of a resource, as far as an evaluated name tells it."""

from packager.expressions.nodes import Call, Node, StringLiteral, is_call
from packager.expressions.values import Unknown, Value
from packager.source.lazy import lazy_pattern

_FORMATTED = lazy_pattern(r"\{(\d+)\}")


def last_segment(name: Value) -> str | None:
    """What follows the last slash of a name, where it is known: also that of `concat(parameters('site'), '/web')`."""
    if type(name) is str:
        return name.rpartition("/")[2]
    text = _ending(name.node) if type(name) is Unknown else ""
    return text.rpartition("/")[2] if "/" in text else None


def _ending(node: Node) -> str:
    """The known text at the end of what an expression gives."""
    if isinstance(node, StringLiteral):
        return node.value
    if not isinstance(node, Call) or not node.arguments:
        return ""
    if is_call(node, "concat"):
        return _ending(node.arguments[-1])
    pattern = node.arguments[0]
    if is_call(node, "format") and isinstance(pattern, StringLiteral):
        return _formatted(pattern.value, node)
    return ""


def _formatted(pattern: str, call: Call) -> str:
    places = list(_FORMATTED.finditer(pattern))
    if not places:
        return pattern
    last = places[-1]
    tail, number = pattern[last.end() :], int(last.group(1)) + 1
    if "/" in tail or number >= len(call.arguments):
        return tail
    ending = _ending(call.arguments[number])
    argument = call.arguments[number]
    whole = isinstance(argument, StringLiteral) and pattern[: last.start()].endswith("/")
    return f"/{ending}{tail}" if whole else ending + tail
