"""Lists to choose from, and tables."""

from packager.ui.elements.model import BuiltIn, ElementType, Output, Setting
from packager.ui.elements.shared import (
    CONSTRAINTS,
    INFO_MESSAGES,
    LABEL,
    OPTIONAL_LABEL,
    REQUIRED,
    SUB_LABEL,
    TOOL_TIP,
    bodies,
    validations,
)

_CHOSEN = BuiltIn("required", "something is chosen where it is required")
_DEFAULT_ABOUT = "The **label** of the choice to begin with; the Form view takes `{label}` and `{value}`, too"

DROP_DOWN = ElementType(
    name="Microsoft.Common.DropDown",
    about="A list that folds out, to choose one or several",
    settings=(
        LABEL,
        Setting(
            "defaultValue",
            ("string", "array"),
            f"{_DEFAULT_ABOUT}; a list of labels with `multiselect`",
            dynamic=True,
            where="form",
        ),
        Setting("defaultValue", ("string", "array", "object"), _DEFAULT_ABOUT, dynamic=True, where="view"),
        Setting("placeholder", ("string",), "Shown while nothing is chosen", dynamic=True),
        Setting("multiselect", ("boolean",), "Several can be chosen", default=False),
        Setting("selectAll", ("boolean",), "Offers to choose all, with `multiselect`", default=True),
        Setting("filter", ("boolean",), "Offers to search", default=False),
        Setting("filterPlaceholder", ("string",), dynamic=True),
        Setting("multiLine", ("boolean",), "Shows `description` below the label", default=False),
        Setting("defaultDescription", ("string",), "For choices that have no description"),
        TOOL_TIP,
        CONSTRAINTS._replace(required=True),
        REQUIRED,
        Setting("constraints.allowedValues", ("array",), "The choices", required=True, least=1, dynamic=True),
        *bodies("constraints.allowedValues"),
        Setting("constraints.allowedValues[].description", ("string",), dynamic=True),
        *validations(source="U"),
        SUB_LABEL,
        *INFO_MESSAGES,
    ),
    output=Output(
        None,
        about="The `value` of the choice as it is; a list of them with `multiselect`",
        by_settings="that of the values, or array with `multiselect`",
    ),
    initial="the first choice; undefined where the default is no label, or the choices are not known yet",
    rules=(_CHOSEN,),
    notes=(
        "With `multiselect`, a default that is a text is put out as a text until someone touches the list",
        "Without a default the first choice is taken; the documentation also says that nothing is",
    ),
)

OPTIONS_GROUP = ElementType(
    name="Microsoft.Common.OptionsGroup",
    about="Radio buttons",
    settings=(
        LABEL,
        Setting("defaultValue", ("string",), _DEFAULT_ABOUT, where="form", dynamic=True),
        Setting("defaultValue", ("string", "object"), _DEFAULT_ABOUT, where="view", dynamic=True),
        TOOL_TIP,
        CONSTRAINTS._replace(required=True),
        REQUIRED,
        Setting("constraints.allowedValues", ("array",), "The choices", required=True, least=1),
        *bodies("constraints.allowedValues"),
        *validations(source="U"),
        *INFO_MESSAGES,
    ),
    output=Output(None, about="The `value` of the choice as it is", by_settings="that of the values"),
    initial="the first choice",
    rules=(_CHOSEN,),
)

EDITABLE_GRID = ElementType(
    name="Microsoft.Common.EditableGrid",
    about="A table that the customer fills in",
    settings=(
        LABEL._replace(about="Stands on the summary only"),
        Setting("ariaLabel", ("string",), "For screen readers", required=True, source="S"),
        CONSTRAINTS._replace(required=True),
        Setting("constraints.width", ("string",), default="Full", allowed=("Full", "Medium", "Small")),
        Setting("constraints.rows", ("object",)),
        Setting("constraints.rows.count", ("object",)),
        Setting("constraints.rows.count.min", ("integer",), "The least rows", least=0),
        Setting("constraints.rows.count.max", ("integer",), "The most rows", least=0),
        Setting("constraints.columns", ("array",), required=True, least=1),
        Setting("constraints.columns[].id", ("string",), "The name of the column in the output", required=True),
        Setting("constraints.columns[].header", ("string",), required=True),
        Setting("constraints.columns[].width", ("string",), default="1fr"),
        Setting(
            "constraints.columns[].element",
            ("object",),
            "A TextBox, DropDown or OptionsGroup without name and label; `$rowIndex` counts its rows from 1",
            required=True,
        ),
        *validations(source="U"),
    ),
    output=Output("array", about="A list with an object for each row, whose members are the columns", source="DF"),
    initial="`[]`; a published sample knows one row of empty cells (unconfirmed)",
    rules=(
        BuiltIn("rows", "there are at least `min` and at most `max` rows"),
        BuiltIn("cells", "every cell keeps the rules of its column"),
    ),
)

GRID = ElementType(
    name="Microsoft.Common.Grid",
    about="A table whose rows are made in a panel",
    settings=(
        Setting("label", ("object",), "One text for each part", required=True),
        *(Setting(f"label.{name}", ("string",)) for name in ("summary", "addition", "delete", "ariaLabel")),
        Setting("addBlade", ("object",), "The panel that makes a row", required=True),
        Setting("editBlade", ("object",), "The panel that changes a row"),
        Setting("defaultValue", ("array",), "The rows to begin with", dynamic=True),
        CONSTRAINTS,
        Setting("constraints.columns", ("array",)),
        Setting("constraints.columns[].id", ("string",), required=True),
        Setting("constraints.columns[].header", ("string",), required=True),
        Setting("constraints.columns[].cellType", ("string",), allowed=("readonly", "input")),
        Setting("constraints.columns[].text", ("string",), "`$item` is the row", dynamic=True),
        Setting("constraints.columns[].element", ("object",)),
        Setting("constraints.columns[].width", ("string",)),
        Setting("constraints.rows", ("object",)),
        Setting("constraints.rows.count", ("object",)),
        Setting("constraints.rows.count.min", ("integer",), least=0),
        Setting("constraints.rows.count.max", ("integer",), least=0),
        Setting("constraints.canEditRows", ("boolean",), dynamic=True),
        Setting("constraints.width", ("string",)),
        *validations(),
    ),
    output=Output("array", about="A list with an object for each row"),
    initial="`[]`",
    where="view",
    rules=(BuiltIn("rows", "there are at least `min` and at most `max` rows"),),
)

TAGS_BY_RESOURCE = ElementType(
    name="Microsoft.Common.TagsByResource",
    about="Tags for types of resources",
    settings=(
        OPTIONAL_LABEL,
        TOOL_TIP._replace(source="F"),
        Setting("resources", ("array",), "The types that can be tagged", required=True, least=1),
        Setting("resources[]", ("string",), format="resource type"),
    ),
    output=Output(
        "object",
        closed=False,
        about='Tags by type, for the types that got any: `{"Microsoft.Storage/storageAccounts": {"Dept": "Finance"}}`',
    ),
    initial="`{}`",
    rules=(BuiltIn("tags", "tags belong to types of `resources` and have texts as values", "U"),),
    notes=("The empty object for no tags at all is unconfirmed",),
)

ELEMENTS = (DROP_DOWN, OPTIONS_GROUP, EDITABLE_GRID, GRID, TAGS_BY_RESOURCE)
