from packager.expressions.nodes import Call, calls, is_call, literal_argument, walk
from packager.expressions.parser import parse

TREE = parse("[concat(Parameters('a'), ns.parameters('b'), parameters(variables('c'))['d'])]")


def test_walking_visits_outer_nodes_first():
    assert [node.full_name for node in walk(TREE) if isinstance(node, Call)] == [
        "concat",
        "Parameters",
        "ns.parameters",
        "parameters",
        "variables",
    ]


def test_calls_are_found_ignoring_case_and_without_namespaces():
    assert [literal_argument(call, 0) for call in calls(TREE, "parameters")] == ["a", None]
    assert len(list(calls(TREE))) == 5


def test_a_literal_argument_is_only_a_text():
    assert literal_argument(parse("[f(1, 'x')]"), 0) is None
    assert literal_argument(parse("[f(1, 'x')]"), 1) == "x"
    assert literal_argument(parse("[f(1, 'x')]"), 2) is None
    assert literal_argument(parse("['x']"), 0) is None


def test_only_calls_are_calls():
    assert is_call(TREE, "CONCAT", "format")
    assert not is_call(TREE, "format")
    assert not is_call(parse("['concat']"), "concat")
