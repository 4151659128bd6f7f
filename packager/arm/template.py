"""A typed view of one ARM template: a file of its own, or the `template` of a nested deployment."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from packager.source.document import Document
from packager.source.span import Path
from packager.source.spot import Spot
from packager.source.tree import Tree

if TYPE_CHECKING:
    from packager.arm.flow import Flow
    from packager.arm.sites import Sites

SCHEMA_MARK = "deploymenttemplate"
DEPLOYMENT_TYPE = "microsoft.resources/deployments"
SECURE_TYPES = frozenset({"securestring", "secureobject"})
# Every address of a file in the package is made from one of these, in this template or in one that links it.
FILE_SIGNS = ("artifactslocation", "templatelink")


def is_template(value: Any) -> bool:
    """Whether a JSON value declares itself an ARM template, or has the shape of one without saying so."""
    if not isinstance(value, dict):
        return False
    schema = value.get("$schema")
    if isinstance(schema, str):
        return SCHEMA_MARK in schema.lower()
    return isinstance(value.get("resources"), (list, dict)) and "contentVersion" in value


class Resource(NamedTuple):
    """A resource as written: at the top of a template or below another resource."""

    path: Path
    value: Mapping[str, Any]
    parent: "Resource | None" = None

    @property
    def type(self) -> str:
        """The written type; "" when absent or not a string."""
        written = self.value.get("type")
        return written if isinstance(written, str) else ""

    @property
    def full_type(self) -> str:
        """The type with those of the resources around it in front: `Microsoft.Sql/servers/databases`."""
        if self.parent is None or ("/" in self.type and "." in self.type.partition("/")[0]):
            return self.type
        return f"{self.parent.full_type}/{self.type}"


class Template:
    """`value` is what stands at `path` of `document`; `parent` holds it as a nested deployment."""

    def __init__(
        self,
        document: Document,
        path: Path = (),
        parent: "Template | None" = None,
        inner_scope: bool = True,
    ) -> None:
        self.document = document
        self.path = path
        self.parent = parent
        self.inner_scope = inner_scope

    @cached_property
    def value(self) -> dict[str, Any]:
        """The template object; empty when the document cannot be read."""
        found = self.document.at(self.path)
        return found if isinstance(found, dict) else {}

    def spot(self, path: Path = (), *, key: bool = False) -> Spot:
        """A place inside this template, given relative to it."""
        return Spot(self.document, self.path + path, key)

    def section(self, name: str) -> dict[str, Any]:
        """A top-level section that should be an object; empty when it is absent or something else."""
        found = member(self.value, name)
        return found if isinstance(found, dict) else {}

    def section_path(self, *names: str) -> Path:
        """The path of nested members from this template's root, in the spelling that it uses."""
        path: list[str | int] = []
        value: Any = self.value
        for name in names:
            written = key_of(value, name) if isinstance(value, dict) else name
            path.append(written)
            value = value.get(written) if isinstance(value, dict) else None
        return tuple(path)

    @property
    def parameters(self) -> dict[str, Any]:
        """Parameter declarations by name, as written."""
        return self.section("parameters")

    @property
    def variables(self) -> dict[str, Any]:
        """Variables by name, as written (`copy` included)."""
        return self.section("variables")

    @property
    def outputs(self) -> dict[str, Any]:
        """Outputs by name, as written."""
        return self.section("outputs")

    @cached_property
    def may_name_files(self) -> bool:
        """Whether the document has a word in it that addresses of files in the package are made from."""
        text = self.document.text.lower()
        return any(sign in text for sign in FILE_SIGNS)

    @cached_property
    def tree(self) -> Tree:
        """The index over the template; templates of inner scope in it are left out, being templates by themselves."""
        return Tree(self.value, frozenset(_inner_values(self)))

    @cached_property
    def sites(self) -> "Sites":
        """The template's own expressions, by place and by what they call."""
        # The expression language is loaded only where a rule looks at expressions.
        from packager.arm.sites import Sites

        return Sites(self.document, self.path, self.tree)

    @cached_property
    def flow(self) -> "Flow":
        """What the values of the template depend on, through its variables."""
        from packager.arm.flow import Flow  # as above

        return Flow(self)

    @cached_property
    def shown(self) -> "Flow":
        """The same without what only decides: a value that is asked for its length is not shown."""
        from packager.arm.flow import VERDICTS, Flow  # as above

        return Flow(self, VERDICTS)

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """Every resource of this template, children included, nested deployments' resources not."""
        return tuple(resources_below(member(self.value, "resources"), ("resources",), None))

    @cached_property
    def nested(self) -> tuple["Template", ...]:
        """The templates of nested deployments directly in this one."""
        return tuple(self._nested())

    def _nested(self) -> Iterator["Template"]:
        for resource in self.resources:
            properties = member(resource.value, "properties")
            if resource.type.lower() != DEPLOYMENT_TYPE or not isinstance(properties, dict):
                continue
            if isinstance(member(properties, "template"), dict):
                options = member(properties, "expressionEvaluationOptions")
                scope = member(options, "scope") if isinstance(options, dict) else None
                inner = isinstance(scope, str) and scope.lower() == "inner"
                path = (
                    self.path + resource.path + (key_of(resource.value, "properties"), key_of(properties, "template"))
                )
                yield Template(self.document, path, self, inner_scope=inner)

    def scope(self) -> Iterator["Template"]:
        """The template and those of outer scope in it, whose expressions are evaluated here; outermost first."""
        yield self
        for template in self.nested:
            if not template.inner_scope:
                yield from template.scope()

    @property
    def built_by_bicep(self) -> bool:
        """Whether the template says that Bicep wrote it."""
        generator = member(self.section("metadata"), "_generator")
        name = member(generator, "name") if isinstance(generator, dict) else None
        return isinstance(name, str) and name.lower() == "bicep"

    def every(self) -> Iterator["Template"]:
        """The template itself and all nested ones, outermost first."""
        yield self
        for template in self.nested:
            yield from template.every()


def _inner_values(template: Template) -> Iterator[int]:
    for nested in template.nested:
        if nested.inner_scope:
            yield id(nested.value)
        else:
            yield from _inner_values(nested)


def member(value: Mapping[str, Any], name: str) -> Any:
    """The member called `name`: the exact spelling first, then any case (as ARM reads); None when absent."""
    if name in value:
        return value[name]
    lowered = name.lower()
    return next((found for key, found in value.items() if key.lower() == lowered), None)


def key_of(value: Mapping[str, Any], name: str) -> str:
    """The spelling of `name` that `value` uses; `name` itself when it is absent."""
    if name in value:
        return name
    lowered = name.lower()
    return next((key for key in value if key.lower() == lowered), name)


def reached(value: Any, *steps: str | int) -> tuple[Path, Any]:
    """The way to a member of a member, with names as they are spelt there, and its value; None when it is absent."""
    path: Path = ()
    for step in steps:
        if isinstance(value, Mapping) and isinstance(step, str):
            step = key_of(value, step)
            value = value.get(step)
        else:
            value = value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None
        path = (*path, step)
    return path, value


def resources_below(resources: Any, path: Path, parent: Resource | None) -> Iterator[Resource]:
    """Resources in a `resources` section (a list, or an object of symbolic names), parents before children."""
    items: Iterator[tuple[str | int, Any]]
    if isinstance(resources, list):
        items = iter(enumerate(resources))
    elif isinstance(resources, dict):
        items = iter(resources.items())
    else:
        return
    for step, value in items:
        if isinstance(value, dict):
            resource = Resource((*path, step), value, parent)
            yield resource
            inner = key_of(value, "resources")
            yield from resources_below(value.get(inner), (*resource.path, inner), resource)


def is_secure(declaration: Any) -> bool:
    """Whether a parameter, or an output, is declared with a secure type."""
    kind = member(declaration, "type") if isinstance(declaration, dict) else None
    return isinstance(kind, str) and kind.lower() in SECURE_TYPES


def built_by_bicep(template: Template) -> bool:
    """Whether the compiler of Bicep wrote the file that the template is in."""
    while template.parent is not None:
        template = template.parent
    generator = template.section("metadata").get("_generator")
    name = generator.get("name") if isinstance(generator, dict) else None
    return isinstance(name, str) and name.lower() == "bicep"
