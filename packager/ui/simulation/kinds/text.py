"""Text boxes, passwords, ticks, sliders, dates and files."""

from typing import Any

from packager.ui.simulation.ask import Ask, Found, as_flag, whole
from packager.ui.texts import text_of
from packager.ui.values import UNDEFINED, Value, is_number, is_true


def text_box(ask: Ask) -> Found:
    """The text as typed; lines end with a line feed."""
    default = _text(ask.get("defaultValue"))
    if not ask.is_answered:
        return Found(default, is_open=not default and _is_needed(ask, by_itself=False))
    if not isinstance(ask.answer, str):
        return Found(default, (f"{ask.refused('a text')}; put it in quotes",))
    return Found(ask.answer.replace("\r\n", "\n"))


def user_name(ask: Ask) -> Found:
    """Like a text box, but needed unless the form says otherwise."""
    found = text_box(ask)
    return found if ask.is_answered else found._replace(is_open=not found.output and _is_needed(ask, by_itself=True))


def password(ask: Ask) -> Found:
    """Has no default: what is written for one is ignored."""
    if not ask.is_answered:
        return Found("", is_open=True)
    return (
        Found(ask.answer) if isinstance(ask.answer, str) else Found("", (f"{ask.refused('a text')}; put it in quotes",))
    )


def check_box(ask: Ask) -> Found:
    """True or false."""
    default = ask.get("defaultValue")
    ticked = as_flag(default, is_true(default) if default is not None else False)
    if not ask.is_answered:
        return Found(ticked)
    return Found(ask.answer) if isinstance(ask.answer, bool) else Found(ticked, (ask.refused("true or false"),))


def slider(ask: Ask) -> Found:
    """A whole number; one outside the ends is moved to the nearer one."""
    least, most, default = ask.whole("min"), ask.whole("max"), ask.whole("defaultValue")
    start = _between(default if default is not None else least, least, most)
    if not ask.is_answered:
        return Found(start)
    value = whole(ask.answer) if is_number(ask.answer) else None
    if value is None:
        return Found(start, (ask.refused("a whole number"),))
    moved = _between(value, least, most)
    if moved == value:
        return Found(value)
    return Found(moved, (f"{value} is not between {least} and {most}",))


def _between(value: int | None, least: int | None, most: int | None) -> Value:
    if value is None:
        return UNDEFINED
    value = max(value, least) if least is not None else value
    return min(value, most) if most is not None and (least is None or most >= least) else value


def file_upload(ask: Ask) -> Found:
    """The content of the file, or its address; a list with `multiple`."""
    if not ask.is_answered:
        return Found(is_open=True)
    several = ask.flag("options", "multiple")
    files = ask.answer if isinstance(ask.answer, list) else [ask.answer]
    if not all(isinstance(one, str) for one in files) or (not several and isinstance(ask.answer, list)):
        return Found(UNDEFINED, (ask.refused("a list of texts" if several else "a text"),))
    return Found(files if several else ask.answer)


def free_text(ask: Ask) -> Found:
    """A text without a default."""
    if not ask.is_answered:
        return Found(is_open=True)
    return Found(ask.answer) if isinstance(ask.answer, str) else Found(UNDEFINED, (ask.refused("a text"),))


def text_block(ask: Ask) -> Found:
    """The text and the label of the link behind it."""
    parts = (_text(ask.get("options", "text")), _text(ask.get("options", "link", "label")))
    return Found(" ".join(part for part in parts if part))


def info_box(ask: Ask) -> Found:
    """The text."""
    return Found(_text(ask.get("options", "text")))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return text_of(value) if is_number(value) or isinstance(value, bool) else ""


def _is_needed(ask: Ask, *, by_itself: bool) -> bool:
    """Whether an empty value is refused; an expression may say so at times, which counts here."""
    written = ask.get("constraints", "required")
    return by_itself if written is None else as_flag(written, default=True)
