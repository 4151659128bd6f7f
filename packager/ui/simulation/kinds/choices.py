"""Lists to choose from."""

from collections.abc import Iterator, Sequence
from typing import Any

from packager.ui.simulation.ask import Ask, Choice, Found, described
from packager.ui.values import UNDEFINED, Value, same

_SHOWN = 8


def drop_down(ask: Ask) -> Found:
    """The value of the choice; a list of values with `multiselect`."""
    choices = choices_of(ask)
    return _several(ask, choices) if ask.flag("multiselect") else _one(ask, choices)


def options_group(ask: Ask) -> Found:
    """The value of the choice."""
    return _one(ask, choices_of(ask))


def choices_of(ask: Ask) -> tuple[Choice, ...]:
    """The choices; none while an expression has no list yet."""
    entries = ask.get("constraints", "allowedValues")
    return tuple(_choices(entries if isinstance(entries, list) else ()))


def _choices(entries: Sequence[Any]) -> Iterator[Choice]:
    for entry in entries:
        if isinstance(entry, dict):
            label, value = entry.get("label", UNDEFINED), entry.get("value", UNDEFINED)
            description = entry.get("description")
            shown = label if isinstance(label, str) else "" if label is UNDEFINED else str(label)
            yield Choice(shown, value, description if isinstance(description, str) else "")


def _one(ask: Ask, choices: tuple[Choice, ...]) -> Found:
    start = _start(ask, choices)
    if not ask.is_answered:
        return Found(start, is_open=start is UNDEFINED, choices=choices)
    chosen = chosen_by(choices, ask.answer)
    if chosen is None:
        return Found(start, (_no_choice(choices, ask.answer),), choices=choices)
    return Found(chosen.value, choices=choices)


def _several(ask: Ask, choices: tuple[Choice, ...]) -> Found:
    default = ask.get("defaultValue")
    start = _defaults(choices, default)
    if not ask.is_answered:
        return Found(start, is_open=start == [], choices=choices)
    answers = ask.answer if isinstance(ask.answer, list) else [ask.answer]
    chosen = [chosen_by(choices, one) for one in answers]
    wrong = tuple(_no_choice(choices, one) for one, found in zip(answers, chosen, strict=True) if found is None)
    return Found([one.value for one in chosen if one is not None], wrong, choices=choices)


def _start(ask: Ask, choices: tuple[Choice, ...]) -> Value:
    """The choice that the default names, else none; without a default the first."""
    default = ask.get("defaultValue")
    if default is None:
        return choices[0].value if choices else UNDEFINED
    found = _by_default(choices, default)
    return found.value if found is not None else UNDEFINED


def _defaults(choices: tuple[Choice, ...], default: Any) -> Value:
    """A list; but a default that is a text is put out as one value until somebody touches the list."""
    if isinstance(default, list):
        found = [_by_default(choices, one) for one in default]
        return [one.value for one in found if one is not None]
    single = _by_default(choices, default)
    return single.value if single is not None else []


def _by_default(choices: tuple[Choice, ...], default: Any) -> Choice | None:
    if isinstance(default, dict):
        if "value" in default:
            return next((one for one in choices if same(one.value, default["value"])), None)
        default = default.get("label")
    return next((one for one in choices if one.label == default), None)


def chosen_by(choices: tuple[Choice, ...], answer: Any) -> Choice | None:
    """The choice that an answer names, by its value or else by its label."""
    by_value = next((one for one in choices if same(one.value, answer)), None)
    return by_value or next((one for one in choices if one.label == answer), None)


def _no_choice(choices: tuple[Choice, ...], answer: Any) -> str:
    if not choices:
        return f"{described(answer)} cannot be chosen: there is nothing to choose from"
    labels = ", ".join(f"'{one.label}'" for one in choices[:_SHOWN]) + (", ..." if len(choices) > _SHOWN else "")
    return f"{described(answer)} is none of the choices: {labels}"
