"""From a value of an expanded resource back to where it is written: through copy loops, and into variables."""

from packager.arm.follow import parsed, variable_steps
from packager.arm.template import Template, key_of
from packager.expressions.nodes import Node
from packager.source.document import Document
from packager.source.reading import ABSENT
from packager.source.span import Path
from packager.source.spot import Spot

_MOST_STEPS = 32


class Owners:
    """Finds the template whose variables a resource uses."""

    def __init__(self) -> None:
        self._of: dict[str, dict[Path, Template]] = {}

    def of(self, document: Document, path: Path) -> Template:
        """The template of a resource: the file, or the innermost nested one of inner scope around it."""
        known = self._of.get(document.name)
        if known is None:
            every = (one for one in Template(document).every() if one.parent is None or one.inner_scope)
            known = self._of[document.name] = {one.path: one for one in every}
        return next(known[path[:end]] for end in range(len(path), -1, -1) if path[:end] in known)


def spot_of(template: Template, resource: Path, path: Path, *, key: bool) -> Spot:
    """Where the value (or its name) at `path` of an expanded resource is written; as near as an expression lets us."""
    document, place = template.document, resource
    steps = list(path)
    while steps:
        place = _followed(template, place)
        step = steps.pop(0)
        inner = _inside(document.at(place), step)
        if inner is None:
            return Spot(document, place)
        place += inner
        if len(inner) > 1:
            # A loop makes a list: which turn made the item does not matter.
            steps = steps[1:]
            if not steps:
                return Spot(document, (*place[:-1], "name") if key else place)
    return Spot(document, place, key and isinstance(place[-1], str))


def _inside(value: object, step: str | int) -> Path | None:
    """The way from a written value to a part of what it is evaluated to."""
    if isinstance(value, list):
        return (step,) if isinstance(step, int) and step < len(value) else None
    if not isinstance(value, dict) or not isinstance(step, str):
        return None
    if step in value:
        return (step,)
    loops = value.get("copy")
    for number, loop in enumerate(loops if isinstance(loops, list) else ()):
        if isinstance(loop, dict) and loop.get(key_of(loop, "name")) == step:
            return ("copy", number, key_of(loop, "input"))
    return None


def _followed(template: Template, place: Path) -> Path:
    """Where the object or list is written that an expression at `place` takes from a variable; else `place`."""
    for _ in range(_MOST_STEPS):
        value = template.document.at(place)
        node = parsed(value) if isinstance(value, str) else None
        found = None if node is None else _variable(template, node)
        if found is None or template.document.at(found) is ABSENT:
            return place
        place = found
    return place


def _variable(template: Template, node: Node) -> Path | None:
    """The path of `variables('x').y[0]`, all of it literal."""
    steps = variable_steps(node)
    if steps is None:
        return None
    found: Path = (*template.path, *template.section_path("variables"))
    for step in steps:
        value = template.document.at(found)
        found = (*found, key_of(value, step) if isinstance(value, dict) and isinstance(step, str) else step)
    return found
