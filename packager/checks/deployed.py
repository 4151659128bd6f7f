"""What a package would deploy, by file and type: one index for all rules that judge resources instead of their text."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from packager.arm.expansion import ExpandedResource
from packager.arm.template import Template, is_secure, key_of, reached
from packager.checks.expansion import expansion
from packager.checks.rule import Hit
from packager.expressions.values import Unknown, Value
from packager.source.span import Path
from packager.source.spot import Spot

if TYPE_CHECKING:
    from packager.checks.package import Package


# More deployments in each other than Azure takes.
_DEEPEST = 32


class Leaf(NamedTuple):
    """A text, or an unknown, in the body of a resource; `path` leads to it from the resource."""

    resource: ExpandedResource
    path: Path
    value: Value

    def spot(self) -> Spot:
        """Its place in the source; where a loop or an expression made it, the place of that."""
        return Spot(self.resource.spot.document, self.resource.spot.path + self.path)


class Deployed:
    """The resources of every template: as the main template deploys them, others by themselves.

    A file that is linked with several values gives its resources several times; so does a loop.
    """

    def __init__(self, package: "Package") -> None:
        self._by_file: dict[str, list[ExpandedResource]] = {}
        self._by_type: dict[str, dict[str, list[ExpandedResource]]] = {}
        self._leaves: dict[str, tuple[Leaf, ...]] = {}
        self._templates = package.templates
        first = [package.main] if package.main is not None else []
        for template in (*first, *(one for one in package.templates if one is not package.main)):
            if template.document.name not in self._by_file:
                self._add(expansion(template, package).resources)

    def _add(self, resources: Iterable[ExpandedResource]) -> None:
        for one in resources:
            file = one.spot.document.name
            self._by_file.setdefault(file, []).append(one)
            if isinstance(one.type, str):
                self._by_type.setdefault(file, {}).setdefault(one.type.lower(), []).append(one)

    @cached_property
    def every(self) -> tuple[ExpandedResource, ...]:
        """All resources of the package."""
        return tuple(one for found in self._by_file.values() for one in found)

    @cached_property
    def certain(self) -> tuple[ExpandedResource, ...]:
        """The resources that no condition keeps away, of their own or of the deployments around them."""
        deployments = {str(one.id): one for one in self.every}
        return tuple(one for one in self.every if _is_certain(one, deployments))

    def is_certain(self, one: ExpandedResource) -> bool:
        """Whether no condition keeps a resource away; it has to be one of these, not another that is equal."""
        return id(one) in self._certain

    @cached_property
    def _certain(self) -> frozenset[int]:
        return frozenset(map(id, self.certain))

    @cached_property
    def is_whole(self) -> bool:
        """Whether this is everything: no template is linked that is not in the package, and no type is unknown."""
        expanded = {str(one.deployment) for one in self.every}
        links = (one for one in self.every if inside(one.body, "properties", "templateLink"))
        return all(isinstance(one.type, str) for one in self.every) and all(str(one.id) in expanded for one in links)

    @cached_property
    def secure_names(self) -> frozenset[str]:
        """The names of secure parameters of any template, in lower case."""
        every = (one for template in self._templates for one in template.every())
        return frozenset(name.lower() for one in every for name, found in one.parameters.items() if is_secure(found))

    def of(self, file: str, *types: str) -> Iterator[ExpandedResource]:
        """The resources that a file declares; of these types only, given in lower case, when there are any."""
        if not types:
            yield from self._by_file.get(file, ())
        for name in types:
            yield from self._by_type.get(file, {}).get(name, ())

    def leaves(self, file: str) -> tuple[Leaf, ...]:
        """Every text and unknown in the bodies of the resources that a file declares."""
        if file not in self._leaves:
            self._leaves[file] = tuple(leaf for one in self.of(file) for leaf in _leaves(one))
        return self._leaves[file]


def _is_certain(one: ExpandedResource | None, deployments: dict[str, ExpandedResource]) -> bool:
    for _ in range(_DEEPEST):
        if one is None or one.condition is not True:
            return one is None
        one = deployments.get(str(one.deployment)) if one.deployment is not None else None
    return False


def deployed(template: Template, package: "Package", *types: str) -> Iterator[ExpandedResource]:
    """The resources declared in a template's file; the templates nested in it have no resources of their own."""
    if template.parent is None:
        yield from package.deployed.of(template.document.name, *types)


def leaves(template: Template, package: "Package") -> Iterable[Leaf]:
    """The texts and unknowns in the resources declared in a template's file."""
    return package.deployed.leaves(template.document.name) if template.parent is None else ()


def inside(value: Value, *names: str) -> Value:
    """The value of a member of a member...; None when one is absent, an Unknown when one is unknown."""
    for name in names:
        if type(value) is Unknown:
            return value
        if not isinstance(value, dict):
            return None
        value = value.get(key_of(value, name))
    return value


def place(one: ExpandedResource, *steps: str | int) -> Spot:
    """Where a member of a resource is written, by names in any case; of one that is absent, its nearest holder."""
    return Spot(one.spot.document, one.spot.path + reached(one.spot.value(), *steps)[0])


def template_around(spot: Spot, template: Template) -> Template:
    """The template whose parameters and variables an expression at `spot` sees, of those in the template's file."""
    found = template
    for one in template.every():
        if one.inner_scope and spot.path[: len(one.path)] == one.path and len(one.path) >= len(found.path):
            found = one
    return found


def once(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The first hit of each kind at each place: a loop, or a file linked twice, leads there again."""
    seen: set[tuple[str, Path, str | None]] = set()
    for hit in hits:
        key = (hit.spot.document.name, hit.spot.path, hit.sub)
        if key not in seen:
            seen.add(key)
            yield hit


def _leaves(one: ExpandedResource) -> Iterator[Leaf]:
    stack: list[tuple[Path, Value]] = [((), one.body)]
    while stack:
        path, value = stack.pop()
        if type(value) is dict:
            # The template of a nested deployment stands there as it is written; its resources come by themselves.
            stack += [
                ((*path, key), item) for key, item in value.items() if path != ("properties",) or key != "template"
            ]
        elif type(value) is list:
            stack += [((*path, index), item) for index, item in enumerate(value)]
        elif type(value) is str or type(value) is Unknown:
            yield Leaf(one, path, value)
