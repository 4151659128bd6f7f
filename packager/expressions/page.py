"""The reference page of all functions, made from their table: `python -m packager.expressions.page > page.md`."""

import json
import sys
from collections.abc import Iterator
from itertools import groupby

from packager.expressions.describe import signature, types
from packager.expressions.function import DEPLOYED, Function
from packager.expressions.table import described

_TITLES = {
    "strings": "Texts",
    "encodings": "Encodings",
    "uris": "Addresses",
    "identifiers": "Ids made of texts",
    "arrays": "Arrays",
    "objects": "Objects",
    "lambdas": "Lambdas",
    "numbers": "Numbers",
    "dates": "Dates",
    "logic": "Decisions",
    "comparison": "Comparison",
    "cidr": "Address ranges",
    "deployment": "The deployment",
    "resources": "Resources",
}
_INTRODUCTION = """\
# Functions of template expressions

This page is made from the table that evaluates expressions; `packager evaluate --functions` prints the same in short.
Names of functions are compared without regard to case. Square brackets mark what can be left out, three dots what can
be repeated. "Known when deployed" marks what only Azure can answer: such a value stays an expression, see
[unknown values](../explanation/unknown-values.md).
"""


def page() -> str:
    """The whole page."""
    lines = [_INTRODUCTION]
    for family, found in groupby(described(), key=lambda one: one.family):
        lines.append(f"## {_TITLES[family]}\n")
        for one in found:
            lines += _entry(one)
    return "\n".join(lines)


def _entry(one: Function) -> Iterator[str]:
    yield f"### {one.name}\n"
    yield f"`{signature(one)}`\n"
    yield f"{one.summary}\n"
    for parameter in one.parameters:
        yield f"- `{parameter.name}`: {types(parameter.kinds)}"
    yield f"- gives {types(one.gives)}\n" if one.name != "lambda" else "- only as an argument of another function\n"
    result = DEPLOYED if one.result is DEPLOYED else f"`{json.dumps(one.result, ensure_ascii=False)}`"
    yield f"`[{one.example}]` gives {result}\n"


def main() -> None:
    """Print the page."""
    sys.stdout.write(page())


if __name__ == "__main__":
    main()
