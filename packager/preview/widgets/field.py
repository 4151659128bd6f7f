"""What the page shows for one question, and what an element's widget is handed to make it."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple, NotRequired, TypedDict

from packager.preview.richtext import SAFE_LINK, Piece, rich_text

# The inputs that static/inputs.js has, and the frames and texts of static/fields.js.
ControlName = Literal[
    "check", "choice", "choices", "combo", "date", "file", "group", "info", "json", "multiline", "note", "password",
    "radio", "rows", "section", "slider", "text",
]  # fmt: skip
Key = tuple[str | int, ...]


class Option(TypedDict):
    """A choice: `value` may be any JSON value."""

    label: str
    value: Any
    description: str


class Link(TypedDict):
    """A link that stands behind a text."""

    href: str
    text: str


class Field(TypedDict):
    """A field as the page gets it; `key` leads from the element's value to the part that this field sets."""

    path: str
    key: Key
    control: ControlName
    label: str
    value: Any
    required: bool
    enabled: bool
    toolTip: list[Piece]
    errors: list[str]
    options: list[Option]
    children: NotRequired[list["Field"]]
    confirm: NotRequired[bool]
    hint: NotRequired[str]
    placeholder: NotRequired[str]
    readOnly: NotRequired[bool]
    text: NotRequired[list[Piece]]
    style: NotRequired[str]
    link: NotRequired[Link | None]
    min: NotRequired[Any]
    max: NotRequired[Any]
    unit: NotRequired[str]
    multiple: NotRequired[bool]
    binary: NotRequired[bool]
    accept: NotRequired[str]
    time: NotRequired[bool]
    selectAll: NotRequired[bool]
    columns: NotRequired[list[dict[str, str]]]
    cells: NotRequired[list[list["Field"]]]
    full: NotRequired[bool]


class Question(NamedTuple):
    """An element as the form is answered now: `settings` are its evaluated properties.

    `draft` is what was typed where that is more than the element's value can hold (a tag without a name), `again` the
    password in the second box; None when nothing was. `proposals` are resources that the responses know, as pairs of an
    id and a name.
    """

    path: str
    kind: str
    settings: Mapping[str, Any]
    value: Any
    errors: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[tuple[str, Any, str], ...] = ()
    draft: Any = None
    again: str | None = None
    proposals: tuple[tuple[str, str], ...] = ()

    def get(self, *names: str) -> Any:
        """A property at a path; None where there is none."""
        return member(self.settings, *names)

    def text(self, *names: str) -> str:
        """A property that is a text; "" where it is anything else."""
        found = self.get(*names)
        return found if isinstance(found, str) else ""

    def flag(self, *names: str) -> bool:
        """Whether a property is true, also as a text."""
        return self.get(*names) in {True, "true", "True"}


def member(value: Any, *names: str | int) -> Any:
    """What lies at a path of names and numbers in a JSON value; None where nothing does."""
    for name in names:
        if isinstance(value, Mapping):
            value = value.get(name)
        elif isinstance(value, list) and isinstance(name, int) and 0 <= name < len(value):
            value = value[name]
        else:
            return None
    return value


def field(question: Question, control: ControlName, **more: Any) -> Field:
    """The field of a whole element; `more` sets or replaces what the page gets."""
    made: dict[str, Any] = {
        "path": question.path,
        "key": (),
        "control": control,
        "label": question.text("label"),
        "value": question.value,
        "required": question.required,
        "enabled": True,
        "toolTip": rich_text(question.get("toolTip")),
        "errors": list(question.errors),
        "options": [],
        **more,
    }
    return made  # type: ignore[return-value]


def part(question: Question, control: ControlName, label: str, *key: str | int, **more: Any) -> Field:
    """A field for one member of an element's value; what is wrong is said of the element as a whole."""
    of_this = {"toolTip": [], "errors": [], "required": False, "value": member(question.value, *key), **more}
    return field(question, control, label=label, key=key, **of_this)


def group(question: Question, children: Iterable[Field], **more: Any) -> Field:
    """A frame around the parts of an element; without a label of its own unless `more` gives one."""
    return field(question, "group", **{"label": "", "toolTip": [], "children": list(children), **more})


def options(values: Iterable[str]) -> list[Option]:
    """Choices whose labels are their values."""
    return [{"label": value, "value": value, "description": ""} for value in values]


def labelled(choices: Iterable[tuple[str, Any]]) -> list[Option]:
    """Choices with labels of their own."""
    return [{"label": label, "value": value, "description": ""} for label, value in choices]


def link(href: Any, text: Any) -> Link | None:
    """A link that may be followed; None for an address that is none of the web."""
    if not isinstance(href, str) or not SAFE_LINK.fullmatch(href):
        return None
    return {"href": href, "text": text if isinstance(text, str) and text else href}
