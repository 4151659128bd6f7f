"""A lambda or a variable stands where the portal has none.

Lambdas, `(item) => ...`, are the second argument of `map` and `filter` and nothing else; the name before the arrow
exists in them alone. `$rowIndex` and `$item` exist in the columns of grids.

Text stands in single quotes, the name of a function before brackets.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.source.spot import within
from packager.ui.binding import ROW_VARIABLES
from packager.ui.definition import UiDefinition
from packager.ui.nodes import Call, Lambda, Node, Variable, children

ITEMWISE = frozenset({"map", "filter"})
COLUMNS = "columns"


@rule(on="form", severity=Severity.ERROR)
def check(form: UiDefinition, _: Package) -> Iterator[Hit]:
    """Every lambda and bare name in every expression that can be read."""
    for path, _text, tree in form.flow.trees:
        for node, problem, sub in _problems(tree, in_columns=COLUMNS in path):
            yield Hit(within(form.document, path, node.span), problem, sub=sub)


def _problems(tree: Node, *, in_columns: bool) -> Iterator[tuple[Node, str, str | None]]:
    todo: list[tuple[Node, frozenset[str], bool]] = [(tree, frozenset(), False)]
    while todo:
        node, known, takes_lambda = todo.pop()
        if isinstance(node, Lambda):
            if not takes_lambda:
                yield node, "a lambda stands where no function takes one", "lambda"
            known = known | {node.parameter}
        elif takes_lambda:
            yield node, "the second argument is a lambda: (item) => ...", "lambda"
        elif isinstance(node, Variable) and node.name not in known:
            if node.name not in ROW_VARIABLES:
                yield node, f"there is no variable '{node.name[:40]}'", None
            elif not in_columns:
                yield node, f"'{node.name}' exists in the columns of grids only", "row"
        is_itemwise = isinstance(node, Call) and node.name.lower() in ITEMWISE
        inner = children(node)
        todo += [(one, known, is_itemwise and place == 1) for place, one in reversed(list(enumerate(inner)))]
