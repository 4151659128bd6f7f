"""Writes a tree as the text of an expression, in one fixed style."""

from packager.expressions.nodes import Call, IntegerLiteral, Node, Property, StringLiteral


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
        if isinstance(item, str):
            parts.append(item)
        elif isinstance(item, StringLiteral):
            parts.append(quoted(item.value))
        elif isinstance(item, Call):
            _open(item, parts, stack)
        elif isinstance(item, IntegerLiteral):
            parts.append(str(item.value))
        elif isinstance(item, Property):
            stack += (f".{item.name}", item.target)
        else:
            stack += ("]", item.index, "[", item.target)
    return "".join(parts)


def _open(call: Call, parts: list[str], stack: list[Node | str]) -> None:
    """The name, and literal arguments up to the first other one; the rest is left for later."""
    parts.append(f"{call.full_name}(")
    arguments = call.arguments
    for position, argument in enumerate(arguments):
        between = ", " if position else ""
        if isinstance(argument, StringLiteral):
            parts.append(f"{between}{quoted(argument.value)}")
        elif isinstance(argument, IntegerLiteral):
            parts.append(f"{between}{argument.value}")
        else:
            stack.append(")")
            for later in arguments[:position:-1]:
                stack += (later, ", ")
            stack += (argument, between)
            return
    parts.append(")")
