"""The resources of an expansion and what waits for what, as a graph for Mermaid or Graphviz."""

from collections.abc import Iterator

from packager.arm.expansion import ExpandedResource, Expansion
from packager.arm.identity import text
from packager.expressions.values import Unknown


def as_mermaid(expansion: Expansion) -> str:
    """A flow chart; an arrow leads from what comes first to what waits for it, a dashed box may not be deployed."""
    lines = ["flowchart TD"]
    for index, one in enumerate(expansion.resources):
        label = f"{_short(text(one.name))}<br/><small>{_short(text(one.type))}</small>"
        lines.append(f'  r{index}["{_escaped(label)}"]')
        if type(one.condition) is Unknown:
            lines.append(f"  style r{index} stroke-dasharray: 4 4")
    lines += [f"  r{first} --> r{then}" for first, then in _edges(expansion.resources)]
    return "\n".join(lines)


def as_dot(expansion: Expansion) -> str:
    """A directed graph; an arrow leads from what comes first to what waits for it, a dashed box may not be deployed."""
    lines = ["digraph deployment {", "  rankdir=TB;", '  node [shape=box, fontname="sans-serif"];']
    for index, one in enumerate(expansion.resources):
        label = f"{_short(text(one.name))}\n{_short(text(one.type))}".replace("\\", "\\\\").replace('"', '\\"')
        style = ", style=dashed" if type(one.condition) is Unknown else ""
        lines.append(f'  r{index} [label="{label.replace(chr(10), chr(92) + "n")}"{style}];')
    lines += [f"  r{first} -> r{then};" for first, then in _edges(expansion.resources)]
    return "\n".join([*lines, "}"])


def _edges(resources: list[ExpandedResource]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes, a resource and one that waits for it; a nested deployment comes before its own resources."""
    places = {text(one.id).lower(): index for index, one in enumerate(resources)}
    for index, one in enumerate(resources):
        before = [*one.depends_on, *([] if one.deployment is None else [one.deployment])]
        for id_ in before:
            first = places.get(text(id_).lower())
            if first is not None and first != index:
                yield first, index


def _short(label: str) -> str:
    return label if len(label) <= 60 else f"{label[:57]}..."


def _escaped(label: str) -> str:
    return label.replace('"', "#quot;").replace("[", "#91;").replace("]", "#93;")
