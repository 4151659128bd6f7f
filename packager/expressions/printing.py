"""Writes a tree as the text of an expression, in one fixed style."""

from packager.expressions.nodes import Call, Index, IntegerLiteral, Node, Property, StringLiteral

_LITERALS = (StringLiteral, IntegerLiteral)


def print_expression(node: Node) -> str:
    """The expression with its brackets; reading it again gives the same tree but for the spans."""
    return f"[{print_node(node)}]"


def quoted(text: str) -> str:
    """Text as a literal of the language."""
    return "'" + text.replace("'", "''") + "'"


def print_node(root: Node) -> str:
    """The text of a node, without brackets around it."""
    parts: list[str] = []
    stack: list[Node | str] = [root]
    while stack:
        item = stack.pop()
        match item:
            case str():
                parts.append(item)
            case StringLiteral():
                parts.append(quoted(item.value))
            case IntegerLiteral():
                parts.append(str(item.value))
            case Property():
                stack += (f".{item.name}", item.target)
            case Index():
                stack += ("]", item.index, "[", item.target)
            case Call():
                if all(type(argument) in _LITERALS for argument in item.arguments):
                    parts.append(f"{item.full_name}({', '.join(map(_literal, item.arguments))})")
                else:
                    stack.extend(reversed(_call(item)))
    return "".join(parts)


def _literal(node: Node) -> str:
    return quoted(node.value) if isinstance(node, StringLiteral) else str(getattr(node, "value", ""))


def _call(call: Call) -> list[Node | str]:
    pieces: list[Node | str] = [f"{call.full_name}("]
    for position, argument in enumerate(call.arguments):
        if position:
            pieces.append(", ")
        pieces.append(argument)
    pieces.append(")")
    return pieces
