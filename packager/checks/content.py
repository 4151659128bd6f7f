"""What counts as content of a PATH: the documents that this tool was made to look at, and JSON that cannot be read."""

from typing import Any, Literal

from packager.arm.template import is_template
from packager.source.document import Document
from packager.ui.definition import is_form

ContentKind = Literal["unreadable", "template", "form", "parameters", "view"]

# What these files are is known by their names alone, whatever they hold.
NAMED: dict[str, ContentKind] = {
    "maintemplate.json": "template",
    "azuredeploy.json": "template",
    "prereq.azuredeploy.json": "template",
    "createuidefinition.json": "form",
    "viewdefinition.json": "view",
}


def is_content(document: Document) -> bool:
    """Whether a JSON document is something this tool was asked to look at."""
    return content_kind(document) is not None or expected_kind(document) is not None


def expected_kind(document: Document) -> ContentKind | None:
    """What a document has to be by its name."""
    return NAMED.get(document.name.lower().rpartition("/")[2])


def content_kind(document: Document) -> ContentKind | None:
    """What a document is by what it holds; None for JSON of another purpose."""
    if document.problem is not None:
        return "unreadable"
    value = document.value
    if not isinstance(value, dict):
        return None
    schema = value.get("$schema")
    if isinstance(schema, str) and "viewdefinition" in schema.lower():
        return "view"
    if is_parameter_file(document.name, value):
        return "parameters"
    if is_template(value):
        return "template"
    return "form" if is_form(document.name, value) else None


def is_parameter_file(name: str, value: Any) -> bool:
    """Whether a JSON value hands over parameters: by its schema, by its name, or by nothing but its shape."""
    if not isinstance(value, dict):
        return False
    schema = value.get("$schema")
    if isinstance(schema, str) and schema:
        return "deploymentparameters" in schema.lower()
    if name.lower().endswith((".parameters.json", ".parameters.jsonc")):
        return True
    parameters = value.get("parameters")
    if not isinstance(parameters, dict) or value.keys() - {"$schema", "contentVersion", "metadata", "parameters"}:
        return False
    given = all(isinstance(one, dict) and ("value" in one or "reference" in one) for one in parameters.values())
    return given and (bool(parameters) or "contentVersion" in value)
