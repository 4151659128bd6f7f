"""A thousand seeded mistakes in the resources of the offers: most are found, and none brings the tool down.

A mistake is made where the facts have something to say (in a typed region): a letter of a property's name, a value of
another type, a value that a closed list does not have, a required property that is removed.
"""

import collections
import random
import string

import pytest

from packager.arm.bodies.judge import judge, subject_of
from packager.arm.bodies.walk import is_reference
from packager.arm.expand import expand
from packager.data.resource_exceptions import shipped_exceptions
from packager.data.resource_types import shipped_types
from packager.data.shapes import ANY, BOOLEAN, INTEGER, LIST, NO_SHAPE, OBJECT, TEXT, UNION
from packager.expressions.values import Unknown
from packager.source.document import Document

from .test_expansion import FACTS, VALUES

COUNT = 1_000
WRONG = {TEXT: {"oops": 1}, INTEGER: {"oops": 1}, BOOLEAN: ["oops"], LIST: {"oops": 1}, OBJECT: ["oops"], UNION: "oops"}
SKIPPED = shipped_exceptions().skipped


def resources(packages):
    for package in packages:
        documents = {
            name: Document.from_bytes(name, data) for name, data in package.files.items() if name.endswith(".json")
        }
        declared = package.json("mainTemplate.json")["parameters"]
        values = {name: value for name, value in VALUES.items() if name in declared}
        yield from expand(documents["mainTemplate.json"], values, FACTS, documents.get).resources


def problems(resource):
    found = judge(resource, shipped_types(), shipped_exceptions())
    return {(one.kind, one.sub, one.path, one.name) for one in found if one.weight in {"error", "warning"}}


def chances(subject, shape, value, path):
    """The mistakes that can be made in a value: what kind, where, and what is written there instead."""
    if value is None or isinstance(value, Unknown) or shape.kind == ANY:
        return
    if path:
        yield "type", path, WRONG[shape.kind]
    if shape.kind == TEXT and shape.values and not shape.open:
        yield "enum", path, "oops"
    if shape.kind == LIST and isinstance(value, list):
        for index, item in enumerate(value):
            yield from chances(subject, subject.shape(shape.item), item, (*path, index))
    if shape.kind in (OBJECT, UNION) and isinstance(value, dict):
        yield from inside(subject, shape, value, path)


def inside(subject, shape, value, path):
    if shape.kind == UNION:
        choice = value.get(shape.key) if shape.key != "name" else subject.segment
        if not isinstance(choice, str) or choice.lower() not in shape.variants:
            return
        variant = subject.shape(shape.variants[choice.lower()][1])
        shape = variant._replace(
            members={**shape.members, **variant.members}, required=(*shape.required, *variant.required)
        )
    for key, item in value.items():
        member = shape.members.get(key.lower())
        if (not path and key.lower() in SKIPPED) or (member is not None and member.is_read_only):
            continue
        if shape.rest is None and member is not None and len(key) > 2:
            yield "name", (*path, key), None
        if member is not None and key.lower() in shape.required and not is_reference(value, path):
            yield "required", (*path, key), None
        number = member.shape if member is not None else shape.rest
        if number not in (None, NO_SHAPE):
            yield from chances(subject, subject.shape(number), item, (*path, key))


def copied(value):
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    return [copied(item) for item in value] if isinstance(value, list) else value


def mutated(body, kind, path, instead, chosen):
    body = copied(body)
    holder = body
    for step in path[:-1]:
        holder = holder[step]
    if kind == "name":
        place = chosen.randrange(len(path[-1]))
        letter = chosen.choice([one for one in string.ascii_lowercase if one != path[-1][place].lower()])
        holder[path[-1][:place] + letter + path[-1][place + 1 :]] = holder.pop(path[-1])
    elif kind == "required":
        del holder[path[-1]]
    else:
        holder[path[-1]] = instead
    return body


@pytest.mark.slow
def test_most_of_a_thousand_mistakes_are_found(starter, mojaloop):
    chosen = random.Random(20_260_820)
    made = []
    for resource in resources([*starter.values(), *mojaloop.values()]):
        subject = subject_of(resource, shipped_types(), shipped_exceptions())
        if subject is not None:
            found = chances(subject, subject.shape(subject.root), subject.body, ())
            made += [(resource, chance) for chance in found]
    assert len(made) > COUNT
    tried, found = collections.Counter(), collections.Counter()
    for resource, (kind, path, instead) in chosen.sample(made, COUNT):
        before = problems(resource)
        assert before == set()
        body = mutated(dict(resource.body), kind, path, instead, chosen)
        tried[kind] += 1
        found[kind] += bool(problems(resource._replace(body=body)))
    assert set(tried) == {"name", "type", "enum", "required"}
    shares = {kind: found[kind] / count for kind, count in tried.items()}
    assert all(share >= 0.8 for share in shares.values()), shares
