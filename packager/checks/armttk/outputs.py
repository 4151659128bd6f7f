"""How arm-ttk looks for the output of a control: by text, in the order of the outputs."""

import json
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from typing import Any

from packager.checks.armttk.powershell import get, has, like, members, text_of, truthy
from packager.checks.armttk.run import ArmTtkRun, JsonFile
from packager.checks.armttk.search import Found
from packager.checks.finding import Basis
from packager.checks.rule import Hit
from packager.source.armttk import Date
from packager.source.span import Path
from packager.ui.definition import RESERVED_OUTPUTS

# ConvertTo-Json writes what is nested deeper as its string form.
_JSON_DEPTH = 2
# Each control is compared with each output; the largest known form has 300 of both.
_MOST_COMPARISONS = 500_000


def outputs_of(form: JsonFile) -> list[tuple[str, Any]]:
    """The form's outputs by name."""
    return members(get(get(form.value, "parameters"), "outputs"))


def undeclared(name: str, output: str) -> str:
    """What to say of an element whose value goes to a parameter that the main template does not have."""
    return (
        f"the main template has no parameter '{output}', which element '{name}' goes into; "
        "declare it there, or correct the name of the output"
    )


def compared(found: Iterable[Found], outputs: list[tuple[str, Any]]) -> Iterator[Found]:
    """The controls to look for in the outputs: of a form beyond all measure only as many as time allows."""
    return islice(found, _MOST_COMPARISONS // max(1, len(outputs)))


def output_path(form: JsonFile, *names: str) -> Path:
    """The path of an output, or of what is in it."""
    return form.path_of("parameters", "outputs", *names)


def first_like(outputs: list[tuple[str, Any]], *patterns: str) -> str | None:
    """The name of the first output whose value is like one of the wildcard patterns. Raises WildcardError."""
    return next((name for name, value in outputs if any(like(value, pattern) for pattern in patterns)), None)


def parameter_of(
    run: ArmTtkRun, found: Found, output: str | None, unused: str, undeclared: str
) -> Generator[Hit, None, Any]:
    """The main template's parameter that arm-ttk takes for a control's, by the name of the output that it found.

    Without one it says what is missing, and None comes back.
    """
    if output is None:
        yield Hit(run.form.spot(found.node.true_path), unused, sub="unused")
        return None
    parameter = get(run.turn.main_parameters, output)
    if truthy(parameter):
        return parameter
    basis = Basis.ARM_TTK if output.lower() in RESERVED_OUTPUTS else Basis.BOTH
    yield Hit(run.form.spot(output_path(run.form, output), key=True), undeclared, sub="undeclared", basis=basis)
    return None


def json_text(value: Any, depth: int = 0) -> str:
    """An output as text: an object or list as JSON, as deep as PowerShell writes it."""
    return json.dumps(_shallow(value, depth), ensure_ascii=False) if isinstance(value, dict) else text_of(value)


def _shallow(value: Any, depth: int) -> Any:
    if isinstance(value, Date):
        return value.text
    if not isinstance(value, (dict, list)):
        return value
    if depth > _JSON_DEPTH:
        return text_of(value)
    if isinstance(value, dict):
        return {name: _shallow(item, depth + 1) for name, item in value.items()}
    return [_shallow(item, depth + 1) for item in value]


def offered_values(values: Any) -> list[tuple[int | None, Any]]:
    """What `allowedValues` of a control offer: each entry's `value`, else the entry; with the entry's position."""
    found: list[tuple[int | None, Any]] = []
    is_list = isinstance(values, list)
    for number, entry in enumerate(values if is_list else [values]):
        if entry is None:
            continue
        value = get(entry, "value") if has(entry, "value") else entry
        found += [(number if is_list else None, one) for one in (value if isinstance(value, list) else [value])]
    return found
