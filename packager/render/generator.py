"""Jinja's compiler with two additions: every piece of output is traced to its source line, and every loop is counted.

It uses the four `_output_*` hooks that `jinja2.nativetypes` uses for the same purpose (another kind of output).
"""
# ruff: noqa: ARG002, N802  (names and signatures are Jinja's)

from typing import TYPE_CHECKING, Any, cast

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from packager.render.traced import Traced, from_file, joined

if TYPE_CHECKING:
    from packager.render.environment import TracingEnvironment


class TracingGenerator(CodeGenerator):
    """Writes `environment.literals[n]` for text and `environment.emit(value, file, line)` for everything else."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.literals = cast("TracingEnvironment", self.environment).literals
        self.writes: list[nodes.Node | None] = []

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible  # a constant expression too is emitted, so that it has its own line
        return from_file(node.data, self.name or "", node.lineno)

    def _output_const_repr(self, group: Any) -> str:
        self.literals.append(joined(cast("list[Traced]", group)))
        return f"environment.literals[{len(self.literals) - 1}]"

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.emit(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(f", {self.name!r}, {node.lineno})")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        """Jinja gives a filter or call the line of its last part; an output's line is where it starts."""
        for child in node.nodes:
            child.lineno = first_line(child)
        super().visit_Output(node, frame)

    def start_write(self, frame: Frame, node: nodes.Node | None = None) -> None:
        """Call and filter blocks write their result here, without the hooks above."""
        super().start_write(frame, node)
        self.writes.append(node)
        if node is not None:
            self.write("environment.emit(")

    def end_write(self, frame: Frame) -> None:
        """The other half of `start_write`."""
        node = self.writes.pop()
        if node is not None:
            self.write(f", {self.name!r}, {node.lineno})")
        super().end_write(frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """`a ~ b` keeps the origins of its operands."""
        self.write("environment.concat((")
        for operand in node.nodes:
            self.visit(operand, frame)
            self.write(", ")
        self.write("))")

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        """Each turn of a loop is a step of the render's budget."""
        count = nodes.ExprStmt(nodes.Call(nodes.EnvironmentAttribute("count_turn"), [], [], None, None))
        node.body.insert(0, count.set_lineno(node.lineno))
        super().visit_For(node, frame)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:
        """Jinja's code for this one case would make the macro a generator and lose its output."""
        if frame.buffer is not None and not node.with_context:
            self.fail("'include ... without context' does not work inside macros and blocks that capture", node.lineno)
        super().visit_Include(node, frame)


def first_line(node: nodes.Expr) -> int:
    """The line on which an expression starts."""
    return min((inner.lineno for inner in node.find_all(nodes.Expr) if inner.lineno), default=node.lineno)
