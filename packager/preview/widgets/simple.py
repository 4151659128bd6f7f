"""Elements that are one input, a text or a table."""

from typing import Any

from packager.preview.richtext import rich_text
from packager.preview.widgets.field import Field, Option, Question, field, group, labelled, link, member, options, part

MISMATCH = "The passwords do not match"
STYLES = frozenset({"info", "warning", "error"})


def text_box(question: Question) -> Field:
    """TextBox and UserNameTextBox."""
    return field(
        question,
        "multiline" if question.flag("multiLine") else "text",
        placeholder=question.text("placeholder"),
        hint=question.text("subLabel"),
        readOnly=question.flag("readOnly"),
    )


def password_box(question: Question) -> Field:
    """PasswordBox: the password, and once more."""
    return group(question, passwords(question, ()), required=False)


def passwords(question: Question, key: tuple[str, ...]) -> list[Field]:
    """The fields of a password that stands at `key` of the element's value."""
    label, tool_tip = question.get("label"), question.get("toolTip")
    first = part(
        question,
        "password",
        label if isinstance(label, str) else _named(label, "password", "Password"),
        *key,
        required=question.required,
        toolTip=rich_text(tool_tip if isinstance(tool_tip, str) else member(tool_tip, "password")),
    )
    if question.flag("options", "hideConfirmation"):
        return [first]
    again = question.again if question.again is not None else first["value"]
    errors = [MISMATCH] if again != (first["value"] or "") and again is not None else []
    more = {"confirm": True, "value": again, "required": question.required, "errors": errors}
    return [first, part(question, "password", _named(label, "confirmPassword", "Confirm password"), *key, **more)]


def _named(labels: Any, name: str, otherwise: str) -> str:
    found = member(labels, name)
    return found if isinstance(found, str) and found else otherwise


def check_box(question: Question) -> Field:
    """CheckBox."""
    return field(question, "check")


def drop_down(question: Question) -> Field:
    """DropDown, also one in which several can be chosen."""
    several = question.flag("multiselect")
    return field(
        question,
        "choices" if several else "choice",
        options=_choices(question),
        placeholder=question.text("placeholder"),
        hint=question.text("subLabel"),
        selectAll=question.get("selectAll") is not False,
    )


def options_group(question: Question) -> Field:
    """OptionsGroup."""
    return field(question, "radio", options=_choices(question))


def _choices(question: Question) -> list[Option]:
    otherwise = question.text("defaultDescription")
    return [{"label": one[0], "value": one[1], "description": one[2] or otherwise} for one in question.choices]


def text_block(question: Question) -> Field:
    """TextBlock: a text, and a link behind it."""
    shown = link(question.get("options", "link", "uri"), question.get("options", "link", "label"))
    return field(question, "note", text=rich_text(question.get("options", "text")), link=shown, value=None)


def info_box(question: Question) -> Field:
    """InfoBox: a text in a coloured box, which as a whole may be a link."""
    style = (question.text("options", "icon") or question.text("options", "style")).lower()
    uri = question.get("options", "uri")
    address, words = (member(uri, "value"), member(uri, "text")) if isinstance(uri, dict) else (uri, "Learn more")
    return field(
        question,
        "info",
        style=style if style in STYLES else "none",
        text=rich_text(question.get("options", "text")),
        link=link(address, words),
        value=None,
    )


def slider(question: Question) -> Field:
    """Slider."""
    bounds = {"min": question.get("min"), "max": question.get("max")}
    return field(question, "slider", unit=question.text("subLabel"), **bounds)


def file_upload(question: Question) -> Field:
    """FileUpload: a file's content, or the address that it would get in storage, which has to be typed here."""
    if question.text("options", "uploadMode").lower() == "url":
        hint = "The address of the uploaded file; the preview uploads nothing"
        return field(question, "text", hint=hint, placeholder="https://")
    return field(
        question,
        "file",
        multiple=question.flag("options", "multiple"),
        binary=question.text("options", "openMode").lower() == "binary",
        accept=question.text("constraints", "accept"),
        value=None if question.value in (None, "", []) else question.value,
    )


def date_picker(question: Question) -> Field:
    """DatePicker, with a time where the form asks for one."""
    return field(question, "date", time=question.flag("time", "visible"), hint=question.text("subLabel"))


def size_selector(question: Question) -> Field:
    """SizeSelector: free typing, with the sizes that the form recommends or allows as proposals."""
    named = [*_texts(question, "recommendedSizes"), *_texts(question, "constraints", "allowedSizes")]
    return field(question, "combo", options=options(dict.fromkeys(named)))


def resource_selector(question: Question) -> Field:
    """ResourceSelector: the id of a resource, with those that the responses know as proposals."""
    shown = member(question.value, "id") if isinstance(question.value, dict) else question.value
    known = labelled((name, place) for place, name in question.proposals)
    hint = f"The id of a resource of type {question.text('resourceType')}"
    return field(question, "combo", value=shown, options=known, hint=hint)


def any_json(question: Question) -> Field:
    """An element whose value nobody describes: whatever JSON is typed goes out."""
    hint = f"JSON: the value that {question.kind} puts out is not documented"
    return field(question, "json", hint=hint, label=question.text("label") or question.kind)


def _texts(question: Question, *names: str) -> list[str]:
    found = question.get(*names)
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
