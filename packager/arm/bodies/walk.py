"""Walks over the value of a body beside the shape that it should have.

What is unknown is accepted, and so is what Azure converts by itself: null, numbers for texts, texts that are numbers.
"""

from collections.abc import Mapping

from packager.arm.bodies.problem import (
    ERROR,
    INFO,
    PROPERTY_MISSING,
    PROPERTY_READ_ONLY,
    PROPERTY_UNKNOWN,
    STYLE,
    VALUE_ENUM,
    VALUE_TYPE,
    WARNING,
    Problem,
    dotted,
    shown,
)
from packager.arm.bodies.scalars import SCALARS, is_placeholder, items
from packager.arm.bodies.subject import Subject
from packager.arm.bodies.unknown import unknown_property
from packager.data.resource_exceptions import DISCRIMINATOR, REQUIRED, UNKNOWN, shipped_exceptions
from packager.data.shapes import ANY, LIST, UNION, Member, Shape, folded
from packager.expressions.kinds import ARRAY, OBJECT, names_of
from packager.expressions.values import KINDS, Unknown, Value
from packager.source.span import Path

# Deeper than any type goes; a shape that holds itself ends with the value.
MAX_DEPTH = 100
# Azure's own names for the choice among variants that the name of a resource makes.
_BY_NAME = "name"


def walk(subject: Subject) -> None:
    """Judge the whole body; problems go to the subject."""
    _object(subject, subject.shape(subject.root), subject.body, ())


def _value(subject: Subject, number: int, value: Value, path: Path) -> None:
    if value is None or type(value) is Unknown or len(path) > MAX_DEPTH:
        return
    shape = subject.shape(number)
    if shape.kind == ANY or (type(value) is str and is_placeholder(value)):
        return
    scalar = SCALARS.get(shape.kind)
    if scalar is not None:
        subject.problems += scalar(subject, shape, value, path)
    elif shape.kind == LIST:
        _list(subject, shape, value, path)
    elif type(value) is dict:
        _object(subject, shape, value, path)
    else:
        _wrong(subject, OBJECT, value, path)


def _wrong(subject: Subject, wanted: int, value: Value, path: Path) -> None:
    message = f"'{dotted(path)}' of {subject.title} takes {names_of(wanted)}, not {names_of(KINDS[type(value)])}"
    subject.problems.append(Problem(VALUE_TYPE, None, ERROR, path, message))


def _list(subject: Subject, shape: Shape, value: Value, path: Path) -> None:
    if type(value) is not list:
        _wrong(subject, ARRAY, value, path)
        return
    subject.problems += items(subject, shape, value, path)
    for index, item in enumerate(value):
        _value(subject, shape.item, item, (*path, index))


def _object(subject: Subject, shape: Shape, value: Mapping[str, Value], path: Path) -> None:
    chosen = _chosen(subject, shape, value, path) if shape.kind == UNION else shape
    names = subject.names(shape, chosen)
    rest = chosen.rest if chosen is not None and chosen.rest is not None else shape.rest
    is_open = False
    for key, item in value.items():
        if key[:1] == "[":
            is_open = True
        elif path or key.lower() not in shipped_exceptions().skipped:
            _property(subject, names, rest, key, item, path)
    if chosen is not None and not is_open:
        required = shape.required if chosen is shape else (*shape.required, *chosen.required)
        _required(subject, required, names, value, path)


def _chosen(subject: Subject, shape: Shape, value: Mapping[str, Value], path: Path) -> Shape | None:
    """The variant that the value of a union is of; None where that is not known, so that only names can be checked."""
    by_name = not path and shape.key == _BY_NAME
    key = next((one for one in value if one.lower() == shape.key.lower()), None)
    choice = subject.segment if by_name else value.get(key) if key is not None else None
    if type(choice) is not str or is_placeholder(choice):
        return None
    if folded(choice) in shape.variants:
        return subject.shape(shape.variants[folded(choice)][1])
    if shape.variants and DISCRIMINATOR not in subject.leniency.off:
        where = (*path, key or shape.key)
        values = ", ".join(sorted(one for one, _ in shape.variants.values())[:10])
        message = f"'{dotted(where)}' of {subject.title} takes one of {values}; {shown(choice)} is none of them"
        subject.problems.append(Problem(VALUE_ENUM, "discriminator", ERROR, where, message))
    return None


def _property(
    subject: Subject, names: Mapping[str, Member], rest: int | None, key: str, item: Value, path: Path
) -> None:
    member, place = names.get(key.lower()), (*path, key)
    if member is None:
        if rest is not None:
            _value(subject, rest, item, place)
        elif UNKNOWN not in subject.leniency.off and not subject.leniency.accepts(dotted(place).lower()):
            problem = unknown_property(subject, names, place)
            subject.problems += [] if problem is None else [problem]
        return
    if member.name != key:
        message = f"'{dotted(place)}' of {subject.title} is written '{member.name}'; Azure takes both"
        subject.problems.append(Problem(PROPERTY_UNKNOWN, "case", STYLE, place, message, key=True))
    if member.is_read_only:
        message = f"'{dotted(place)}' of {subject.title} is set by Azure, which ignores the value here; remove it"
        subject.problems.append(Problem(PROPERTY_READ_ONLY, None, INFO, place, message, key=True))
    else:
        _value(subject, member.shape, item, place)


def _required(
    subject: Subject, required: tuple[str, ...], names: Mapping[str, Member], value: Mapping[str, Value], path: Path
) -> None:
    """Report what is missing."""
    if not required or REQUIRED in subject.leniency.off or is_reference(value, path):
        return
    present = {key.lower() for key in value}
    for name in required:
        place = (*path, names[name].name)
        absent = name not in present and (path or name not in shipped_exceptions().skipped)
        if absent and dotted(place).lower() not in subject.leniency.optional:
            message = f"{subject.title} requires '{dotted(place)}', which is missing"
            subject.problems.append(Problem(PROPERTY_MISSING, None, WARNING, path, message, name=names[name].name))


def is_reference(value: Mapping[str, Value], path: Path) -> bool:
    """Whether an object in a body has an id: it refers to a resource that exists, and needs nothing else."""
    return bool(path) and any(key.lower() == "id" for key in value)
