"""What a run of checks looks at: a bundle, and the typed views of it, each made once."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from packager.arm.template import Template, is_template
from packager.bundle.model import Bundle
from packager.checks.rule import Kind
from packager.source.document import Document
from packager.ui.definition import UiDefinition, is_form

MAIN_TEMPLATE = "mainTemplate.json"
FORM = "createUiDefinition.json"
VIEW = "viewDefinition.json"
PLAN_SECTIONS = frozenset({"parameters", "basics", "steps", "outputs"})


@dataclass(eq=False)
class Package:
    """A bundle on a day. `kind` is that of the plan (`managed-application`, `solution-template`) when it is known."""

    bundle: Bundle
    today: datetime.date
    kind: str | None = None

    @cached_property
    def json_documents(self) -> tuple[Document, ...]:
        """Every JSON document of the package, in order of names."""
        names = [name for name in self.bundle.entries if name.lower().endswith((".json", ".jsonc"))]
        return tuple(self.bundle.document(name) for name in names)

    @cached_property
    def templates(self) -> tuple[Template, ...]:
        """Every template file, without the templates nested in it."""
        return tuple(Template(document) for document in self.json_documents if is_template(document.value))

    @cached_property
    def forms(self) -> tuple[UiDefinition, ...]:
        """Every portal form."""
        return tuple(UiDefinition(found) for found in self.json_documents if is_form(found.name, found.value))

    @cached_property
    def main(self) -> Template | None:
        """The main template: `mainTemplate.json`, else `azuredeploy.json`, at the root in any case."""
        by_name = {template.document.name.lower(): template for template in self.templates}
        return by_name.get(MAIN_TEMPLATE.lower()) or by_name.get("azuredeploy.json")

    @cached_property
    def form(self) -> UiDefinition | None:
        """The form at the root of the package."""
        return next((form for form in self.forms if form.document.name.lower() == FORM.lower()), None)

    def subjects(self, kind: Kind) -> Iterator[Any]:
        """The typed views that rules on `kind` are handed one by one."""
        if kind == "package":
            yield self
        elif kind == "file":
            yield from self.json_documents
        elif kind == "template":
            # The template of an outer-scope deployment is evaluated in its parent: it is no template by itself.
            every = (nested for template in self.templates for nested in template.every())
            yield from (template for template in every if template.parent is None or template.inner_scope)
        elif kind == "form":
            yield from self.forms

    @property
    def content(self) -> int:
        """How many documents count as content: templates, forms, parameter files, views, unreadable JSON."""
        return sum(is_content(document) for document in self.json_documents)


def is_content(document: Document) -> bool:
    """Whether a JSON document is something this tool was asked to look at."""
    if document.problem is not None:
        return True
    value = document.value
    if not isinstance(value, dict):
        return False
    schema = value.get("$schema")
    known = isinstance(schema, str) and ("deployment" in schema.lower() or "viewdefinition" in schema.lower())
    return (
        known
        or is_template(value)
        or is_form(document.name, value)
        or document.name.lower().endswith(".parameters.json")
    )
