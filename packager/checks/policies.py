"""The policies of API Management in a package: XML files of their own, and texts in templates."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from packager.arm.template import key_of
from packager.checks.deployed import inside, place
from packager.code.policy import Format, root_of
from packager.source.document import Document
from packager.source.lazy import lazy_pattern
from packager.source.span import LineIndex, Path, Span
from packager.source.spot import Spot, escaped_within

if TYPE_CHECKING:
    from packager.arm.expansion import ExpandedResource
    from packager.checks.package import Package

_TYPE = lazy_pattern(r"microsoft\.apimanagement/service/(?:[a-z]+/){0,6}(?P<kind>policies|policyfragments)")
_ROOTS = {"policies": "policies", "policyfragments": "fragment"}


class Policy(NamedTuple):
    """A policy, at `path` of a template, or a whole file without one.

    `written` is the format that a template says, `root` the element that it has to be; of a file both are open.
    """

    document: Document
    text: str
    path: Path | None = None
    written: Format | None = None
    root: str | None = None

    def spot(self, offset: int) -> Spot:
        """The place of the character at `offset`; in a template the whole text, where that is not what stands there."""
        end = min(offset + 1, len(self.text))
        if self.path is None:
            return Spot(self.document, span=Span(offset, end))
        if self.document.at(self.path) != self.text or self.document.kind != "json":
            return Spot(self.document, self.path)
        return escaped_within(self.document, self.path, offset, end)

    def shown_place(self, offset: int) -> str:
        """Where in the policy that is, for one in a template: there its lines are in one."""
        if self.path is None:
            return ""
        found = LineIndex(self.text).place(offset, offset)
        return f" (line {found.line}, column {found.column} of the policy)"


def policies(package: "Package") -> tuple[Policy, ...]:
    """The policies of a package in order of files, each text once at its place."""
    return (*_files(package), *{(one.document.name, one.path): one for one in _written(package)}.values())


def _files(package: "Package") -> Iterator[Policy]:
    for name in package.bundle.entries:
        if name.lower().endswith(".xml") and package.bundle.is_reported(name):
            document = package.bundle.document(name)
            if document.problem is None and root_of(document.text) in _ROOTS.values():
                yield Policy(document, document.text)


def _written(package: "Package") -> Iterator[Policy]:
    if not package.mentions(("microsoft.apimanagement",)):
        return
    for one in package.deployed.every:
        found = _TYPE.fullmatch(one.type.lower()) if isinstance(one.type, str) else None
        policy = _policy(one, _ROOTS[found["kind"]]) if found is not None else None
        if policy is not None and package.bundle.is_reported(policy.document.name):
            yield policy


def _policy(one: "ExpandedResource", root: str) -> Policy | None:
    """The text of a resource, when it is known and stands there itself and not behind a link."""
    properties = one.properties if isinstance(one.properties, dict) else {}
    written, text = properties.get(key_of(properties, "format"), "xml"), inside(properties, "value")
    if written not in {"xml", "rawxml"} or not isinstance(text, str):
        return None
    spot = place(one, "properties", "value")
    return Policy(spot.document, text, spot.path, cast("Format", written), root)
